import { rmSync } from 'node:fs';
import { startEmulator } from '../emulator/index.ts';
import { startCandidate, writeNoOp, type Candidate, type Extension } from './candidates.ts';
import { cpuOfTree } from './process-cpu.ts';
import { formatSpread, spread, verdictOn } from './spread.ts';

const ROUNDS = 5;
const REQUESTS = 150;
/** So many requests before each run wake the worker, whose start is not of any one request. */
const WAKING = 5;
/** After this everything that the requests gave rise to is done, in ms. */
const REST_MS = 2500;

/** Calls of Kakao's API, which are recorded, and requests of the site, which say nothing of a login. */
const KINDS = ['call', 'unrelated'] as const;
type Kind = (typeof KINDS)[number];
const URLS: Record<Kind, string> = {
  call: 'https://kapi.kakao.com/v1/user/access_token_info',
  unrelated: '/shop-ui.js',
};
/** How many times as much as listeners that do nothing a request may cost above a browser without extensions. */
const BUDGETS: Record<Kind, number> = { call: 1.5, unrelated: 1.1 };

/** CPU time of the whole browser a request, in ms, run by run. */
type Costs = Record<Kind, number[]>;

async function request({ page }: Candidate, kind: Kind, times: number): Promise<void> {
  await page.evaluate(
    async (address, count) => {
      for (let i = 0; i < count; i += 1)
        await fetch(`${address}?${i}`).then(
          (answer) => answer.text(),
          () => {},
        );
    },
    URLS[kind],
    times,
  );
  await new Promise((done) => setTimeout(done, REST_MS));
}

/** CPU time of the whole browser for a request, in ms. */
async function measure(candidate: Candidate, kind: Kind): Promise<number> {
  await candidate.page.bringToFront();
  await request(candidate, kind, WAKING);
  const before = cpuOfTree(candidate.profileDir);
  await request(candidate, kind, REQUESTS);
  return (cpuOfTree(candidate.profileDir) - before) / REQUESTS;
}

/**
 * Measures what a recorded call and an unrelated request cost in Chromium: without extensions, with one that does nothing,
 * with ours and, where `other` is given, with any other one: an earlier build, another tracer. In turn, the order reversed
 * each round.
 */
export async function benchCalls(ours: string, other: Extension | null): Promise<void> {
  const emulator = await startEmulator();
  const noOp = writeNoOp();
  const candidates: Candidate[] = [];
  const costs = new Map<string, Costs>();
  try {
    const extensions = {
      none: null,
      'no-op': { dir: noOp },
      ours: { dir: ours },
      ...(other ? { other } : {}),
    };
    for (const [name, extension] of Object.entries(extensions)) {
      candidates.push(await startCandidate(name, extension, emulator));
      costs.set(name, { call: [], unrelated: [] });
    }
    for (const candidate of candidates) await measure(candidate, 'call');
    for (let round = 0; round < ROUNDS; round += 1)
      for (const candidate of round % 2 ? candidates.toReversed() : candidates)
        for (const kind of KINDS)
          costs.get(candidate.name)?.[kind].push(await measure(candidate, kind));
  } finally {
    for (const candidate of candidates) await candidate.close();
    rmSync(noOp, { recursive: true, force: true });
    await emulator.close();
  }
  console.log(`\nCPU time of the whole browser for a request, ${REQUESTS} requests a run`);
  for (const kind of KINDS) sayCosts(kind, costs);
}

/** Says what a request costs with each candidate, how much of that above none, and whether ours keeps the budget. */
function sayCosts(kind: Kind, costs: ReadonlyMap<string, Costs>): void {
  const runs = (name: string) => costs.get(name)?.[kind] ?? [];
  const above = (name: string) => runs(name).map((cost, i) => cost - (runs('none')[i] ?? 0));
  const medianAbove = (name: string) => spread(above(name)).median;
  for (const name of costs.keys()) {
    const more = name === 'none' ? '' : `  above none ${formatSpread(above(name))}`;
    console.log(`  ${kind.padEnd(10)} ${name.padEnd(6)} ${formatSpread(runs(name))}${more}`);
  }
  const times = medianAbove('ours') / medianAbove('no-op');
  const verdict = verdictOn(times, BUDGETS[kind]);
  console.log(
    `  ${kind.padEnd(10)} ours beside no-op, above none: ${times.toFixed(2)} times  ${verdict}`,
  );
  if (!costs.has('other')) return;
  const beside = medianAbove('ours') / medianAbove('other');
  console.log(`  ${kind.padEnd(10)} ours beside other, above none: ${beside.toFixed(2)} times`);
}
