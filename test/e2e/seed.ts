import type { Browser as ExtensionApi } from 'webextension-polyfill';
import type { Session } from '../../utils/model/session.ts';
import type { StoredLogin } from '../../utils/store/schema.ts';
import type { TestBrowser } from './browser/contract.ts';
import { command, inExtension, noteChange, endWorker } from './extension-api.ts';
import type { Rows } from './sample-logins.ts';

declare const chrome: ExtensionApi;

export interface Seeds extends Partial<Rows> {
  /** So many logins in all, made of `logins` in turn, each a little earlier than the one before. */
  count?: number;
  sessions?: Session[];
  /** Single values by name, over the track. */
  meta?: Record<string, unknown>;
}

/** How much earlier than its sample the i-th of many logins is, in ms: at most 42 minutes. */
export const earlier = (i: number): number => ((i * 7919) % 10_000) * 250;

/** Makes the database where there is none yet: only the extension knows how. */
async function ensureDatabase(browser: TestBrowser): Promise<void> {
  const isThere = () =>
    inExtension(
      browser,
      async () => (await indexedDB.databases()).some(({ name }) => name === 'linkwatch'),
      null,
    );
  if (!(await isThere())) await command(browser, { type: 'reconcile' });
}

/**
 * Puts rows into the database, in place of all that it held, in one transaction. The worker is ended before and after,
 * so that it remembers nothing; with `wake` it is started again and brought in line.
 */
export async function seed(
  browser: TestBrowser,
  seeds: Seeds,
  { wake = false }: { wake?: boolean } = {},
): Promise<void> {
  await ensureDatabase(browser);
  await endWorker(browser);
  await inExtension(
    browser,
    async ({
      logins = [],
      apps = [],
      observations = [],
      sessions = [],
      track,
      count = logins.length,
      meta,
    }) => {
      const isInstant = (v: unknown): v is number => typeof v === 'number' && Math.abs(v) > 1.5e12;
      const moved = (value: unknown, by: number): unknown => {
        if (isInstant(value)) return value - Math.sign(value) * by;
        if (Array.isArray(value)) return value.map((v) => moved(v, by));
        if (typeof value !== 'object' || value === null) return value;
        return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, moved(v, by)]));
      };
      const db = await new Promise<IDBDatabase>((ok, no) => {
        const opening = indexedDB.open('linkwatch');
        opening.onsuccess = () => ok(opening.result);
        opening.onerror = () => no(opening.error);
      });
      const tx = db.transaction(db.objectStoreNames, 'readwrite');
      for (const name of db.objectStoreNames) if (name !== 'meta') tx.objectStore(name).clear();
      tx.objectStore('meta').delete('health');
      for (const o of observations) tx.objectStore('observations').add(o);
      for (const session of sessions) tx.objectStore('sessions').put(session);
      for (const app of apps) tx.objectStore('apps').put(app);
      const own = count > logins.length;
      for (let i = 0; i < count; i += 1) {
        const like = logins[i % logins.length];
        if (!own) tx.objectStore('logins').put(like);
        else {
          const name: Partial<StoredLogin> = {
            id: `l${i}`,
            ordinal: i,
            kakaoSession: `k${i}`,
            accountId: `l${i}`,
            screenOrdinal: like?.screenOrdinal === null ? null : i,
            evidence: (like?.evidence ?? []).map((e) => ({
              ...e,
              id: `${e.id}-${i}`,
              of: [`l${i}`],
              before: i + 1,
            })),
          };
          const by = ((i * 7919) % 10_000) * 250; // as `earlier` says
          tx.objectStore('logins').put(moved({ ...like, ...name }, by));
        }
      }
      if (track) tx.objectStore('meta').put({ ...track, nextOrdinal: count }, 'track');
      for (const [name, value] of Object.entries(meta ?? {}))
        tx.objectStore('meta').put(value, name);
      await new Promise((ok, no) => {
        tx.oncomplete = ok;
        tx.onabort = () => no(tx.error);
      });
      db.close();
      // What the popup shows first is a copy of what was there before.
      await chrome.storage.session.remove('popup');
    },
    seeds,
  );
  // Again: an event that arrived meanwhile may have started it, and it would remember what was there before.
  await endWorker(browser);
  noteChange();
  if (wake) await command(browser, { type: 'reconcile' });
}

/**
 * Makes the database one of another version, which must be higher, as a newer extension would leave it; null removes it. The
 * worker should have ended before.
 */
export const setDatabaseVersion = (browser: TestBrowser, version: number | null): Promise<void> =>
  inExtension(
    browser,
    async (wanted) => {
      if (wanted === null) {
        await new Promise((done) => {
          indexedDB.deleteDatabase('linkwatch').onsuccess = done;
        });
        return;
      }
      await new Promise((done, fail) => {
        const opening = indexedDB.open('linkwatch', wanted);
        opening.onerror = () => fail(opening.error);
        opening.onsuccess = () => {
          opening.result.close();
          done(null);
        };
      });
    },
    version,
  );

/** Empties everything that the extension stores, settings and held permissions but sites included, and starts its worker. */
export async function emptyExtension(browser: TestBrowser): Promise<void> {
  await ensureDatabase(browser);
  await endWorker(browser);
  await inExtension(
    browser,
    async () => {
      const db = await new Promise<IDBDatabase>((ok, no) => {
        const opening = indexedDB.open('linkwatch');
        opening.onsuccess = () => ok(opening.result);
        opening.onerror = () => no(opening.error);
      });
      const tx = db.transaction(db.objectStoreNames, 'readwrite');
      for (const name of db.objectStoreNames) tx.objectStore(name).clear();
      await new Promise((ok, no) => {
        tx.oncomplete = ok;
        tx.onabort = () => no(tx.error);
      });
      db.close();
      await chrome.storage.local.clear();
      await chrome.storage.session.clear();
      await chrome.permissions.remove({ permissions: ['notifications'] });
    },
    null,
  );
  await endWorker(browser);
  await command(browser, { type: 'reconcile' });
}
