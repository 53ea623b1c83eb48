/** Everything that must hold before a change lands. `npm test`. */
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ensureBrowser } from './browsers.ts';

const RESULTS = 'out/test-results.json';

interface Step {
  name: string;
  command: string;
}

const steps: Step[] = [
  { name: 'format', command: 'prettier --check --log-level warn .' },
  { name: 'lint', command: 'oxlint' },
  { name: 'prepare', command: 'wxt prepare' },
  { name: 'types', command: 'tsc --noEmit -p .' },
  { name: 'dead code', command: 'knip' },
  { name: 'unit tests', command: vitest('unit') },
  { name: 'build for Chrome', command: 'wxt build' },
  { name: 'build for Firefox', command: 'wxt build -b firefox' },
  { name: 'web-ext lint', command: 'web-ext lint -s .output/firefox-mv3 --warnings-as-errors' },
  { name: 'built bundle', command: vitest('bundle') },
  { name: 'end to end', command: vitest('e2e') },
];

function vitest(project: string): string {
  return `vitest run --project ${project} --reporter=default --reporter=json --outputFile.json=${RESULTS}`;
}

function run(command: string): Promise<number> {
  return new Promise((done) => {
    const path = `${join(import.meta.dirname, '../node_modules/.bin')}${delimiter}${process.env['PATH']}`;
    const env = { ...process.env, PATH: path };
    const child = spawn(command, { shell: true, stdio: 'inherit', env });
    child.on('close', (code) => done(code ?? 1));
  });
}

/** Passed, failed and skipped tests of the run that has just ended. */
function results(): [number, number, number] {
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(
    readFileSync(RESULTS, 'utf8'),
  ) as Record<string, number>;
  return [numPassedTests ?? 0, numFailedTests ?? 0, numPendingTests ?? 0];
}

const only = process.argv.slice(2);
const chosen = only.length ? steps.filter((s) => only.some((o) => s.name.includes(o))) : steps;
const counts: [number, number, number] = [0, 0, 0];
const times: string[] = [];
let failed = '';

if (chosen.some((s) => s.name === 'end to end'))
  for (const name of ['chromium', 'firefox'] as const) ensureBrowser(name);

for (const [index, { name, command }] of chosen.entries()) {
  console.log(`\n[${index + 1}/${chosen.length}] ${name}`);
  const from = Date.now();
  if (command.startsWith('vitest')) rmSync(RESULTS, { force: true });
  const code = await run(command);
  times.push(`${name} ${((Date.now() - from) / 1000).toFixed(1)} s`);
  if (command.startsWith('vitest')) {
    try {
      results().forEach((n, i) => (counts[i] = (counts[i] ?? 0) + n));
    } catch {
      failed ||= name;
    }
  }
  if (code !== 0) {
    failed ||= name;
    break;
  }
}

console.log(`\n${times.join(' · ')}`);
if (failed) console.log(`Stopped at: ${failed}`);
const [passed, bad, skipped] = counts;
console.log(
  `${passed} passed, ${failed && bad === 0 ? 1 : bad} failed${skipped ? `, ${skipped} skipped` : ''}`,
);
process.exitCode = failed ? 1 : 0;
