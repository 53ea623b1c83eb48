import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, type Browser, type WebWorker } from 'puppeteer-core';
import { ensureBrowser } from '../../scripts/browsers.ts';
import type { Command } from '../../utils/model/command.ts';
import { chromiumOptions } from '../e2e/browser/chromium-options.ts';
import { until } from '../e2e/browser/until.ts';
import { startEmulator } from '../emulator/index.ts';
import { SITE } from '../unit/fixtures.ts';
import { busyLogin, LOGIN_EVERY_MS, type TrafficEvent } from './busy-traffic.ts';
import { verdictOn } from './spread.ts';

const CALLS_EACH = 44;
const OBSERVATIONS_EACH = CALLS_EACH + 6;
const STEP = 10_000;
const STEPS = 10;
/** So many events come while the worker is at one of them: a day goes by in minutes. */
const TOGETHER = 50;
/** How many times as much of the heap as after the second tenth may be used after the last one. */
const HEAP_BUDGET = 1.5;
/** As many observations are kept, so that the second tenth is as full as the last one. */
const RETENTION = STEP;
/** Retention runs once an hour: what comes until then is beyond it. */
const ROWS_BUDGET = RETENTION + OBSERVATIONS_EACH * Math.ceil(3_600_000 / LOGIN_EVERY_MS + 1);

/** What runs in front of the extension's own worker: it hands on events, and a clock, that no browser brought. */
const FRONT = `
  const heard = { onBeforeRequest: [], onBeforeRedirect: [], onCompleted: [] };
  let listener;
  let clock = Date.now();
  Date.now = () => clock;
  for (const api of [globalThis.browser, chrome]) {
    if (!api) continue;
    for (const name of Object.keys(heard))
      api.webRequest[name].addListener = (callback, filter) =>
        heard[name].push({ callback, isForKakao: filter.urls.includes('https://kapi.kakao.com/*') });
    api.runtime.onMessage.addListener = (callback) => (listener = callback);
    api.tabs.get = async (id) => ({ id, incognito: false });
  }
  const sender = { id: chrome.runtime.id, url: chrome.runtime.getURL('/popup.html') };
  globalThis.command = (message) =>
    new Promise((done) => {
      const answer = listener(message, sender, done);
      if (answer?.then) answer.then(done);
    });
  /** Hands on events, a few at a time; settles when all that they gave rise to is stored. */
  globalThis.feed = async (events) => {
    for (const [i, { name, details }] of events.entries()) {
      clock = Math.max(clock, details.timeStamp);
      const isOfKakao = new URL(details.url).host.endsWith('.kakao.com');
      for (const { callback, isForKakao } of heard[name]) if (isOfKakao || !isForKakao) callback(details);
      if (i % ${TOGETHER} === 0) await new Promise((done) => setTimeout(done));
    }
    await command({ type: 'reconcile' });
  };
  importScripts('background.js');
`;

declare const command: (message: Command) => Promise<unknown>;
declare const feed: (events: readonly TrafficEvent[]) => Promise<void>;

/** Copies the built extension, with access to a site and the front of its worker; returns the folder. */
function writeSoaked(extensionDir: string): string {
  const dir = mkdtempSync(join(tmpdir(), 'soak-'));
  cpSync(extensionDir, dir, { recursive: true });
  const file = join(dir, 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as { host_permissions: string[] };
  const host_permissions = [...manifest.host_permissions, `${SITE}/*`];
  const background = { service_worker: 'soak.js' };
  writeFileSync(file, JSON.stringify({ ...manifest, host_permissions, background }));
  writeFileSync(join(dir, 'soak.js'), FRONT);
  return dir;
}

/** Installs the extension; returns its worker, with a debugger attached, under which it never ends. */
async function startWorker(browser: Browser, dir: string): Promise<WebWorker> {
  const id = await browser.installExtension(dir);
  return until('the worker', async () => {
    const isOurs = (url: string) => url === `chrome-extension://${id}/soak.js`;
    return (
      (await browser
        .targets()
        .find((target) => isOurs(target.url()))
        ?.worker()) ?? undefined
    );
  });
}

interface Kept {
  /** Of JavaScript, after a collection; bytes. */
  heap: number;
  rows: Record<string, number>;
}

/** What the worker keeps. */
async function keptBy(worker: WebWorker): Promise<Kept> {
  await worker.client.send('HeapProfiler.collectGarbage');
  const { usedSize } = await worker.client.send('Runtime.getHeapUsage');
  const rows = await worker.evaluate(async () => {
    const done = <T>(r: IDBRequest<T>) =>
      new Promise<T>((ok, no) => {
        r.onsuccess = () => ok(r.result);
        r.onerror = () => no(r.error);
      });
    const db = await done(indexedDB.open('linkwatch'));
    const counts: Record<string, number> = {};
    for (const name of db.objectStoreNames)
      counts[name] = await done(db.transaction(name).objectStore(name).count());
    db.close();
    return counts;
  });
  return { heap: usedSize, rows };
}

/**
 * Hands a busy day's traffic, 100,000 observations, to the worker of the built extension in Chromium, with a clock that goes
 * with it. Says what the worker keeps after each tenth, and whether memory and database are bounded.
 */
export async function benchSoak(extensionDir: string): Promise<void> {
  const emulator = await startEmulator();
  const dir = writeSoaked(extensionDir);
  const profile = mkdtempSync(join(tmpdir(), 'soak-profile-'));
  const browser = await launch({
    ...chromiumOptions(ensureBrowser('chromium'), profile, { emulator }),
    targetFilter: () => true,
  });
  try {
    const worker = await startWorker(browser, dir);
    const settings: Command = { type: 'settings', settings: { retentionCount: RETENTION } };
    await worker.evaluate((message) => command(message), settings);
    const begins = Date.now();
    const kept: Kept[] = [];
    console.log(
      `\nsoak: ${STEP * STEPS} observations of ${(STEP * STEPS) / OBSERVATIONS_EACH} logins`,
    );
    for (let login = 0; login < (STEPS * STEP) / OBSERVATIONS_EACH; login += 1) {
      const events = busyLogin(login, begins + login * LOGIN_EVERY_MS, CALLS_EACH);
      await worker.evaluate((batch) => feed(batch), events);
      if (((login + 1) * OBSERVATIONS_EACH) % STEP) continue;
      const now = await keptBy(worker);
      kept.push(now);
      sayKept(kept.length * STEP, now);
    }
    sayBounds(kept);
  } finally {
    await browser.close();
    for (const folder of [dir, profile])
      rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
    await emulator.close();
  }
}

function sayKept(observations: number, { heap, rows }: Kept): void {
  const counts = Object.entries(rows).map(([name, count]) => `${name} ${count}`);
  const size = (heap / 2 ** 20).toFixed(1);
  console.log(`  ${`${observations}`.padStart(7)}  heap ${size} MiB  ${counts.join(', ')}`);
}

/** Says whether heap and rows are bounded. */
function sayBounds(kept: readonly Kept[]): void {
  const [second, last] = [kept[1], kept.at(-1)];
  if (!second || !last) throw new Error('nothing was measured');
  const times = last.heap / second.heap;
  const rows = last.rows['observations'] ?? 0;
  console.log(
    `  heap, last tenth beside the second: ${times.toFixed(2)} times  ${verdictOn(times, HEAP_BUDGET)}`,
  );
  console.log(`  observations stored: ${rows}  ${verdictOn(rows, ROWS_BUDGET)}`);
}
