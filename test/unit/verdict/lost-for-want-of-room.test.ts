import { beforeEach, expect, test, vi } from 'vitest';
import { exchange, firstLogin, HOUR, me, observe, T0 } from '../fixtures.ts';
import {
  failCommits,
  freshProfile,
  memoryStorage,
  onStore,
  startWorker,
} from '../store/database.ts';
import { judgeAt } from './judge-history.ts';
import { mode } from './known-cases/known-case.ts';

beforeEach(freshProfile);

test('call that found no room while the database failed: no sure miss', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const recorder = startWorker(memoryStorage(2));
  const auto = mode('auto');
  const step = (hours: number) =>
    observe({ type: 'step', text: 'x' }, T0 + hours * HOUR, { source: 'tester' });
  await recorder.record([auto, ...firstLogin(T0), exchange(T0 + 4000)]);
  const heal = failCommits('QuotaExceededError');
  await recorder.record([step(1)]);
  await recorder.record([step(2)]);
  await recorder.record([me(T0 + 3 * HOUR)]);
  heal();
  await recorder.record([step(40)]);
  const rows = await onStore((db) => db.getAll('observations'));
  expect(judgeAt(rows, T0 + 41 * HOUR)[0]).toMatchObject({
    verdict: 'missed',
    certainty: 'likely',
    doubt: 'lost',
  });
});
