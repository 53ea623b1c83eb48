import { expect, test } from 'vitest';
import { replay } from '../../../utils/verdict/reduce.ts';
import { busyDay } from '../../bench/busy-day.ts';

test('20,000 observations: what is remembered between them stays small', () => {
  const observations = [...busyDay(400, 44)];
  expect(observations).toHaveLength(20_000);
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
