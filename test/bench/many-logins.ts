import type { TestBrowser } from '../e2e/browser/contract.ts';
import { command, inExtension, endWorker } from '../e2e/extension-api.ts';
import { sampleRows, type Rows } from '../e2e/sample-logins.ts';
import { seed } from '../e2e/seed.ts';

/** As many logins as the popup is meant to be quick with. */
export const MANY = 10_000;

/** The samples of which many are made: those of the app without a rehearsal window, all on one site. */
export function manyRows(now: number): Rows {
  const { apps, logins, ...rest } = sampleRows(now);
  return {
    ...rest,
    apps: apps.filter((a) => a.windowMs === null),
    logins: logins.filter((l) => l.site === 'https://page.shop.test'),
  };
}

/** What a tester's day leaves in the browser's log of writes. */
const RECORDED = 200;

/**
 * Fills the database with so many logins of every verdict; the worker is left ended. Then what was written at once is
 * moved out of the browser's log of writes, which it reads anew at every opening, and some is recorded as in use.
 */
export async function fill(browser: TestBrowser, count: number, now: number): Promise<void> {
  await seed(browser, count ? { ...manyRows(now), count } : {});
  await inExtension(
    browser,
    async () => {
      const done = <T>(r: IDBRequest<T>) =>
        new Promise<T>((ok, no) => {
          r.onsuccess = () => ok(r.result);
          r.onerror = () => no(r.error);
        });
      const opening = indexedDB.open('filler');
      opening.onupgradeneeded = () => opening.result.createObjectStore('rows');
      const db = await done(opening);
      const tx = db.transaction('rows', 'readwrite');
      // More than Chromium keeps in its log, 4 MB; a larger value would become a file of its own.
      for (let i = 0; i < 120; i += 1) tx.objectStore('rows').put('x'.repeat(50_000), i);
      await new Promise((ok) => (tx.oncomplete = ok));
      db.close();
      await done(indexedDB.deleteDatabase('filler'));
    },
    null,
  );
  for (let i = 0; i < RECORDED; i += 1) await command(browser, { type: 'step', text: `${i}` });
  await endWorker(browser);
}

/** Gives each of the many logins so many copies of an observation, its own among them. */
export function addObservations(
  browser: TestBrowser,
  like: object,
  count: number,
  each: number,
): Promise<void> {
  return inExtension(
    browser,
    async ({ row, logins, per }) => {
      const db = await new Promise<IDBDatabase>((ok) => {
        const opening = indexedDB.open('linkwatch');
        opening.onsuccess = () => ok(opening.result);
      });
      const tx = db.transaction('observations', 'readwrite');
      for (let i = 0; i < logins; i += 1)
        for (let n = 0; n < per; n += 1)
          tx.objectStore('observations').add({
            ...row,
            id: n ? `l${i}-${n}` : `l${i}`,
            loginId: `l${i}`,
            session: 'sample',
          });
      await new Promise((ok, no) => {
        tx.oncomplete = ok;
        tx.onabort = () => no(tx.error);
      });
      db.close();
    },
    { row: like, logins: count, per: each },
  );
}
