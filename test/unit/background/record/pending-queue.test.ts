import { afterEach, expect, test, vi } from 'vitest';
import { createPendingQueue } from '../../../../utils/background/record/pending-queue.ts';
import { HEALTHY } from '../../../../utils/model/health.ts';
import { me, T0 } from '../../fixtures.ts';
import { memoryStorage } from '../../store/database.ts';

afterEach(() => void vi.restoreAllMocks());

test('database that had taken what was saved: only that is left out, not what came since', async () => {
  const saved = [me(T0), me(T0 + 1000)];
  const since = me(T0 + 2000);
  const place = memoryStorage();
  await place.save(saved, 2, HEALTHY);
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const load = vi.spyOn(place, 'load').mockRejectedValueOnce(new Error('no storage'));
  const queue = createPendingQueue(place);
  await queue.load();
  queue.hold([since]);
  await queue.load();
  expect(load).toHaveBeenCalledTimes(2);
  queue.skipRestored(saved.at(-1)?.id);
  expect(queue.held()).toEqual([since]);
  expect(queue.lost()).toBe(0);
});

test('nothing changed since it was saved: the storage is not written to', async () => {
  const place = memoryStorage();
  const queue = createPendingQueue(place);
  await queue.load();
  queue.hold([me(T0)]);
  await queue.save(HEALTHY);
  await queue.save(HEALTHY);
  expect(place.saves).toBe(1);
  queue.release();
  await queue.save(HEALTHY);
  await queue.save(HEALTHY);
  expect(place.saves).toBe(2);
});
