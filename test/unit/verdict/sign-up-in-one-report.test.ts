import { expect, test } from 'vitest';
import { observe, api, firstLogin, T0, token } from '../fixtures.ts';
import { judge } from './judge-history.ts';
import { mode, after } from './known-cases/known-case.ts';

const BY_SERVER = { source: 'server' } as const;

/** The report of a sign-up and of `has_signed_up: true` in one answer, with these ids. */
const signedUp = (at: number, signup: string, me: string) => [
  observe(api('/v1/user/signup', 200, { method: 'POST' }), at, { ...BY_SERVER, id: signup }),
  observe(api('/v2/user/me', 200, { hasSignedUp: true }), at, { ...BY_SERVER, id: me }),
];

test.each([
  ['a', 'b'],
  ['b', 'a'],
])('late sign-up and what it led to in one report, ids %s and %s: certainly late', (signup, me) => {
  const history = [
    mode('manual'),
    firstLogin(T0),
    observe(token(), after(0, 1), BY_SERVER),
    signedUp(after(24, 2), signup, me),
  ];
  expect(judge(history, 30)).toMatchObject([
    { verdict: 'late', because: 'signup-call', certainty: 'certain' },
  ]);
});
