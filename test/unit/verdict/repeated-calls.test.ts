import { expect, test } from 'vitest';
import type { RequestContext } from '../../../utils/model/observation.ts';
import { reduce } from '../../../utils/verdict/reduce.ts';
import { createLoginState, type LoginState } from '../../../utils/verdict/state/login-state.ts';
import { api, exchange, firstLogin, observe, SITE, T0 } from '../fixtures.ts';

const MALL = 'https://page.mall.test';

/** How many logins each of some calls in turn changes, so that they are stored again. */
const storedByCalls = (
  loginState: LoginState,
  calls: number,
  where: Partial<RequestContext>,
): number[] =>
  Array.from({ length: calls }, (_call, n) => {
    const call = observe(api('/v2/user/me'), T0 + 210_000 + n * 1000, where);
    return reduce(loginState, call).logins.size;
  });

test.each([
  ['of a site with logins', SITE],
  ['of no known login', 'https://page.other.test'],
])('calls %s after a pause: soon no login is stored again by another one', (_, site) => {
  const loginState = createLoginState();
  const login = [
    ...[0, 1, 2].flatMap((n) => firstLogin(T0 + n * 60_000, { site: MALL })),
    ...firstLogin(T0 + 180_000),
    exchange(T0 + 184_000),
    ...[true, false].map((paused, n) =>
      observe({ type: 'pause', paused }, T0 + 200_000 + n * 1000, { source: 'tester', tab: null }),
    ),
  ];
  for (const o of login) reduce(loginState, o);
  const stored = storedByCalls(loginState, 8, { site });
  expect(stored[0]).toBe(4);
  expect(stored.at(-1)).toBeLessThanOrEqual(1);
});

test('calls of a tab without a login: soon no other tab’s login is stored again', () => {
  const loginState = createLoginState();
  const logins = [0, 1, 2].flatMap((n) => [
    ...firstLogin(T0 + n * 60_000),
    exchange(T0 + n * 60_000 + 4000),
  ]);
  for (const o of logins) reduce(loginState, o);
  const stored = storedByCalls(loginState, 8, { tab: 'r:2' });
  expect(stored[0]).toBe(3);
  expect(stored.at(-1)).toBe(1);
});
