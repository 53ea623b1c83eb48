import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { HOUR_MS } from '../../utils/model/time.ts';
import { buildReport } from '../../utils/report/build-report.ts';
import { replayObservations } from '../../utils/report/replay-observations.ts';
import type { TestBrowser } from '../e2e/browser/contract.ts';
import { launch } from '../e2e/browser/launch.ts';
import { until } from '../e2e/browser/until.ts';
import { act } from '../e2e/report-page.ts';
import { liveSession } from '../e2e/sample-logins.ts';
import { seed } from '../e2e/seed.ts';
import { startEmulator } from '../emulator/index.ts';
import { busyDay, DAY_BEGINS } from './busy-day.ts';
import { addObservations, MANY, manyRows } from './many-logins.ts';
import { formatSpread, spread, verdictOn } from './spread.ts';

const ROUNDS = 5;
const OBSERVATIONS_EACH = 5;
/** Within this the page shows its rows and answers, in ms. */
const USABLE_BUDGET = 1000;
/** Longer than this nothing may hold the page up, in ms. */
const BLOCK_BUDGET = 50;
/** Within this a file is read, on a machine however busy, in ms. */
const FOLD_MS = 180_000;
/** After this nothing of a step still runs, in ms. */
const REST_MS = 3000;

/** One opening of the report page, and what was done there. All in ms. */
interface Opening {
  /** From the start of the navigation: the first rows are in the page. */
  rows: number;
  /** The longest time that the page was held up: while it read, wrote, and folded what a file holds. */
  reading: number;
  writing: number;
  folding: number;
}

/** Notes in the page how long it is held up, from before its first line runs. */
async function watchBlocks(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(() => {
    const noted: number[] = [];
    Object.assign(globalThis, { noted });
    new PerformanceObserver((list) => {
      noted.push(...list.getEntries().map((entry) => entry.duration));
    }).observe({ type: 'longtask', buffered: true });
    const look = new MutationObserver(() => {
      if (!document.querySelector('[data-row]')) return;
      look.disconnect();
      // The frame after it is painted.
      requestAnimationFrame(() => setTimeout(() => performance.mark('rows')));
    });
    look.observe(document, { subtree: true, childList: true });
  });
}

/** The longest time that the page was held up since this was last asked, once it rests. */
async function longestBlock(page: Page): Promise<number> {
  await new Promise((done) => setTimeout(done, REST_MS));
  return page.evaluate(() => {
    const { noted } = globalThis as unknown as { noted: number[] };
    return Math.max(0, ...noted.splice(0));
  });
}

/** Writes the report in one format, and waits until the page hands it out; the file itself stays in the page. */
function exportReport(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise<void>((done) => {
        const make = URL.createObjectURL.bind(URL);
        URL.createObjectURL = (blob) => {
          URL.createObjectURL = make;
          done();
          return make(blob);
        };
        document.querySelector<HTMLElement>('[data-action="export"]')?.click();
      }),
  );
}

async function open(browser: TestBrowser, file: string): Promise<Opening> {
  const page = await browser.openExtensionPage('manifest.json');
  try {
    await watchBlocks(page);
    await page.goto(`${browser.extensionUrl}report.html`);
    await until('the rows', async () => (await page.$('[data-row]')) !== null);
    const reading = await longestBlock(page);
    const rows = await page.evaluate(
      () => performance.getEntriesByName('rows')[0]?.startTime ?? NaN,
    );
    await exportReport(page);
    const writing = await longestBlock(page);
    await page.evaluate(() => (location.hash = 'import'));
    const field = await page.waitForSelector('input[data-field="files"]');
    await (field as unknown as { uploadFile(path: string): Promise<void> }).uploadFile(file);
    await page.waitForSelector(`[data-action="show-files"]`, { timeout: FOLD_MS });
    await act(page, 'show-files');
    await until('the rows', async () => (await page.$('[data-row]')) !== null);
    return { rows, reading, writing, folding: await longestBlock(page) };
  } finally {
    await page.close();
  }
}

/** The report of a busy day with as many observations as the page is opened with. */
function writtenDay(): string {
  const { loginState, observations } = replayObservations([...busyDay(2000, 19)], Infinity, null);
  const at = DAY_BEGINS + 30 * HOUR_MS;
  const day = { id: 'day', name: 'Day', tester: '', build: '', notes: '' };
  const report = buildReport({
    loginState,
    observations,
    session: { ...day, startedAt: DAY_BEGINS, endedAt: at },
    generator: { name: 'bench', version: '0', browser: 'chrome' },
    generatedAt: at,
    evaluatedAt: at,
    dropped: 0,
  });
  return JSON.stringify(report);
}

/** Opens the report page with 50,000 observations in Chromium, writes the report and reads it again. */
export async function benchReport(extensionDir: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'report-time-'));
  const emulator = await startEmulator();
  const browser = await launch('chromium', { extensionDir, emulator });
  try {
    const now = Date.now();
    const rows = manyRows(now);
    await seed(browser, { ...rows, observations: [], sessions: [liveSession(now)], count: MANY });
    const call = rows.observations.find((o) => o.type === 'api');
    if (!call) throw new Error('no call');
    await addObservations(browser, call, MANY, OBSERVATIONS_EACH);
    const file = join(folder, 'report.json');
    writeFileSync(file, writtenDay());
    const openings: Opening[] = [];
    for (let round = 0; round < ROUNDS; round += 1) openings.push(await open(browser, file));
    console.log(`\nReport page, ${MANY * OBSERVATIONS_EACH} observations of ${MANY} logins`);
    for (const [what, of, budget] of [
      ['first rows', 'rows', USABLE_BUDGET],
      ['held up while reading', 'reading', BLOCK_BUDGET],
      ['held up while writing', 'writing', BLOCK_BUDGET],
      ['held up while folding', 'folding', BLOCK_BUDGET],
    ] as const) {
      const numbers = openings.map((o) => o[of]);
      const verdict = verdictOn(spread(numbers).median, budget);
      console.log(`  ${what.padEnd(22)} ${formatSpread(numbers)}  ${verdict}`);
    }
  } finally {
    await browser.close();
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
