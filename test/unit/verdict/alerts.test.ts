import { expect, test } from 'vitest';
import type { Observation } from '../../../utils/model/observation.ts';
import { summarizeLogins } from '../../../utils/verdict/decide/summarize-logins.ts';
import { replay } from '../../../utils/verdict/reduce.ts';
import { exchange, firstLogin, HOUR, observe, repeatLogin, T0 } from '../fixtures.ts';
import { after, mode } from './known-cases/known-case.ts';

const alertsAt = (history: readonly Observation[], at: number) =>
  summarizeLogins(replay(history), at).alerts.map(({ reason, isSure }) => [reason, isSure]);

const MISSED = [mode('auto'), ...firstLogin(T0), exchange(T0 + 4000)];
const HANDED = [...MISSED, observe({ type: 'token-handed' }, T0 + 6000)];
/** The beginning of the flow was not seen, so that the login may be a repeat. */
const MAY_BE_REPEAT = [
  mode('auto'),
  ...repeatLogin(T0, { site: null, fact: { params: ['through_account'] } }),
  exchange(T0 + 1000),
];

test('deadline that is near, or just over, with all seen: the alert is sure', () => {
  expect(alertsAt(MISSED, after(23))).toEqual([['soon', true]]);
  expect(alertsAt(MISSED, T0 + 3000 + 24 * HOUR + 1)).toEqual([['missed', true]]);
});

test.each([
  ['token that was handed to the server', HANDED],
  ['login that may be a repeat', MAY_BE_REPEAT],
])('%s: the alert is no surer than the verdict', (_what, history) => {
  for (const [, isSure] of alertsAt(history, after(25))) expect(isSure).toBe(false);
  expect(alertsAt(history, after(25))).toHaveLength(1);
});
