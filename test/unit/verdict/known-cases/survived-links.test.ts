import { describe } from 'vitest';
import type { Observation } from '../../../../utils/model/observation.ts';
import {
  api,
  APP,
  exchange,
  firstLogin,
  me,
  observe,
  repeatLogin,
  T0,
  token,
} from '../../fixtures.ts';
import {
  after,
  codeArrives,
  labelled,
  mode,
  named,
  testCases,
  type KnownCase,
} from './known-case.ts';

const OTHER_TAB = { tab: 'r:2' };

/** A first login and two repeats, these hours after it, all named as one account and exchanged on the site's server. */
function namedOnServer(...hours: [number, number]): Observation[] {
  const all = [firstLogin(T0), ...hours.map((h) => repeatLogin(after(h)))];
  return [...all.flat(), ...labelled(after(Math.max(...hours), 1), ...all)];
}

/** A repeat some hours after the first login, and the page's token for it. */
const repeatWithToken = (hours: number): Observation[] => [
  ...repeatLogin(after(hours)),
  exchange(after(hours, 1)),
];

const SURVIVED_LINKS: KnownCase[] = [
  {
    name: 'call seen late, then a repeat: the login stays late',
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(after(0, 1)),
      me(after(26)),
      repeatLogin(after(76)),
    ],
    at: 80,
    logins: [{ verdict: 'late' }, { kind: 'repeat' }],
  },
  {
    name: 'repeat after forty days: no Kakao session lasts so long',
    history: [mode('auto'), firstLogin(T0), exchange(after(0, 1)), repeatLogin(after(40 * 24))],
    at: 40 * 24 + 1,
    logins: [{ never: 'complete certain' }, { kind: 'repeat' }],
  },
  ...[
    { hours: [1, 72] as const, said: 'complete certain' },
    { hours: [23.9, 72] as const, said: 'complete likely' },
    { hours: [30, 72] as const, said: 'complete likely' },
  ].map(({ hours: [second, third], said }): KnownCase => ({
    name: `one account's logins on a site's server, the second ${second} and the third ${third} hours after the first: ${said}`,
    history: [mode('auto'), namedOnServer(second, third)],
    at: 73,
    logins: [{ verdict: said }, {}, {}],
  })),
  ...[
    { what: 'account is not linked', answer: { status: 400, code: -101 }, said: 'complete likely' },
    {
      what: 'account lacks a scope',
      answer: { status: 403, code: -402 },
      said: 'complete certain',
    },
  ].map(({ what, answer, said }): KnownCase => ({
    name: `repeats from day to day, one of them told that the ${what}: ${said}`,
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(after(0, 1)),
      repeatWithToken(20),
      repeatWithToken(40),
      observe(api('/v2/user/scopes', answer.status, { code: answer.code }), after(41)),
      repeatWithToken(60),
    ],
    at: 61,
    logins: [{ verdict: said }, {}, {}, {}],
  })),
  {
    name: 'late call of the account before a login that shows no page: what survived may be the earlier link, by that call',
    history: [
      mode('auto'),
      firstLogin(T0),
      named(T0 + 4000),
      repeatLogin(after(26), OTHER_TAB),
      observe(token(200, { account: 'hash-1', codeAt: after(26) }), after(26) + 1000, OTHER_TAB),
      observe({ type: 'poll', clientId: APP, watched: true }, after(26) + 2000),
      codeArrives(after(26) + 4000),
      named(after(26) + 4500),
      me(after(26) + 5000, OTHER_TAB, { codeAt: after(26), tokenIssuedAt: after(26) + 1000 }),
      repeatLogin(after(76)),
      named(after(76) + 1000),
    ],
    at: 80,
    logins: [{ verdict: 'late' }, {}, { never: 'complete certain' }, {}],
  },
  {
    name: 'call after a repeat that showed the link to have survived: makes the login no late one',
    history: [
      mode('auto'),
      firstLogin(T0, { fact: { watched: false } }),
      repeatLogin(after(50)),
      exchange(after(50, 1)),
      me(after(50, 2), {}, { account: 'hash-1', connectedAt: T0 + 3000 }),
    ],
    at: 52,
    logins: [{ verdict: 'complete certain' }, { verdict: 'not-applicable certain' }],
  },
  {
    name: 'repeat two days later that is told has_signed_up false: the link of the first login was not completed',
    history: [
      mode('manual'),
      firstLogin(T0),
      named(T0 + 4000),
      repeatLogin(after(49)),
      named(after(49, 1)),
      me(after(49, 2), {}, { account: 'hash-1', wholeBody: true, hasSignedUp: false }),
    ],
    at: 60,
    logins: [{ never: 'complete' }, {}],
  },
];

describe('a later login shows whether a link survived', () => {
  testCases(SURVIVED_LINKS);
});
