import { expect, test } from 'vitest';
import type { Observation } from '../../../utils/model/observation.ts';
import { replay } from '../../../utils/verdict/reduce.ts';
import { api, authorize, exchange, firstLogin, me, observe, T0 } from '../fixtures.ts';

/** A busy day of tests: so many logins in ever new tabs, each with its calls, reports that find no login, and flows that never end. */
function* day(logins: number, callsEach: number): Generator<Observation> {
  for (let i = 0; i < logins; i += 1) {
    const at = T0 + i * 40_000;
    const tab = `r:${i}`;
    yield* firstLogin(at, { tab });
    yield exchange(at + 4000, { tab });
    for (let call = 0; call < callsEach; call += 1) yield me(at + 5000 + call * 100, { tab });
    yield observe(authorize({ outcome: 'login-form' }), at + 30_000, { tab: `${tab}-open` });
    const lonely = { tab: null, site: 'https://none.test', source: 'server' as const };
    yield observe(api('/v2/user/me'), at + 31_000, lonely);
  }
}

test('100,000 observations: what is remembered between them stays small', () => {
  const observations = [...day(2_000, 44)];
  expect(observations).toHaveLength(100_000);
  const loginState = replay(observations);
  const { flows, frames, polls, bufferedReports } = loginState.tracking;
  for (const remembered of [flows, frames, polls])
    expect(Object.keys(remembered).length).toBeLessThanOrEqual(100);
  expect(bufferedReports.length).toBeLessThanOrEqual(100);
  expect(JSON.stringify(loginState.tracking).length).toBeLessThan(200_000);
  for (const login of loginState.logins.values()) {
    expect(login.calls.length).toBeLessThanOrEqual(40);
    expect(login.evidence.length).toBeLessThanOrEqual(60);
  }
  // A login is what a day adds to memory: a few KB each.
  const size = JSON.stringify([...loginState.logins.values()]).length;
  expect(size / loginState.logins.size).toBeLessThan(20_000);
});
