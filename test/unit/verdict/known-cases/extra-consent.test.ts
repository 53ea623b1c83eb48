import { describe } from 'vitest';
import { api, exchange, firstLogin, me, observe, repeatLogin, SITE, T0 } from '../../fixtures.ts';
import {
  callWith,
  file,
  forPerson,
  fromHar,
  harFirstLogin,
  onPage,
  withIdToken,
  type HarRequest,
} from './har-requests.ts';
import { after, consentAgain, mode, testCases, unlink, type KnownCase } from './known-case.ts';

/** Kakao Sync by the JavaScript SDK: `serviceTerms` is sent as `extra.service_terms`. */
const askingFor = (extra: string, requests: readonly HarRequest[]): HarRequest[] =>
  requests.map((r) => {
    const referer = r.headers?.['Referer'] ?? '';
    return {
      ...r,
      url: r.url.includes('/oauth/authorize?') ? `${r.url}&${extra}` : r.url,
      headers: {
        ...r.headers,
        Referer: referer.includes('/oauth/authorize?') ? `${referer}&${extra}` : referer,
      },
    };
  });

const EXTRA_CONSENT: KnownCase[] = [
  {
    name: 'consent with scope after an unlink that was seen: a first login',
    history: [
      mode('auto'),
      repeatLogin(T0),
      exchange(after(0, 1)),
      unlink(after(1)),
      consentAgain(after(2), { scope: true }),
      exchange(after(2, 1)),
    ],
    at: 3,
    logins: [{ kind: 'repeat' }, { verdict: 'pending', kind: 'first' }],
  },
  {
    name: 'consent with scope long after a repeat: the link need not be alive',
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(after(0, 1)),
      repeatLogin(after(2)),
      consentAgain(after(50), { scope: true }),
      exchange(after(50, 1)),
    ],
    at: 51,
    logins: [{}, { kind: 'repeat' }, { neverKind: 'repeat certain' }],
  },
  {
    name: "consent with scope after an unlink in Kakao's settings: not surely a repeat, its call of neither surely",
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(after(0, 1)),
      consentAgain(after(1), { scope: true }),
      exchange(after(1, 1)),
      me(after(1, 2)),
    ],
    at: 30,
    logins: [
      { never: 'complete certain | missed certain' },
      { neverKind: 'repeat certain', never: 'not-applicable certain' },
    ],
  },
  {
    name: 'extra consent, and a token not seen to be issued: an older link may be of a kept one',
    history: [
      mode('auto'),
      consentAgain(T0, { scope: true }),
      me(T0 + 5000, {}, { connectedAt: after(-500), wholeBody: true }),
    ],
    at: 30,
    logins: [{ neverKind: 'repeat certain', never: 'not-applicable certain' }],
  },
  {
    name: 'site that always sends `scope`, unlink and again within ten minutes: both are first logins',
    history: [
      mode('auto'),
      consentAgain(T0, { scope: true }),
      exchange(T0 + 3500),
      me(T0 + 4000, {}, { account: 'hash-1', connectedAt: T0 + 3000 }),
      observe(api('/v1/user/unlink', 200, { method: 'POST', account: 'hash-1' }), after(0, 1)),
      consentAgain(after(0, 4), { scope: true }),
      exchange(after(0, 4) + 3500),
      me(after(0, 4) + 4000, {}, { account: 'hash-1', connectedAt: after(0, 4) + 3000 }),
    ],
    at: 30,
    logins: [
      { verdict: 'unlinked certain', kind: 'first certain' },
      { verdict: 'complete certain', kind: 'first certain' },
    ],
  },
  ...['scope', 'scope=', 'service_terms=&extra.service_terms='].map((empty): KnownCase => ({
    name: `${empty} of no value in the authorize request: asks for no extra consent`,
    history: async () => [
      mode('auto'),
      await fromHar(
        harFirstLogin(T0).map((r) => ({
          ...r,
          url: r.url.replace('response_type=', `${empty}&response_type=`),
          headers: { ...r.headers, Referer: SITE },
        })),
      ),
    ],
    at: 2,
    logins: [{ kind: 'first certain' }],
  })),
  {
    name: 'two logins with a scope and a screen each, and a call of the second: that asked for more, both likely complete',
    history: [
      mode('auto'),
      consentAgain(T0, { scope: true }),
      exchange(T0 + 4000),
      consentAgain(after(0, 5), { scope: true }),
      exchange(after(0, 5) + 4000),
      me(after(0, 6)),
    ],
    at: 30,
    logins: [{ verdict: 'complete likely' }, { verdict: 'complete certain' }],
  },
  {
    name: 'the same where an unlink may have cut the first link: the call is as likely of a new one alone',
    history: [
      mode('auto'),
      consentAgain(T0, { scope: true }),
      exchange(T0 + 4000),
      unlink(after(0, 2), { status: 0 }),
      consentAgain(after(0, 5), { scope: true }),
      exchange(after(0, 5) + 4000),
      me(after(0, 6)),
    ],
    at: 30,
    logins: [{ never: 'complete' }, { verdict: 'complete certain' }],
  },
  {
    name: 'call a day after an extra consent that may itself have made the link: not surely in time',
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(T0 + 4000),
      me(T0 + 5000),
      consentAgain(after(0, 1), { scope: true }),
      exchange(after(0, 1) + 4000),
      consentAgain(after(26), { scope: true }),
      exchange(after(26) + 4000),
      me(after(26, 1)),
    ],
    at: 28,
    logins: [{ verdict: 'complete certain' }, {}, { never: 'complete certain' }],
  },
  {
    name: 'extra consent for `extra.service_terms`, as Kakao’s SDK writes it: not surely a first login',
    history: async () => [
      mode('auto'),
      await file(onPage(askingFor('extra.service_terms=marketing', harFirstLogin(T0)))),
    ],
    at: 30,
    logins: [{ never: 'missed certain', neverKind: 'first certain' }],
  },
  {
    name: 'the same after a complete login of the same user: its link is not cut',
    history: async () => [
      mode('auto'),
      await file(
        onPage([
          ...withIdToken('7', forPerson('a', harFirstLogin(T0))),
          callWith(T0 + 4000, 'AT-a'),
          ...withIdToken(
            '7',
            forPerson('b', askingFor('extra.service_terms=marketing', harFirstLogin(after(2)))),
          ),
          callWith(after(2) + 4000, 'AT-b'),
        ]),
      ),
    ],
    at: 30,
    logins: [{ never: 'unlinked certain' }, { neverKind: 'first certain' }],
  },
];

describe('a consent screen that asks for more makes no new link where one is alive', () => {
  testCases(EXTRA_CONSENT);
});
