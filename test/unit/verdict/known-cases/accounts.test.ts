import { describe } from 'vitest';
import type { Observation } from '../../../../utils/model/observation.ts';
import {
  api,
  authorize,
  exchange,
  firstLogin,
  me,
  observe,
  repeatLogin,
  T0,
  token,
} from '../../fixtures.ts';
import {
  byProxy,
  callWith,
  file,
  fromHar,
  harFirstLogin,
  harMe,
  harRepeat,
  harTokenLogin,
  inTab,
  onPage,
  TOKEN,
  withOwnToken,
  type HarRequest,
} from './har-requests.ts';
import { after, mode, testCases, type KnownCase } from './known-case.ts';

const PHONE = { 'User-Agent': 'Mozilla/5.0 (iPhone) Safari/604.1' };

const DESK = { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0' };

const elsewhere = (where: string, cookieStore: string): KnownCase => ({
  name: `first login in a normal window, repeat and call in ${where}: a miss is not certain`,
  history: [
    mode('auto'),
    firstLogin(T0),
    exchange(after(0, 1)),
    repeatByForm(after(1), cookieStore),
    exchange(after(1, 1), { cookieStore, tab: 'r:9' }),
    me(after(1, 2), { cookieStore, tab: 'r:9' }),
  ],
  at: 30,
  logins: [{ never: 'missed certain' }, { kind: 'repeat' }],
});

/** A repeat after the login form. */
function repeatByForm(at: number, cookieStore: string, tab = 'r:9') {
  return [
    observe(authorize({ outcome: 'login-form' }), at, { cookieStore, tab }),
    observe(authorize({ params: ['client_id', 'through_account'], fromKakao: true }), at + 3000, {
      cookieStore,
      tab,
      site: null,
    }),
  ];
}

/** A repeat in the cookies of another browser, whose call tells when its link was made, epoch ms. */
function repeatElsewhere(connectedAt: number): Observation[] {
  const place = { tab: 'r:2', cookieStore: 'container-2' };
  return [
    ...repeatLogin(T0 + 60_000, place),
    exchange(T0 + 61_000, place),
    observe(api('/v2/user/me', 200, { connectedAt, wholeBody: true }), T0 + 62_000, place),
  ];
}

/**
 * A first login without a completing call, and then, after the login form or by another key, a repeat whose call tells that its
 * link was made `hours` before.
 */
const firstThenOlderLink = (hours: number, otherKey?: string) => [
  mode('auto'),
  firstLogin(T0),
  exchange(T0 + 4000),
  otherKey
    ? observe(authorize({ clientId: otherKey }), after(0, 5))
    : repeatByForm(after(0, 5), 'default', 'r:1'),
  observe(token(200, otherKey ? { clientId: otherKey } : {}), after(0, 6)),
  me(after(0, 7), {}, { connectedAt: after(-hours), wholeBody: true, tokenIssuedAt: after(0, 6) }),
];

const ACCOUNTS: KnownCase[] = [
  {
    name: 'another account’s repeat, told of a link of weeks before: its call completes no first login',
    history: firstThenOlderLink(700),
    at: 30,
    logins: [{ verdict: 'missed certain' }, { kind: 'repeat certain' }],
  },
  {
    name: 'repeat by another key, told of a link of weeks before: its call completes no first login',
    history: firstThenOlderLink(700, 'other-key'),
    at: 30,
    logins: [{ verdict: 'missed certain' }, { kind: 'repeat certain' }],
  },
  {
    name: 'another account’s repeat, told of a link of hours before, as by a clock in another zone: likely no call of the first login',
    history: firstThenOlderLink(9),
    at: 30,
    logins: [{ verdict: 'missed likely' }, { kind: 'repeat' }],
  },
  {
    name: 'connected_at before the first login: another account, whose call is not its',
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(after(0, 1)),
      repeatLogin(after(1)),
      exchange(after(1, 1)),
      me(after(1, 2), {}, { connectedAt: after(-1), wholeBody: true }),
    ],
    at: 30,
    logins: [{ never: 'complete certain' }, { kind: 'repeat' }],
  },
  {
    name: "user id of an earlier account after another one's consent: the call is not surely the other's",
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(after(0, 1)),
      me(after(0, 2), {}, { account: 'hash-bob' }),
      firstLogin(after(1)),
      exchange(after(1, 1)),
      repeatLogin(after(2)),
      exchange(after(2, 1)),
      me(after(2, 2), {}, { account: 'hash-bob' }),
    ],
    at: 30,
    logins: [{ verdict: 'complete' }, { never: 'complete certain' }, { kind: 'repeat' }],
  },
  ...[
    { what: 'two devices', name: (all: HarRequest[]) => all },
    {
      what: 'two devices that names one page for all',
      name: (all: HarRequest[]) => inTab('Page 0', all),
    },
  ].map(({ what, name }): KnownCase => ({
    name: `proxy's file of ${what}: one's call is not the other's`,
    history: async () => [
      mode('auto'),
      await fromHar(
        name([
          ...harFirstLogin(T0, { headers: DESK, more: { clientIPAddress: '10.0.0.2' } }),
          ...harRepeat(after(1), { headers: PHONE, more: { clientIPAddress: '10.0.0.3' } }),
          harMe(after(1, 1), { headers: PHONE, more: { clientIPAddress: '10.0.0.3' } }),
        ]),
      ),
    ],
    at: 30,
    logins: [{ never: 'complete certain | late certain' }, { kind: 'repeat' }],
  })),
  elsewhere('a private one', 'private'),
  elsewhere('a container', 'firefox-container-2'),
  {
    name: "a worker's call, of any window: a miss is not certain",
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(after(0, 1)),
      repeatByForm(after(1), 'private'),
      exchange(after(1, 1), { cookieStore: 'private', tab: 'r:9' }),
      me(after(1, 2), { cookieStore: 'any', tab: null }),
    ],
    at: 30,
    logins: [{ never: 'missed certain' }, { kind: 'repeat' }],
  },
  {
    name: 'repeat in other cookies, then a repeat and its call with the session of a first login: completes that one',
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(T0 + 4000),
      repeatLogin(T0 + 60_000, { tab: 'r:2', cookieStore: 'container-2' }),
      exchange(T0 + 61_000, { tab: 'r:2', cookieStore: 'container-2' }),
      repeatLogin(T0 + 120_000),
      exchange(T0 + 121_000),
      me(T0 + 122_000),
    ],
    at: 2,
    logins: [{ verdict: 'complete certain' }, {}, {}],
  },
  {
    name: 'connected_at of a repeat in other cookies is the second of a first login’s consent: completes that one',
    history: [mode('auto'), firstLogin(T0), exchange(T0 + 4000), ...repeatElsewhere(T0 + 2000)],
    at: 30,
    logins: [{ verdict: 'complete certain' }, { verdict: 'not-applicable certain' }],
  },
  ...[
    {
      what: 'other cookies',
      cookies: ['device=1; session=a', 'device=2; session=b'],
      never: 'complete certain',
    },
    {
      what: 'another session’s cookies',
      cookies: ['device=1; session=a', 'device=1; session=b'],
      never: 'missed',
    },
    { what: 'another one cookie', cookies: ['session=a', 'session=b'], never: 'complete likely' },
  ].map(({ what, cookies: [first = '', then = ''], never }): KnownCase => ({
    name: `proxy's file whose repeat, with a call, has ${what} of Kakao's: the first login is not ${never}`,
    history: async () => {
      const repeat = withOwnToken(harRepeat(after(0, 10)), `${TOKEN}2`);
      return [
        mode('auto'),
        await file([
          ...byProxy(harTokenLogin(), first),
          ...byProxy([...repeat, callWith(after(0, 11), `${TOKEN}2`)], then),
        ]),
      ];
    },
    at: 30,
    logins: [{ never }, { kind: 'repeat' }],
  })),
  ...['0', '1111111111', '"0000000000"', '1234567890'].map((id) => ({
    name: `file in which every user’s id is written ${id}: two accounts are not told to be one`,
    history: () => {
      const cleaned = (at: number, own: string) => [
        ...withOwnToken(harFirstLogin(at), own),
        callWith(at + 4000, own, { body: `{"id":${id}}` }),
      ];
      const second = cleaned(after(1), `${TOKEN}2`).map((r) =>
        r.url.includes('/oauth/authorize?') ? { ...r, url: `${r.url}&prompt=login` } : r,
      );
      return file(onPage([...cleaned(T0, TOKEN), ...second]));
    },
    at: 30,
    logins: [{ never: 'unlinked certain' }, { verdict: 'complete certain' }],
  })),
];

describe('what is of one account, and what of another', () => {
  testCases(ACCOUNTS);
});
