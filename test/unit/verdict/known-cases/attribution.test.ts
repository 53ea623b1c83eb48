import { describe } from 'vitest';
import { exchange, firstLogin, me, observe, repeatLogin, T0, token } from '../../fixtures.ts';
import {
  after,
  codeArrives,
  firstLoginsInTwoTabs,
  mode,
  testCases,
  withSentAt,
  type KnownCase,
} from './known-case.ts';

const ATTRIBUTION: KnownCase[] = [
  {
    name: 'call in a tab without a login, nothing of its site known: may be of any login',
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(after(0, 1)),
      me(after(0, 2), { tab: 'r:9', site: null }),
    ],
    at: 30,
    logins: [{ verdict: 'complete likely | missed likely' }],
  },
  {
    name: 'another account minutes later, whose call tells of the link of the account before: may carry its token',
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(T0 + 4000),
      me(T0 + 5000, {}, { account: 'hash-1', connectedAt: T0 + 3000 }),
      firstLogin(after(0, 5)),
      exchange(after(0, 5) + 4000),
      me(after(0, 5) + 5000, {}, { account: 'hash-1', connectedAt: T0 + 3000 }),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }, { never: 'complete certain | missed certain' }],
  },
  {
    name: 'another account minutes later, whose call tells of the link that the login before made: may carry its token',
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(T0 + 4000),
      firstLogin(after(0, 5)),
      exchange(after(0, 5) + 4000),
      me(after(0, 5) + 5000, {}, { account: 'hash-1', connectedAt: T0 + 3000 }),
    ],
    at: 30,
    logins: [{}, { never: 'complete certain | missed certain' }],
  },
  {
    name: "address of a call opened with some token in the login's tab: may be of anybody",
    history: [mode('auto'), firstLogin(T0), exchange(T0 + 4000), me(T0 + 600_000, { site: null })],
    at: 30,
    logins: [{ never: 'complete certain | missed certain' }],
  },
  {
    name: "call that may be either login's: both are in doubt",
    history: [mode('auto'), ...firstLoginsInTwoTabs(), me(after(0, 20), { tab: 'r:3' })],
    at: 2,
    logins: [{ never: 'pending certain' }, { never: 'complete certain | pending certain' }],
  },
  {
    name: 'call sent before a login and answered after it: not of that login',
    history: [
      mode('auto'),
      repeatLogin(after(-60)),
      exchange(after(-59)),
      firstLogin(T0),
      exchange(T0 + 4000),
      withSentAt(me(T0 + 5000), T0 + 1000),
    ],
    at: 2,
    logins: [{ kind: 'repeat' }, { never: 'complete certain' }],
  },
  {
    name: 'redirect URI loaded again, then another login in its tab: the call is of that one',
    history: [
      mode('auto'),
      firstLogin(T0),
      codeArrives(T0 + 3010),
      exchange(T0 + 3200),
      codeArrives(after(0, 1)),
      observe(token(400), after(0, 1) + 50),
      repeatLogin(after(0, 2)),
      codeArrives(after(0, 2) + 10),
      exchange(after(0, 2) + 200),
      me(after(0, 2) + 300),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }, { verdict: 'not-applicable certain' }],
  },
  ...['r:1', 'r:3'].map((tab): KnownCase => ({
    name: `code in another tab exchanged, its login not seen: a call of tab ${tab} may carry that token`,
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(T0 + 4000),
      codeArrives(after(1), { tab: 'r:2' }),
      exchange(after(1) + 200, { tab: 'r:2' }),
      me(after(2), { tab }),
    ],
    at: 30,
    logins: [{ verdict: 'complete likely | missed likely' }],
  })),
  {
    name: 'call after a first login and two repeats that may be of its account: completes it, likely',
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(T0 + 4000),
      ...[1, 2].flatMap((minute) => [
        repeatLogin(after(0, minute), { fact: { prompt: ['login'] } }),
        exchange(after(0, minute) + 1000),
      ]),
      me(after(0, 3)),
    ],
    at: 1,
    logins: [{ verdict: 'complete likely' }, { kind: 'repeat' }, { kind: 'repeat' }],
  },
];

describe('a call is of the login whose token it can carry', () => {
  testCases(ATTRIBUTION);
});
