import { describe } from 'vitest';
import { exchange, firstLogin, me, T0 } from '../../fixtures.ts';
import { after, mode, testCases, type KnownCase } from './known-case.ts';

const FALSE_COMPLETE: KnownCase[] = [
  {
    name: 'another account minutes later, whose call is answered about the link of the account before: may carry its token',
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
    name: 'another account minutes later, whose call is answered about the link that the login before made: may carry its token',
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
];

describe('no login is surely called complete that is not', () => {
  testCases(FALSE_COMPLETE);
});
