/** Everything that must hold before a change lands. `npm test`. */
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { ensureBrowser } from './browsers.ts';

interface Step {
  name: string;
  command: string;
  /** Where its test results are written; absent where it runs none. */
  results?: string;
}

/** Steps of one stage run side by side. */
const stages: Step[][] = [
  [{ name: 'format', command: 'prettier --check --log-level warn .' }],
  [{ name: 'lint', command: 'oxlint' }],
  [{ name: 'prepare', command: 'wxt prepare' }],
  [{ name: 'types', command: 'tsc --noEmit -p .' }],
  [{ name: 'dead code', command: 'knip' }],
  [{ name: 'build for Chrome', command: 'wxt build' }],
  [{ name: 'build for Firefox', command: 'wxt build -b firefox' }],
  [vitest('unit tests', 'unit'), vitest('built bundle', 'bundle')],
  [vitest('end to end', 'e2e'), vitest('end to end, in real minutes', 'rehearsal')],
];

function vitest(name: string, project: string): Step {
  const results = `out/${name.replaceAll(/\W+/g, '-')}.json`;
  const reporters = `--reporter=default --reporter=json --outputFile.json=${results}`;
  return { name, command: `vitest run --project ${project} ${reporters}`, results };
}

/** Runs a step; beside others, each of its lines begins with its name. */
function run(step: Step, alone: boolean): Promise<number> {
  return new Promise((done) => {
    const path = `${join(import.meta.dirname, '../node_modules/.bin')}${delimiter}${process.env['PATH']}`;
    const env = { ...process.env, PATH: path };
    const stdio = alone ? 'inherit' : (['ignore', 'pipe', 'pipe'] as const);
    const child = spawn(step.command, { shell: true, stdio: stdio as 'inherit', env });
    for (const stream of [child.stdout, child.stderr] as (Readable | null)[])
      if (stream)
        createInterface({ input: stream }).on('line', (line) =>
          console.log(`${step.name} | ${line}`),
        );
    child.on('close', (code) => done(code ?? 1));
  });
}

/** Passed, failed and skipped tests of a run that has just ended. */
function resultsIn(path: string): [number, number, number] {
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(
    readFileSync(path, 'utf8'),
  ) as Record<string, number>;
  return [numPassedTests ?? 0, numFailedTests ?? 0, numPendingTests ?? 0];
}

const only = process.argv.slice(2);
const isChosen = (s: Step) => !only.length || only.some((o) => s.name.includes(o));
const chosen = stages.map((stage) => stage.filter(isChosen)).filter((stage) => stage.length);
const counts: [number, number, number] = [0, 0, 0];
const times: string[] = [];
let failed = '';

for (const name of ['chromium', 'firefox'] as const)
  if (chosen.flat().some((s) => s.name.startsWith('end to end'))) ensureBrowser(name);

async function take(step: Step, alone: boolean): Promise<void> {
  const from = Date.now();
  if (step.results) rmSync(step.results, { force: true });
  const code = await run(step, alone);
  times.push(`${step.name} ${((Date.now() - from) / 1000).toFixed(1)} s`);
  if (code !== 0) failed ||= step.name;
  if (!step.results) return;
  try {
    resultsIn(step.results).forEach((n, i) => (counts[i] = (counts[i] ?? 0) + n));
  } catch {
    failed ||= step.name;
  }
}

for (const [index, stage] of chosen.entries()) {
  console.log(`\n[${index + 1}/${chosen.length}] ${stage.map((s) => s.name).join(', ')}`);
  await Promise.all(stage.map((step) => take(step, stage.length === 1)));
  if (failed) break;
}

console.log(`\n${times.join(' · ')}`);
if (failed) console.log(`Stopped at: ${failed}`);
const [passed, bad, skipped] = counts;
console.log(
  `${passed} passed, ${failed && bad === 0 ? 1 : bad} failed${skipped ? `, ${skipped} skipped` : ''}`,
);
process.exitCode = failed ? 1 : 0;
