import { expect, test } from 'vitest';
import type { Observation } from '../../../utils/model/observation.ts';
import { api, authorize, exchange, firstLogin, HOUR, me, observe, T0 } from '../fixtures.ts';
import { judge } from './judge-history.ts';
import { consentAgain, mode } from './known-cases/known-case.ts';

const later = T0 + 30 * HOUR;
const whose = (at: number) => observe(api('/v1/user/access_token_info', 200, { account: 'a' }), at);

/** The account's login of the next day, which asks for a scope, after a first login with one call in its window. */
const nextLoginAfter = (call: Observation) => {
  const first = [firstLogin(T0), exchange(T0 + 4000), whose(T0 + 5000), call];
  const next = [consentAgain(later, { scope: true }), exchange(later + 4000), whose(later + 5000)];
  return judge([mode('auto'), ...first, ...next], 31)[1]?.login;
};

test('scope a day after a sure completion: extra consent', () => {
  const login = nextLoginAfter(me(T0 + HOUR));
  expect(login).toMatchObject({ kind: 'repeat', kindBecause: 'extra-consent' });
});

test('scope a day after a call that a cache may have answered: it may be a first login', () => {
  const login = nextLoginAfter(me(T0 + HOUR, {}, { maybeCached: true }));
  expect(login).toMatchObject({ kind: 'first', certainty: 'likely' });
});

test.each([
  { gap: 30, doubt: 'kind-unknown' },
  { gap: 49, doubt: null },
])(
  'scope and a call, $gap hours after a login without one: complete, doubt $doubt',
  ({ gap, doubt }) => {
    const at = T0 + gap * HOUR;
    const first = [firstLogin(T0), exchange(T0 + 4000), whose(T0 + 5000)];
    const next = [consentAgain(at, { scope: true }), exchange(at + 4000), whose(at + 5000)];
    const history = [mode('auto'), ...first, ...next, me(at + 6000)];
    const login = judge(history, gap + 1)[1];
    expect(login).toMatchObject({ verdict: 'complete', doubt });
  },
);

test('scope and a call of somebody who signed in, a day after a login without one: perhaps too late', () => {
  const history = [
    mode('auto'),
    firstLogin(T0),
    exchange(T0 + 4000),
    observe(authorize({ outcome: 'login-form' }), later - 2000),
    consentAgain(later, { scope: true }),
    exchange(later + 4000),
    me(later + 6000),
  ];
  expect(judge(history, 31)[1]).toMatchObject({ verdict: 'complete', doubt: 'kind-unknown' });
});
