import { describe } from 'vitest';
import { exchange, firstLogin, me, repeatLogin, T0 } from '../../fixtures.ts';
import { after, mode, testCases, withSentAt, type KnownCase } from './known-case.ts';

const OTHER_CERTAIN: KnownCase[] = [
  {
    name: "25. call that may be either login's: both are in doubt",
    history: [
      mode('auto'),
      firstLogin(T0, { tab: 'r:1' }),
      exchange(after(0, 1), { tab: 'r:1' }),
      firstLogin(after(0, 10), { tab: 'r:2' }),
      exchange(after(0, 11), { tab: 'r:2' }),
      me(after(0, 20), { tab: 'r:3' }),
    ],
    at: 2,
    logins: [{ never: 'pending certain' }, { never: 'complete certain | pending certain' }],
  },
  {
    name: '29. call sent before a login and answered after it: not of that login',
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
];

describe('nothing else is surely said of a login that is not so', () => {
  testCases(OTHER_CERTAIN);
});
