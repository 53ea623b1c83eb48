import { expect, test } from 'vitest';
import { callbackDays } from '../../../components/report/callbacks/callback-days.ts';
import { observedCallbacks } from '../../../components/report/callbacks/observed-callbacks.ts';
import { HOUR, observe, T0 } from '../fixtures.ts';

test('callbacks are summed per day, app and reason; a user counts once', () => {
  const callback = (account: string, at: number, referrerType = 'INCOMPLETE_SIGN_UP') =>
    observe({ type: 'unlink-callback', appId: '7', account, referrerType, timeKnown: true }, at);
  const days = callbackDays(
    observedCallbacks([
      callback('a', T0),
      callback('a', T0 + 1000),
      callback('b', T0),
      callback('c', T0, 'ACCOUNT_DELETE'),
      callback('d', T0 + 48 * HOUR),
    ]),
  );
  expect(days.map((d) => [d.referrerType, d.users])).toEqual([
    ['INCOMPLETE_SIGN_UP', 1],
    ['INCOMPLETE_SIGN_UP', 2],
    ['ACCOUNT_DELETE', 1],
  ]);
});
