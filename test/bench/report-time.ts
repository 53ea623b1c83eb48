import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { HOUR_MS } from '../../utils/model/time.ts';
import { buildReport } from '../../utils/report/build-report.ts';
import { replayObservations } from '../../utils/report/replay/replay-observations.ts';
import type { TestBrowser } from '../e2e/browser/contract.ts';
import { launch } from '../e2e/browser/launch.ts';
import { liveSession } from '../e2e/sample-logins.ts';
import { seed } from '../e2e/seed.ts';
import { startEmulator } from '../emulator/index.ts';
import { busyDay, DAY_BEGINS } from './busy-day.ts';
import { addObservations, MANY, manyRows } from './many-logins.ts';
import { formatSpread, spread, verdictOn } from './spread.ts';

const ROUNDS = 3;
const OBSERVATIONS_EACH = 5;
/** Within this the page shows its first rows, in ms. */
const USABLE_BUDGET = 1000;
/** Longer than this nothing may hold the page up, in ms. */
const BLOCK_BUDGET = 50;
/** Within this every step is done, on a machine however busy, in ms. */
const STEP_MS = 180_000;
/** After this nothing of a step still runs, in ms. */
const REST_MS = 1500;
const FORMATS = ['json', 'md', 'csv'] as const;
/** When a step is done: the list of the test cases comes last, after the rows and the findings. */
const ALL_SHOWN = '[data-testid="test-plan"]';

/** The times (in ms) that the page was held up for more than 50 ms in one step. */
type Blocks = readonly number[];

/** What one opening of the page showed: when its first rows were painted (epoch of the step, in ms), and the blocks of each step. */
interface Opening {
  rows: number;
  fileRows: number;
  blocks: Record<string, Blocks>;
}

/** Notes in the page how long it is held up, and when the first rows are painted, from before its first line runs. */
async function watch(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(() => {
    const noted: number[] = [];
    new PerformanceObserver((list) => {
      noted.push(...list.getEntries().map((entry) => entry.duration));
    }).observe({ type: 'longtask', buffered: true });
    /** Resolves to the instant at which the first rows are painted that are not there yet. */
    const nextRows = () =>
      new Promise<number>((done) => {
        const before = document.querySelector('[data-row]');
        const look = new MutationObserver(() => {
          const row = document.querySelector('[data-row]');
          if (!row || row === before) return;
          look.disconnect();
          // The frame after it is painted.
          requestAnimationFrame(() => setTimeout(() => done(performance.now())));
        });
        look.observe(document, { subtree: true, childList: true });
      });
    Object.assign(globalThis, { noted, nextRows, firstRows: nextRows() });
  });
}

interface Watched {
  noted: number[];
  nextRows(): Promise<number>;
  firstRows: Promise<number>;
}

/** The blocks since this was last asked, once the page rests. */
async function blocksOf(page: Page): Promise<Blocks> {
  await new Promise((done) => setTimeout(done, REST_MS));
  return page.evaluate(() => (globalThis as unknown as Watched).noted.splice(0));
}

/** Writes the report in one format, and waits until the page hands it out; the file itself stays in the page. */
function exportReport(page: Page, format: string): Promise<void> {
  return page.evaluate(
    (wanted) =>
      new Promise<void>((done, fail) => {
        const make = URL.createObjectURL.bind(URL);
        URL.createObjectURL = (blob) => {
          URL.createObjectURL = make;
          done();
          return make(blob);
        };
        const control = document.querySelector<HTMLElement>(`[data-export="${wanted}"]`);
        if (control) control.click();
        else fail(new Error(`no export ${wanted}`));
      }),
    format,
  );
}

async function exportAll(page: Page, what: string, blocks: Opening['blocks']): Promise<void> {
  for (const format of FORMATS) {
    await exportReport(page, format);
    blocks[`${what}, ${format} written`] = await blocksOf(page);
  }
}

async function open(browser: TestBrowser, file: string): Promise<Opening> {
  const page = await browser.openExtensionPage('manifest.json');
  page.setDefaultTimeout(STEP_MS);
  const blocks: Opening['blocks'] = {};
  try {
    await watch(page);
    await page.goto(`${browser.extensionUrl}manifest.json`);
    blocks['blank page'] = await blocksOf(page);
    await page.goto(`${browser.extensionUrl}report.html`);
    const rows = await page.evaluate(() => (globalThis as unknown as Watched).firstRows);
    await page.waitForSelector(ALL_SHOWN);
    blocks['session, read'] = await blocksOf(page);
    await exportAll(page, 'session', blocks);
    await page.evaluate(() => (location.hash = 'import'));
    const field = await page.waitForSelector('input[data-field="files"]');
    await (field as unknown as { uploadFile(path: string): Promise<void> }).uploadFile(file);
    await page.waitForSelector('[data-action="show-files"]');
    blocks['file, folded'] = await blocksOf(page);
    const fileRows = await page.evaluate(async () => {
      const { nextRows } = globalThis as unknown as Watched;
      const begun = performance.now();
      const shown = nextRows();
      document.querySelector<HTMLElement>('[data-action="show-files"]')?.click();
      return (await shown) - begun;
    });
    await page.waitForSelector(ALL_SHOWN);
    blocks['file, shown'] = await blocksOf(page);
    await exportAll(page, 'file', blocks);
    return { rows, fileRows, blocks };
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

function say(what: string, numbers: readonly number[], budget: number): void {
  const verdict = verdictOn(spread(numbers).median, budget);
  console.log(`  ${what.padEnd(36)} ${formatSpread(numbers)}  ${verdict}`);
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
    for (let round = 1; round <= ROUNDS; round += 1) {
      console.error(`  round ${round} of ${ROUNDS}`);
      openings.push(await open(browser, file));
    }
    console.log(`\nReport page, ${MANY * OBSERVATIONS_EACH} observations of ${MANY} logins`);
    say(
      'session, first rows',
      openings.map((o) => o.rows),
      USABLE_BUDGET,
    );
    say(
      'file, first rows',
      openings.map((o) => o.fileRows),
      USABLE_BUDGET,
    );
    for (const step of Object.keys(openings[0]?.blocks ?? {})) {
      const blocks = openings.map((o) => o.blocks[step] ?? []);
      const many = spread(blocks.map((b) => b.length)).median;
      say(
        `${step}: longest of ${many}`,
        blocks.map((b) => Math.max(0, ...b)),
        BLOCK_BUDGET,
      );
    }
  } finally {
    await browser.close();
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
