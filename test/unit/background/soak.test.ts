import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Health } from '../../../utils/model/health.ts';
import { busyLogin, LOGIN_EVERY_MS, type TrafficEvent } from '../../bench/busy-traffic.ts';
import { onStore, freshProfile, startWorker } from '../store/database.ts';
import { NO_PRIVATE_RECORDS } from './no-private-records.ts';

type Listener = (details: TrafficEvent['details']) => void;
const { heard, session, browser } = vi.hoisted(() => {
  const listeners: Record<string, Listener[]> = {};
  const kept = new Map<string, unknown>();
  const event = (name: string) => {
    const heardOf: Listener[] = (listeners[name] = []);
    return { addListener: (listener: Listener) => void heardOf.push(listener) };
  };
  const names = [
    'onBeforeRequest',
    'onBeforeRedirect',
    'onResponseStarted',
    'onCompleted',
    'onErrorOccurred',
  ];
  const fake = {
    webRequest: Object.fromEntries(names.map((name) => [name, event(name)])),
    tabs: { get: async () => ({ incognito: false }) },
    extension: { inIncognitoContext: false },
    permissions: { contains: async () => true, getAll: async () => ({ origins: [] }) },
    storage: {
      session: {
        get: async () => Object.fromEntries(kept),
        set: async (entries: object) => {
          for (const [key, value] of Object.entries(entries)) kept.set(key, value);
        },
        remove: async (keys: string[]) => {
          for (const key of keys) kept.delete(key);
        },
      },
    },
  };
  return { heard: listeners, session: kept, browser: fake };
});
const shown = vi.hoisted(() => ({
  setAlarm: vi.fn(),
  showBadge: vi.fn(),
  canShowNotifications: vi.fn(),
  showNotification: vi.fn(),
  flashBadge: vi.fn(),
}));
vi.mock('wxt/browser', () => ({ browser }));
vi.mock('../../../utils/browser/alarm.ts', () => shown);
vi.mock('../../../utils/browser/badge.ts', () => shown);
vi.mock('../../../utils/browser/badge-flash.ts', () => shown);
vi.mock('../../../utils/browser/notifications.ts', () => shown);
vi.mock('../../../utils/browser/messages-catalogue.ts', () => ({ t: (key: string) => key }));

const { createEventHandlers } = await import('../../../utils/background/event-handlers.ts');
const { createWorkerMemory } = await import('../../../utils/browser/worker-memory.ts');
const { createSnapshotKeeper } =
  await import('../../../utils/background/reconcile/snapshot-keeper.ts');
const { snapshotStorage } = await import('../../../utils/browser/snapshot-storage.ts');
const { listenToTraffic } = await import('../../../utils/browser/traffic.ts');

const LOGINS = 56;
const EVERY_MS = 3 * LOGIN_EVERY_MS;
const CALLS_EACH = 2;
const OBSERVATIONS_EACH = CALLS_EACH + 6;
const RETENTION = 100;
const LOGINS_AN_HOUR = 3_600_000 / EVERY_MS;

beforeEach(() => {
  freshProfile();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
});
afterEach(() => void vi.useRealTimers());

/** How much of each thing is remembered between observations. */
const sizes = (tracking: object) =>
  Object.entries(tracking).map(([name, value]: [string, unknown]) => {
    const lists = name === 'unjoined' ? Object.values(value as object) : [value];
    const most = lists.map((list) =>
      list && typeof list === 'object' ? Object.keys(list).length : 0,
    );
    return { name, size: Math.max(...most) };
  });

test('busy day: what the worker keeps does not grow with it', async () => {
  const recorder = startWorker();
  const handlers = createEventHandlers(
    recorder,
    createWorkerMemory(),
    NO_PRIVATE_RECORDS,
    createSnapshotKeeper(recorder, snapshotStorage),
  );
  listenToTraffic(handlers.onRequest, handlers.onSent);
  await handlers.onMessage({ type: 'settings', settings: { retentionCount: RETENTION } });
  const begins = Date.now();
  let most = 0;
  for (let login = 0; login < LOGINS; login += 1) {
    const at = begins + login * EVERY_MS;
    for (const { name, details } of busyLogin(login, at, CALLS_EACH)) {
      vi.setSystemTime(details.timeStamp);
      for (const listener of heard[name] ?? []) listener(details);
    }
    await handlers.onMessage({ type: 'reconcile' });
    await vi.advanceTimersByTimeAsync(3000);
    most = Math.max(most, session.size);
  }
  // Its name, the last sign of life, which pages got a token, and what the popup shows first: whatever was begun is finished and removed.
  expect([...session.keys()].sort()).toEqual(['pages', 'popup', 'run', 'trace']);
  expect(most).toBe(4);
  expect(Object.keys(session.get('pages') as object).length).toBeLessThanOrEqual(100);
  expect(JSON.stringify(session.get('popup')).length).toBeLessThan(100_000);
  expect(recorder.health()).toMatchObject({ held: 0, dropped: 0 });
  await onStore(async (db) => {
    const rows = await db.count('observations');
    expect(rows).toBeLessThanOrEqual(RETENTION + LOGINS_AN_HOUR * OBSERVATIONS_EACH);
    const { pruned } = (await db.get('meta', 'health')) as Health;
    expect(rows + pruned).toBeGreaterThanOrEqual(LOGINS * OBSERVATIONS_EACH);
    expect(await db.count('logins')).toBeLessThanOrEqual(rows / OBSERVATIONS_EACH + 1);
    const tracking = (await db.get('meta', 'track')) as object;
    expect(sizes(tracking).filter(({ size }) => size > 100)).toEqual([]);
  });
});
