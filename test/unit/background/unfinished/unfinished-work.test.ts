import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createUnfinishedWork } from '../../../../utils/background/unfinished/unfinished-work.ts';
import { sessionMemory } from '../session-memory.ts';

const T0 = Date.UTC(2026, 10, 22, 5);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What a worker that starts at an instant is told of one with this last sign of life. */
async function lostSince(trace: { at: number; isBusy: boolean } | null, startedAt: number) {
  const memory = sessionMemory<string>('run');
  memory.trace = trace;
  return (await createUnfinishedWork(memory, startedAt).left).lostSince;
}

test('sooner than the browser ends a worker at rest: something may be lost', async () => {
  const rest = { at: T0, isBusy: false };
  expect(await lostSince(rest, T0 + 28_000)).toBe(T0);
  expect(await lostSince(rest, T0 + 30_000)).toBeNull();
  expect(await lostSince(null, T0)).toBeNull();
});

test('busy at its last sign of life: something may be lost, however long ago', async () => {
  expect(await lostSince({ at: T0, isBusy: true }, T0 + 86_400_000)).toBe(T0);
});

test('clock set back since: only a worker that was busy has lost something', async () => {
  expect(await lostSince({ at: T0, isBusy: false }, T0 - 3_600_000)).toBeNull();
  expect(await lostSince({ at: T0, isBusy: true }, T0 - 3_600_000)).toBe(T0);
});

test('work that is not done at once: saved before anything else, removed once it is finished', async () => {
  const memory = sessionMemory<string>('run');
  const work = createUnfinishedWork(memory, T0);
  const slow = work.begin('slow', T0, false);
  const quick = work.begin('quick', T0, true);
  expect([...memory.work.values()]).toEqual(['slow']);
  await work.left;
  work.finish(quick);
  await vi.advanceTimersByTimeAsync(5000);
  expect(memory.trace?.isBusy).toBe(true);
  expect(memory.work.size).toBe(1);
  work.finish(slow);
  await vi.advanceTimersByTimeAsync(1000);
  expect(memory.trace?.isBusy).toBe(false);
  expect(memory.work.size).toBe(0);
});

test('burst of work: saved together a moment after its first, without what is finished by then', async () => {
  const memory = sessionMemory<string>('run');
  const work = createUnfinishedWork(memory, T0);
  await work.left;
  await vi.advanceTimersByTimeAsync(2000);
  const before = memory.writes;
  const keys = ['a', 'b', 'c', 'd', 'e'].map((name) => work.begin(name, T0, false));
  expect(memory.trace?.isBusy).toBe(true);
  work.finish(keys[3] ?? '');
  await vi.advanceTimersByTimeAsync(50);
  expect([...memory.work.values()]).toEqual(['a', 'b', 'c', 'e']);
  // The first at once, as the sign of life, and the one that throttling lets through after it.
  expect(memory.writes - before).toBeLessThanOrEqual(3);
  for (const key of keys) work.finish(key);
  await vi.advanceTimersByTimeAsync(2000);
  expect(memory.work.size).toBe(0);
});

test('what an earlier worker left: in the order it was begun, and forgotten once it is finished', async () => {
  const memory = sessionMemory<string>('run');
  memory.work = new Map([
    ['2', 'second'],
    ['1', 'first'],
  ]);
  const work = createUnfinishedWork(memory, T0);
  const own = work.begin('own', T0, false);
  expect((await work.left).begun).toEqual(['first', 'second']);
  work.finishLeft();
  await vi.advanceTimersByTimeAsync(1000);
  expect([...memory.work.keys()]).toEqual([own]);
});

test('finished work that is removed at once: the next worker does not find it', async () => {
  const memory = sessionMemory<string>('run');
  const work = createUnfinishedWork(memory, T0);
  const [done, open] = [work.begin('done', T0, false), work.begin('open', T0, false)];
  await work.left;
  await vi.advanceTimersByTimeAsync(50);
  work.finish(done);
  expect(memory.work.size).toBe(2);
  await work.removeFinished();
  expect([...memory.work.keys()]).toEqual([open]);
});

test('request on its way: the worker is not at rest until its answer has come', async () => {
  vi.setSystemTime(T0);
  const memory = sessionMemory<string>('run');
  const work = createUnfinishedWork(memory, T0);
  await work.left;
  await vi.advanceTimersByTimeAsync(5000);
  expect(memory.trace).toEqual({ at: T0 + 1000, isBusy: false });
  work.awaitAnswer('7', Date.now());
  expect(memory.trace).toEqual({ at: T0 + 5000, isBusy: true });
  await vi.advanceTimersByTimeAsync(5000);
  expect(memory.trace?.isBusy).toBe(true);
  work.answered('7');
  await vi.advanceTimersByTimeAsync(1000);
  expect(memory.trace).toEqual({ at: T0 + 11_000, isBusy: false });
});

test('answer that never comes: the worker counts as at rest since the request', async () => {
  vi.setSystemTime(T0);
  const memory = sessionMemory<string>('run');
  const work = createUnfinishedWork(memory, T0);
  await work.left;
  for (let i = 0; i < 300; i += 1) work.awaitAnswer(`${i}`, T0);
  await vi.advanceTimersByTimeAsync(22_000);
  expect(memory.trace).toEqual({ at: T0 + 1000, isBusy: false });
});

test('answer that nobody waits for: the worker stays at rest, and nothing is written', async () => {
  vi.setSystemTime(T0);
  const memory = sessionMemory<string>('run');
  const work = createUnfinishedWork(memory, T0);
  await work.left;
  await vi.advanceTimersByTimeAsync(5000);
  const { writes } = memory;
  work.answered('7');
  await vi.advanceTimersByTimeAsync(5000);
  expect(memory.writes).toBe(writes);
  expect(memory.trace).toEqual({ at: T0 + 1000, isBusy: false });
});

test('work that was finished before the memory was read: not taken for an earlier worker’s', async () => {
  const memory = sessionMemory<string>('run');
  const loading = Promise.withResolvers<void>();
  const { load } = memory;
  memory.load = async () => {
    await loading.promise;
    return load();
  };
  const work = createUnfinishedWork(memory, T0);
  const key = work.begin('own', T0, false);
  await vi.advanceTimersByTimeAsync(100);
  expect([...memory.work.values()]).toEqual(['own']);
  work.finish(key);
  loading.resolve();
  expect((await work.left).begun).toEqual([]);
});
