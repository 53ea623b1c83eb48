import { describe, expect, test } from 'vitest';
import type { Observation } from '../../../utils/model/observation.ts';
import { api, exchange, firstLogin, observe, repeatLogin, T0 } from '../fixtures.ts';
import { judge } from './judge-history.ts';
import { after, mode } from './known-cases/known-case.ts';

const ACCOUNT = 'hash-1';

/** A call that completes nothing tells whose token it carried. */
const tokenInfo = (at: number): Observation =>
  observe(api('/v1/user/access_token_info', 200, { account: ACCOUNT }), at);

const pause = (at: number, paused: boolean): Observation =>
  observe({ type: 'pause', paused }, at, { source: 'tester', tab: null, site: null });

/** What is said of a first login without a call, before a repeat of the account after two days. */
function firstOf(between: Observation[], call: Observation) {
  const [first] = judge(
    [
      mode('auto'),
      firstLogin(T0),
      exchange(T0 + 4000),
      tokenInfo(T0 + 5000),
      ...between,
      repeatLogin(after(50, 30)),
      exchange(after(50, 31)),
      call,
    ],
    52,
  );
  if (!first) throw new Error('no login');
  return `${first.verdict} ${first.because} ${first.certainty}`;
}

describe('link that survived', () => {
  const paused = [pause(after(50), true), pause(after(50, 20), false)];
  const me = (connectedAt: number) =>
    observe(api('/v2/user/me', 200, { account: ACCOUNT, connectedAt }), after(50, 32));

  test('repeat after two days: the sign-up was complete', () =>
    expect(firstOf([], tokenInfo(after(50, 32)))).toBe('complete link-survived certain'));

  test('pause before the repeat: the link may have been made anew meanwhile', () =>
    expect(firstOf(paused, tokenInfo(after(50, 32)))).toBe('complete link-survived likely'));

  test("pause, and a connected_at that is the first login's: the link is still the same", () =>
    expect(firstOf(paused, me(T0 + 2000))).toBe('complete link-survived certain'));
});
