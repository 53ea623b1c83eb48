import type { TestBrowser } from './browser/contract.ts';
import { command } from './inside.ts';
import { openPopup } from './popup.ts';
import type { Session } from '../../utils/model/session.ts';
import type { Rows } from './sample-logins.ts';

export interface Seeds extends Partial<Rows> {
  /** So many logins in all, made of `logins` in turn, each a little earlier than the one before. */
  count?: number;
  sessions?: Session[];
  /** Single values by name, over the track. */
  meta?: Record<string, unknown>;
}

/** How much earlier than its sample the i-th of many logins is, in ms: at most 42 minutes. */
export const earlier = (i: number): number => ((i * 7919) % 10_000) * 250;

/**
 * Puts rows into the database, in place of all that it held, in one transaction. The worker is ended before and after,
 * so that it remembers nothing; with `wake` it is started again and brought in line.
 */
export async function seed(browser: TestBrowser, seeds: Seeds, wake = false): Promise<void> {
  await browser.killWorker();
  // The popup makes the database where there is none yet.
  const page = await openPopup(browser);
  await page.evaluate(
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
          const name = { id: `l${i}`, ordinal: i, sessionKey: `k${i}`, group: `l${i}` };
          const by = ((i * 7919) % 10_000) * 250; // as `earlier` says
          tx.objectStore('logins').put({ ...(moved(like, by) as object), ...name });
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
    },
    seeds,
  );
  await page.close();
  // Again: an event that arrived meanwhile may have started it, and it would remember what was there before.
  await browser.killWorker();
  if (wake) await command(browser, { type: 'reconcile' });
}
