import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { vi } from 'vitest';
import type { OpenDatabase } from '../../../utils/background/record/loaded-state.ts';
import { createRecorder, type Recorder } from '../../../utils/background/record/recorder.ts';
import type { PendingStorage } from '../../../utils/browser/pending-storage.ts';
import type { Health } from '../../../utils/model/health.ts';
import type { Observation } from '../../../utils/model/observation.ts';
import type { Settings } from '../../../utils/model/settings.ts';
import { deleteStore, openStore, type Db } from '../../../utils/store/open.ts';
import { prune, PRUNE_START, type PrunePlace } from '../../../utils/store/retention.ts';

/** Gives the test a browser profile with no database in it. */
export function freshProfile(): void {
  globalThis.indexedDB = new IDBFactory();
}

/** A pending storage in memory that outlives recorders, as the extension's storage outlives the worker. */
export interface MemoryStorage extends PendingStorage {
  held: Observation[];
  lost: number;
  health: Health | null;
  saves: number;
}

/** Makes an empty pending storage with room for some observations. */
export function memoryStorage(most = 5_000): MemoryStorage {
  const place: MemoryStorage = {
    most,
    held: [],
    lost: 0,
    health: null,
    saves: 0,
    load: async () => structuredClone({ held: place.held, lost: place.lost }),
    async save(held, lost, health) {
      place.saves += 1;
      Object.assign(place, structuredClone({ held, lost, health }));
    },
  };
  return place;
}

/** A recorder as a newly started worker makes it. */
export function startWorker(
  pendingStorage: PendingStorage = memoryStorage(),
  changed: () => void = () => {},
  open: OpenDatabase = openStore,
): Recorder {
  return createRecorder({ open, deleteDatabase: deleteStore, pendingStorage, changed });
}

/** Everything in the database, store by store. */
export async function contents(): Promise<Record<string, unknown>> {
  const db = await openStore();
  const all = {
    observations: await db.getAll('observations'),
    logins: await db.getAll('logins'),
    apps: await db.getAll('apps'),
    sessions: await db.getAll('sessions'),
    notices: await db.getAll('notices'),
    track: await db.get('meta', 'track'),
    health: await db.get('meta', 'health'),
  };
  db.close();
  return all;
}

/** Runs work on a connection of its own. */
export async function onStore<T>(work: (db: Db) => Promise<T>): Promise<T> {
  const db = await openStore();
  try {
    return await work(db);
  } finally {
    db.close();
  }
}

/** The ids of the stored observations, in order of arrival. */
export const storedIds = () =>
  onStore(async (db) => (await db.getAll('observations')).map((o) => o.id));

/** Stores the tester's settings as they are given. */
export const setSettings = (
  recorder: Recorder,
  settings: Partial<Settings>,
): Promise<IDBValidKey> =>
  recorder.withStore((db) => db.put('meta', settings as Settings, 'settings'));

/** Applies retention at an instant (epoch ms) from its first step to its last. */
export async function pruneAll(
  recorder: Recorder,
  now: number,
  settings: Partial<Settings>,
): Promise<void> {
  await setSettings(recorder, settings);
  for (let place: PrunePlace | null = PRUNE_START; place;) {
    const at: PrunePlace = place;
    place = await recorder.withStore((db, loginState) => prune(db, loginState, now, at));
  }
}

/** Aborts the transactions of the next batches when they are about to commit, as a full disk does. */
export function failCommits(name: string, times = Infinity): () => void {
  const proto = IDBObjectStore.prototype;
  const { add } = proto;
  let left = times;
  const failing = new WeakSet<IDBTransaction>();
  const spy = vi.spyOn(proto, 'add').mockImplementation(function (
    this: IDBObjectStore,
    ...args: Parameters<typeof add>
  ) {
    const request = add.apply(this, args);
    if (this.name === 'observations' && !failing.has(this.transaction) && left-- > 0) {
      failing.add(this.transaction);
      const tx = this.transaction as unknown as { _abort(name: string): void };
      request.addEventListener('success', () => tx._abort(name));
    }
    return request;
  });
  return () => spy.mockRestore();
}

/** What a browser with normal windows, which watches one site, says of tabs and sites. */
export const tabPorts = {
  tabContextOf: async (tab: number) => ({ cookieStore: 'default', tab: `r:${tab}`, opener: null }),
  isWatched: async (site: string) => site === 'https://page.shop.test',
};
