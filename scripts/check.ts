/**
 * Everything that must hold before a change lands. `npm test`; with words behind it only the steps whose names contain
 * one of them: `npm test -- types unit`.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { ensureBrowser } from './browsers.ts';
import { ensureRecipePackages } from './recipe-packages.ts';

interface Step {
  name: string;
  command: string;
  /** Names of the steps that must have passed before. */
  needs?: string[];
  /** It uses all cores by itself. */
  alone?: boolean;
  /** Where its test results are written; absent where it runs no tests. */
  results?: string;
}

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const root = join(import.meta.dirname, '..');
const out = join(root, 'out');

function tests(name: string, projects: string[]): Pick<Step, 'name' | 'command' | 'results'> {
  const results = join(out, `${name.replaceAll(/\W+/g, '-')}.json`);
  const chosen = projects.map((project) => `--project ${project}`).join(' ');
  // As seen from the project's folder, whose own path may have spaces in it.
  const reporters = `--reporter=./scripts/test-progress.ts --reporter=json --outputFile.json=${relative(root, results)}`;
  return { name, command: `vitest run ${chosen} ${reporters}`, results };
}

const BUILDS = ['build for Chrome', 'build for Firefox'];
const steps: Step[] = [
  { name: 'prepare', command: 'wxt prepare' },
  { name: 'format', command: 'oxfmt --check .' },
  { name: 'lint', command: 'oxlint' },
  { name: 'build for Chrome', command: 'wxt build', needs: ['prepare'] },
  { name: 'types', command: 'tsc --noEmit -p .', needs: ['prepare'] },
  { name: 'dead code', command: 'knip', needs: ['prepare'] },
  // Both builds write the same generated types.
  { name: 'build for Firefox', command: 'wxt build -b firefox', needs: ['build for Chrome'] },
  // It uses one core only, so that it must not be the last one.
  { ...tests('worlds', ['worlds']), needs: ['prepare'] },
  { ...tests('unit tests', ['unit', 'unit-isolated']), needs: BUILDS },
  { ...tests('built bundle', ['bundle']), needs: BUILDS },
  { ...tests('programs', ['programs']), needs: BUILDS },
  { ...tests('end to end', ['e2e-chromium', 'e2e-firefox']), alone: true },
];

const words = process.argv.slice(2);
const chosen = steps.filter((s) => !words.length || words.some((word) => s.name.includes(word)));
if (!chosen.length) {
  console.error(`no step is called so; there are ${steps.map((s) => s.name).join(', ')}`);
  process.exit(2);
}
const totals: Counts = { passed: 0, failed: 0, skipped: 0 };
/** What to read of each step that failed, by its name. */
const failures = new Map<string, string>();

/** Passed, failed and skipped tests of a run that has ended; null where there are no results. */
function countsIn(path: string): Counts | null {
  if (!existsSync(path)) return null;
  const results = JSON.parse(readFileSync(path, 'utf8')) as Record<string, number>;
  return {
    passed: results['numPassedTests'] ?? 0,
    failed: results['numFailedTests'] ?? 0,
    skipped: results['numPendingTests'] ?? 0,
  };
}

/** Runs a command; returns its exit code and what it said. Lines of tests that end are shown at once. */
function execute(
  step: Step,
  environment: Record<string, string>,
): Promise<{ code: number; said: string }> {
  return new Promise((done) => {
    const path = `${join(root, 'node_modules/.bin')}${delimiter}${process.env['PATH']}`;
    const child = spawn(step.command, {
      shell: true,
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PATH: path, ...environment },
    });
    const lines: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        if (step.results && /^[✓✗] /.test(line)) console.log(`    ${line}`);
      });
    child.on('close', (code, signal) => {
      // Whoever ends it from outside leaves no word of it.
      if (signal) lines.push(`Ended by ${signal}.`);
      else if (code) lines.push(`Ended with exit code ${code}.`);
      done({ code: code ?? 1, said: lines.join('\n') });
    });
  });
}

async function run(step: Step): Promise<void> {
  const from = performance.now();
  const failuresFile = join(out, `${step.name.replaceAll(/\W+/g, '-')}-failures.txt`);
  for (const file of [failuresFile, step.results ?? failuresFile]) rmSync(file, { force: true });
  const { code, said } = await execute(step, {
    LINKWATCH_FAILURES: failuresFile,
    // Some programs are started many times, by several steps.
    NODE_COMPILE_CACHE: join(out, 'compile-cache'),
  });
  const counts = step.results ? countsIn(step.results) : null;
  const failed = code !== 0 || (step.results !== undefined && counts === null);
  if (failed)
    failures.set(step.name, existsSync(failuresFile) ? readFileSync(failuresFile, 'utf8') : said);
  for (const name of ['passed', 'failed', 'skipped'] as const) totals[name] += counts?.[name] ?? 0;
  const seconds = `${((performance.now() - from) / 1000).toFixed(1)} s`;
  const tested = counts
    ? `  ${counts.passed} passed${counts.failed ? `, ${counts.failed} failed` : ''}`
    : '';
  console.log(`${failed ? '✗' : '✓'} ${step.name.padEnd(18)} ${seconds.padStart(8)}${tested}`);
}

/** Runs the chosen steps, as many at once as there are cores, each when what it needs has passed, until one fails. */
async function runAll(): Promise<void> {
  const cores = Math.max(2, availableParallelism());
  const waiting = [...chosen];
  const running = new Map<Step, Promise<void>>();
  const isDone = (name: string) =>
    !waiting.some((s) => s.name === name) && ![...running.keys()].some((s) => s.name === name);
  while (waiting.length || running.size) {
    const ready = waiting.find((step) =>
      step.alone ? waiting[0] === step && !running.size : (step.needs ?? []).every(isDone),
    );
    const hasRoom = running.size < cores && failures.size === 0;
    if (ready && hasRoom) {
      waiting.splice(waiting.indexOf(ready), 1);
      running.set(
        ready,
        run(ready).then(() => void running.delete(ready)),
      );
    } else if (running.size) await Promise.race(running.values());
    else return;
  }
}

mkdirSync(out, { recursive: true });
if (chosen.some((step) => step.name === 'end to end'))
  for (const name of ['chromium', 'firefox'] as const) ensureBrowser(name);
if (chosen.some((step) => step.name === 'programs')) ensureRecipePackages(console.log);
const begun = performance.now();
await runAll();

for (const [name, text] of failures)
  console.log(`\nFailed: ${name}. Alone: npm test -- ${JSON.stringify(name)}\n\n${text}`);
const { passed, failed, skipped } = totals;
const minutes = ((performance.now() - begun) / 60_000).toFixed(1);
console.log(`\n${minutes} minutes`);
const bad = failures.size && failed === 0 ? 1 : failed;
console.log(`${passed} passed, ${bad} failed${skipped ? `, ${skipped} skipped` : ''}`);
process.exitCode = failures.size ? 1 : 0;
