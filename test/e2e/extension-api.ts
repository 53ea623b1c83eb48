import type { Command } from '../../utils/model/command.ts';
import type { TestBrowser } from './browser/contract.ts';
import { scaled } from './browser/until.ts';
import { until } from './browser/until.ts';

/** What is called of the extension's API on its pages. */
declare const chrome: {
  runtime: {
    lastError?: { message: string };
    sendMessage(message: unknown, answered: (answer: unknown) => void): void;
  };
  storage: Record<
    'local' | 'session',
    { get(key: null): Promise<unknown>; remove(key: string): Promise<void> }
  >;
  tabs: {
    query(what: object): Promise<{ id: number; url?: string; title?: string }[]>;
    remove(id: number): Promise<void>;
  };
};

export const HOUR = 3_600_000;

/** Calls a function on a page of the extension. */
export async function inExtension<A, R>(
  browser: TestBrowser,
  call: (argument: A) => Promise<R> | R,
  argument: A,
): Promise<R> {
  const page = await browser.apiPage();
  return (await page.evaluate(call as (a: unknown) => unknown, argument)) as R;
}

let changes = 0;

/** How often a test has changed what is stored, past the traffic. A page that showed it before may be out of date. */
export const changeCount = (): number => changes;

/** Counts a change past the traffic. */
export function noteChange(): void {
  changes += 1;
}

/** Sends the worker a command, as the popup does. */
export function command(browser: TestBrowser, message: Command): Promise<unknown> {
  noteChange();
  return inExtension(
    browser,
    async (m) => {
      const { runtime } = chrome;
      const send = () =>
        new Promise((done, fail) => {
          runtime.sendMessage(m, (answer) => {
            if (runtime.lastError) fail(new Error(runtime.lastError.message));
            else done(answer);
          });
        });
      // A worker that is just ending takes no message, as the popup knows too.
      return send().catch(async (error: unknown) => {
        if (!/Receiving end|channel closed/.test(String(error))) throw error;
        await new Promise((done) => setTimeout(done, 200));
        return send();
      });
    },
    message,
  );
}

/**
 * Ends the worker as the browser does after half a minute without an event: nothing was on its way to it.
 * `browser.killWorker` alone ends it in the middle of its work, and the next one says that something may be lost.
 */
export async function endWorker(browser: TestBrowser): Promise<void> {
  const removeTrace = () =>
    inExtension(browser, () => chrome.storage.session.remove('trace'), null);
  // An event may wake the next one at once: before the trace is removed, or after.
  await removeTrace();
  await browser.killWorker();
  await removeTrace();
  // Chromium says that a worker has stopped a little before it can be woken: only then is it at rest.
  await new Promise((done) => setTimeout(done, scaled(500)));
  await removeTrace();
}

/** Everything the database holds, store by store. */
export type Dump = Record<string, Record<string, unknown>[]>;

/** Reads the whole database. */
export function dump(browser: TestBrowser): Promise<Dump> {
  return inExtension(
    browser,
    async () => {
      const done = <T>(r: IDBRequest<T>) =>
        new Promise<T>((ok, no) => {
          r.onsuccess = () => ok(r.result);
          r.onerror = () => no(r.error);
        });
      const db = await done(indexedDB.open('linkwatch'));
      const all: Record<string, unknown[]> = {};
      // One transaction: what is recorded meanwhile is in all of it or in none.
      const tx = db.transaction(db.objectStoreNames);
      const names = [...db.objectStoreNames];
      const rows = await Promise.all(names.map((name) => done(tx.objectStore(name).getAll())));
      names.forEach((name, i) => (all[name] = rows[i] ?? []));
      db.close();
      return all as Dump;
    },
    null,
  );
}

/** Waits until the database satisfies a condition; returns its content. */
export async function dumpWhen(
  browser: TestBrowser,
  ready: (content: Dump) => boolean,
): Promise<Dump> {
  let content: Dump = {};
  try {
    await until('the database', async () => ready((content = await dump(browser))));
  } catch (error) {
    throw new Error(`The database holds ${JSON.stringify(content, null, 1)}`, { cause: error });
  }
  return content;
}

/**
 * Lets time pass for the extension: every instant in its database moves back, which is what a clock that moves
 * ahead looks like from inside. The worker is ended first, so that nothing of before is remembered.
 */
export async function advanceTime(browser: TestBrowser, ms: number): Promise<void> {
  await endWorker(browser);
  await inExtension(
    browser,
    async (by) => {
      const done = <T>(r: IDBRequest<T>) =>
        new Promise<T>((ok, no) => {
          r.onsuccess = () => ok(r.result);
          r.onerror = () => no(r.error);
        });
      const isInstant = (v: unknown): v is number => typeof v === 'number' && Math.abs(v) > 1.5e12;
      const shift = (value: unknown): unknown => {
        if (isInstant(value)) return value - Math.sign(value) * by;
        if (Array.isArray(value)) return value.map(shift);
        if (typeof value !== 'object' || value === null) return value;
        return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, shift(v)]));
      };
      const db = await done(indexedDB.open('linkwatch'));
      // One transaction: a worker that wakes meanwhile reads all of it as it was, or as it will be.
      const tx = db.transaction(db.objectStoreNames, 'readwrite');
      for (const name of db.objectStoreNames) {
        const store = tx.objectStore(name);
        const [keys, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
        for (const [i, value] of values.entries())
          store.put(shift(value), ...(store.keyPath ? [] : [keys[i] as string]));
      }
      await new Promise((ok, no) => {
        tx.oncomplete = ok;
        tx.onabort = () => no(tx.error);
      });
      db.close();
    },
    ms,
  );
  await command(browser, { type: 'reconcile' });
}

/** Everything in the extension's own storage areas, as JSON text. */
export function storageText(browser: TestBrowser): Promise<string> {
  return inExtension(
    browser,
    async () =>
      JSON.stringify([
        await chrome.storage.local.get(null),
        await chrome.storage.session.get(null),
      ]),
    null,
  );
}

/** Address and title of every tab that the extension may know of: its own pages among them. */
export function openTabs(browser: TestBrowser): Promise<{ url: string; title: string }[]> {
  return inExtension(
    browser,
    async () => (await chrome.tabs.query({})).map(({ url = '', title = '' }) => ({ url, title })),
    null,
  );
}

/** Closes the extension's tabs whose address ends so. */
export function closeTabs(browser: TestBrowser, ending: string): Promise<void> {
  return inExtension(
    browser,
    async (end) => {
      for (const { id, url } of await chrome.tabs.query({}))
        if (url?.endsWith(end)) await chrome.tabs.remove(id);
    },
    ending,
  );
}
