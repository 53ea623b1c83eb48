import { expect, test } from 'vitest';
import { reduce } from '../../../utils/verdict/reduce.ts';
import { createLoginState } from '../../../utils/verdict/state/login-state.ts';
import { api, exchange, firstLogin, observe, SITE, T0 } from '../fixtures.ts';

const MALL = 'https://page.mall.test';

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
  const stored = Array.from({ length: 8 }, (_call, n) => {
    const call = observe(api('/v2/user/me'), T0 + 210_000 + n * 1000, { site });
    return reduce(loginState, call).logins.size;
  });
  expect(stored[0]).toBe(4);
  expect(stored.at(-1)).toBeLessThanOrEqual(1);
});
