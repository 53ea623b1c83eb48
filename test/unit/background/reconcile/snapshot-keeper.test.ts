import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createSnapshotKeeper } from '../../../../utils/background/reconcile/snapshot-keeper.ts';
import { exchange, firstLogin, me } from '../../fixtures.ts';
import { freshProfile, startWorker } from '../../store/database.ts';
import { memorySnapshotStorage } from '../session-memory.ts';

const AT = Date.now();

beforeEach(() => {
  freshProfile();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => vi.useRealTimers());

async function withLogin() {
  const recorder = startWorker();
  const place = memorySnapshotStorage();
  await recorder.record([...firstLogin(AT), exchange(AT + 4000)]);
  return { recorder, place, keeper: createSnapshotKeeper(recorder, place) };
}

test('many changes: one snapshot, a moment after the first, of all of them', async () => {
  const { recorder, place, keeper } = await withLogin();
  keeper.refresh();
  await vi.advanceTimersByTimeAsync(1900);
  expect(place.saves).toBe(0);
  await recorder.record([me(AT + 5000)]);
  keeper.refresh();
  await vi.advanceTimersByTimeAsync(200);
  await vi.waitFor(() =>
    expect(place.snapshot?.counts).toEqual({ open: 0, attention: 0, done: 1 }),
  );
  await vi.advanceTimersByTimeAsync(5000);
  expect(place.saves).toBe(1);
});

test('cleared while one is taken: it is not kept', async () => {
  const { recorder, place, keeper } = await withLogin();
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  const before = recorder.withStore(() => held);
  keeper.refresh();
  await vi.advanceTimersByTimeAsync(2100);
  await keeper.clear();
  release();
  await before;
  await recorder.withStore(async () => {});
  await recorder.withStore(async () => {});
  expect([place.saves, place.snapshot]).toEqual([0, null]);
});

test('no login left: the snapshot goes', async () => {
  const { recorder, place, keeper } = await withLogin();
  keeper.refresh();
  await vi.advanceTimersByTimeAsync(2100);
  await vi.waitFor(() => expect(place.snapshot).not.toBeNull());
  await recorder.clear();
  keeper.refresh();
  await vi.advanceTimersByTimeAsync(4100);
  await vi.waitFor(() => expect(place.snapshot).toBeNull());
});
