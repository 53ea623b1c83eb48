import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createBatcher } from '../../../../utils/background/tasks/batcher.ts';

const REST_MS = 200;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A batcher, and the batches that it has handed over. */
function started(handle: (items: number[]) => Promise<void> = async () => {}) {
  const batches: number[][] = [];
  const batcher = createBatcher<number>((items) => {
    batches.push(items);
    return handle(items);
  }, REST_MS);
  return { batches, batcher };
}

test('burst: its first is handed over at once, the others together after a rest, in order', async () => {
  const { batches, batcher } = started();
  const first = batcher.add([1]);
  expect(batches).toEqual([[1]]);
  await first;
  const others = [batcher.add([2, 3]), batcher.add([4])];
  await vi.advanceTimersByTimeAsync(REST_MS - 1);
  expect(batches).toEqual([[1]]);
  await vi.advanceTimersByTimeAsync(1);
  await Promise.all(others);
  expect(batches).toEqual([[1], [2, 3, 4]]);
});

test('after a rest: what comes is handed over at once', async () => {
  const { batches, batcher } = started();
  await batcher.add([1]);
  expect(batcher.isRested()).toBe(false);
  await vi.advanceTimersByTimeAsync(REST_MS);
  expect(batcher.isRested()).toBe(true);
  void batcher.add([2]);
  expect(batches).toEqual([[1], [2]]);
});

test('flush: what waits is handed over without a rest, and only once', async () => {
  const { batches, batcher } = started();
  await batcher.add([1]);
  const second = batcher.add([2]);
  batcher.flush();
  batcher.flush();
  expect(batches).toEqual([[1], [2]]);
  await second;
  await vi.advanceTimersByTimeAsync(REST_MS);
  expect(batches).toEqual([[1], [2]]);
});

test('batch that fails: all who added to it are told, and the next one is taken', async () => {
  const { batches, batcher } = started(async (items) => {
    if (items.includes(2)) throw new Error('no');
  });
  await batcher.add([1]);
  const told = Promise.allSettled([batcher.add([2]), batcher.add([3])]);
  await vi.advanceTimersByTimeAsync(REST_MS);
  expect((await told).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  const next = batcher.add([4]);
  await vi.advanceTimersByTimeAsync(REST_MS);
  await expect(next).resolves.toBeUndefined();
  expect(batches).toEqual([[1], [2, 3], [4]]);
});
