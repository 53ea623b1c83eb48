/**
 * What one more observation costs, how fast the command line reads many logins, and the popup and the worker are with many logins stored.
 * The popup with many logins stored beside a blank one. What recording a call costs, beside no extension, one that does
 * nothing and, where BENCH_OTHER names its folder, another one, with its page BENCH_OTHER_WINDOW open.
 * What the worker keeps of a busy day.
 * `npm run bench [-- judgement|check|calls|report|popup|soak|chromium|firefox]`
 */
import { benchCalls } from '../test/bench/call-cost.ts';
import type { Extension } from '../test/bench/candidates.ts';
import { benchCheck } from '../test/bench/check-time.ts';
import { benchJudgement } from '../test/bench/judgement-cost.ts';
import { fill, MANY } from '../test/bench/many-logins.ts';
import { benchPopup } from '../test/bench/popup-beside-blank.ts';
import { timePopup, type Opening } from '../test/bench/popup-time.ts';
import { benchReport } from '../test/bench/report-time.ts';
import { benchSoak } from '../test/bench/soak.ts';
import { formatSpread, spread, verdictOn } from '../test/bench/spread.ts';
import { benchStart } from '../test/bench/start-cost.ts';
import { timeWorker, type Answers } from '../test/bench/worker-time.ts';
import type { TestBrowser } from '../test/e2e/browser/contract.ts';
import { launch } from '../test/e2e/browser/launch.ts';
import { command, endWorker } from '../test/e2e/extension-api.ts';
import { SITES } from '../test/e2e/sites.ts';
import { startEmulator } from '../test/emulator/index.ts';
import type { BrowserName } from './browsers.ts';
import { buildExtension } from './build-extension.ts';

const ROUNDS = 4;
const OPENINGS = 4;
/** How many times as long a worker's start may take with many logins stored. */
const START_BUDGET = 1.3;
/** After this the browser has closed a database that nobody uses, in ms. */
const CLOSED_MS = 4000;
const asked = process.argv.slice(2);
const OTHERS = ['judgement', 'check', 'calls', 'report', 'popup', 'soak'];
const NAMES = [...OTHERS, 'chromium', 'firefox'];
if (asked.some((name) => !NAMES.includes(name))) {
  console.error(`usage: npm run bench [-- ${NAMES.join('|')}]`);
  process.exit(2);
}
type Worker = 'running' | 'ended';
const WORKERS: Worker[] = ['running', 'ended'];
const chosen = asked.length ? asked : NAMES;
const names = chosen.filter((name): name is BrowserName => !OTHERS.includes(name));

/** Brings the worker into a state: running, with the database open, or ended, with the database closed. */
async function bringInto(browser: TestBrowser, worker: Worker): Promise<void> {
  if (worker === 'running') await command(browser, { type: 'label', login: 'none', label: '' });
  else await endWorker(browser);
  await new Promise((done) => setTimeout(done, CLOSED_MS));
}

/** The extension to measure beside ours, where one is named. */
function otherExtension(): Extension | null {
  const { BENCH_OTHER: dir, BENCH_OTHER_WINDOW: window } = process.env;
  return dir ? { dir, ...(window ? { window } : {}) } : null;
}

/** Says how many times as long a worker takes to start with many logins stored as with none. */
function sayStarts(none: readonly Answers[], many: readonly Answers[]): void {
  for (const [what, of] of [
    ['started, stored', (a: Answers) => a.started],
    ['started, judged', (a: Answers) => a.cold],
  ] as const) {
    const times = spread(many.map(of)).median / spread(none.map(of)).median;
    const verdict = verdictOn(times, START_BUDGET);
    console.log(`  worker: ${what}, many beside none: ${times.toFixed(2)} times  ${verdict}`);
  }
}

/** Says how long popup and worker took beside so many logins. */
function sayTimes(
  count: number,
  openings: Record<Worker, Opening[]> | undefined,
  answers: readonly Answers[],
): void {
  console.log(`  ${count} logins stored`);
  for (const worker of WORKERS) {
    const opened = openings?.[worker] ?? [];
    const painted = opened.flatMap((o) => o.painted ?? []);
    console.log(`    popup, worker ${worker}`);
    console.log(`      room made, before       ${formatSpread(opened.map((o) => o.asked))}`);
    console.log(`      page read               ${formatSpread(opened.map((o) => o.parsed))}`);
    console.log(`      data in the page        ${formatSpread(opened.map((o) => o.data))}`);
    if (painted.length) console.log(`      first paint             ${formatSpread(painted)}`);
  }
  console.log(`    worker: started, stored   ${formatSpread(answers.map((a) => a.started))}`);
  console.log(`    worker: started, judged   ${formatSpread(answers.map((a) => a.cold))}`);
  console.log(`    worker: running, stored   ${formatSpread(answers.map((a) => a.warm))}`);
  if (count)
    console.log(`    worker: all judged anew   ${formatSpread(answers.map((a) => a.rejudged))}`);
}

/** Measures both databases in turn, the order reversed each round, so that neither gets the quieter half. */
async function measure(name: BrowserName): Promise<void> {
  const extensionDir = buildExtension(name);
  const emulator = await startEmulator();
  const browser = await launch(name, {
    extensionDir,
    emulator,
    grants: [SITES.page],
    unattached: '/popup.html',
  });
  const openings: Record<number, Record<Worker, Opening[]>> = {
    0: { running: [], ended: [] },
    [MANY]: { running: [], ended: [] },
  };
  const answers: Record<number, Answers[]> = { 0: [], [MANY]: [] };
  try {
    const site = await browser.newPage(SITES.page);
    for (let round = 0; round < ROUNDS; round += 1)
      for (const count of round % 2 ? [MANY, 0] : [0, MANY]) {
        await fill(browser, count, Date.now());
        // The first opening after the database was filled reads from cold files: it is not counted.
        await timePopup(browser, site);
        for (let i = 0; i < OPENINGS; i += 1)
          for (const worker of WORKERS) {
            await bringInto(browser, worker);
            openings[count]?.[worker].push(await timePopup(browser, site));
          }
        answers[count]?.push(await timeWorker(browser, 'l7'));
      }
    console.log(`\n${name} ${browser.version}`);
    for (const count of [0, MANY]) sayTimes(count, openings[count], answers[count] ?? []);
    sayStarts(answers[0] ?? [], answers[MANY] ?? []);
  } finally {
    await browser.close();
    await emulator.close();
  }
}
console.log('Median (middle half). Lower is better; a busy machine makes all of it slower.');
if (chosen.includes('judgement')) {
  benchJudgement();
  benchStart();
}
if (chosen.includes('check')) benchCheck();
if (chosen.includes('calls')) await benchCalls(buildExtension('chromium'), otherExtension());
if (chosen.includes('popup')) await benchPopup(buildExtension('chromium'));
if (chosen.includes('report')) await benchReport(buildExtension('chromium'));
if (chosen.includes('soak')) await benchSoak(buildExtension('chromium'));
for (const name of names) await measure(name);
