import { describe } from 'vitest';
import {
  api,
  authorize,
  exchange,
  firstLogin,
  me,
  observe,
  repeatLogin,
  T0,
} from '../../fixtures.ts';
import { after, mode, signup, testCases, type KnownCase } from './known-case.ts';

const LATE_CALLS: KnownCase[] = [
  {
    name: 'late call with the token of a repeat that may be of the same account: a miss is not certain',
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(after(0, 1)),
      observe(authorize({ outcome: 'login-form' }), after(23)),
      repeatLogin(after(23, 1), { fact: { params: ['through_account'], fromKakao: true } }),
      exchange(after(23, 2)),
      me(after(25)),
    ],
    at: 30,
    logins: [{ verdict: 'missed likely | late likely' }, { kind: 'repeat' }],
  },
  {
    name: 'late listed call without an answer: a miss is not certain',
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(after(0, 1)),
      observe(api('/v2/user/me', 0), after(25)),
    ],
    at: 30,
    logins: [{ verdict: 'missed likely | late likely' }],
  },
  {
    name: 'late sign-up without an answer: a miss is not certain',
    history: [mode('manual'), firstLogin(T0), exchange(after(0, 1)), signup(after(25), 0)],
    at: 30,
    logins: [{ verdict: 'missed likely | late likely' }],
  },
  ...[
    { what: 'and not of its token', seconds: 30, verdict: 'missed likely' },
    { what: 'and of its token', seconds: 50, verdict: 'missed certain' },
  ].map(({ what, seconds, verdict }) => ({
    name: `24 hours after the code ${what}: ${verdict}`,
    history: [mode('auto'), firstLogin(T0), exchange(T0 + 40_000)],
    at: 24 + seconds / 3600,
    logins: [{ verdict }],
  })),
  ...[
    { name: 'token handed to the server', fact: { type: 'token-handed' } as const },
    { name: 'call that Kakao does not confirm', fact: api('/v1/oidc/userinfo') },
    {
      name: 'report that cannot be read',
      fact: { type: 'bad-report', reason: 'path' } as const,
    },
  ].map(({ name, fact }): KnownCase => ({
    name: `${name} after the window, before Kakao’s job was surely there: may be late`,
    history: [mode('auto'), firstLogin(T0), exchange(T0 + 4000), observe(fact, after(30))],
    at: 50,
    logins: [{ verdict: 'missed likely' }],
  })),
  {
    name: 'call a day after the code and less than a day after the token: not surely late',
    history: [mode('auto'), firstLogin(T0), exchange(T0 + 50_000), me(after(24, 0.5))],
    at: 30,
    logins: [{ verdict: 'late likely' }],
  },
  {
    name: 'call more than a day after the token: late',
    history: [mode('auto'), firstLogin(T0), exchange(T0 + 50_000), me(after(24, 1))],
    at: 30,
    logins: [{ verdict: 'late certain' }],
  },
];

describe('a call after the window, and one that may be', () => {
  testCases(LATE_CALLS);
});
