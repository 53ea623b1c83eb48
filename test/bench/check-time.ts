/**
 * How long `linkwatch check` takes by the number of logins in a HAR, beside `JSON.parse` of the same file.
 * `node test/bench/check-time.ts [LOGINS…]`
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { call, exchange, login, user } from '../unit/capture/har/har-entries.ts';
import { spread } from './spread.ts';

const ROOT = join(import.meta.dirname, '../..');
const CLI = 'out/cli/linkwatch.mjs';
const SIZES = [300, 1000, 3000, 10_000];
const ROUNDS = 5;
const BUDGET = 5;

/** Writes a HAR of logins a minute apart, each of an account of its own; every third calls nothing. */
function writeHar(path: string, logins: number): void {
  const start = Date.UTC(2026, 10, 22, 3);
  const entries = Array.from({ length: logins }, (_, i) => {
    const at = start + i * 60_000;
    const id = 4_000_000_000 + i;
    return [
      ...login(at, { more: '&prompt=login' }),
      exchange(at + 5000, { sub: String(id) }),
      ...(i % 3 ? [call(at + 6000, '/v2/user/me', { body: user(id, at + 3900) })] : []),
    ];
  });
  const creator = { name: 'bench', version: '1' };
  writeFileSync(
    path,
    JSON.stringify({ log: { version: '1.2', creator, entries: entries.flat() } }),
  );
}

/** Runs a program and returns the CPU seconds that it took, its start included. Throws where it fails. */
function cpuSeconds(args: readonly string[], code: number): number {
  const report = `process.on('exit',()=>{const u=process.resourceUsage();console.error('cpu',u.userCPUTime+u.systemCPUTime)})`;
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${report}`, ...args],
    { cwd: ROOT, encoding: 'utf8' },
  );
  if (status !== code) throw new Error(`exit ${status}: ${stderr}`);
  return Number(/cpu (\d+)/.exec(stderr)?.[1]) / 1e6;
}

const say = (seconds: readonly number[]) => {
  const { median, low, high } = spread(seconds);
  return `${median.toFixed(2)} s (${low.toFixed(2)}–${high.toFixed(2)})`;
};

/** Prints a table: a line for each number of logins. */
export function benchCheck(sizes: readonly number[] = SIZES): void {
  spawnSync(process.execPath, ['scripts/build-cli.ts'], { cwd: ROOT, stdio: 'inherit' });
  const folder = mkdtempSync(join(tmpdir(), 'linkwatch-bench-'));
  console.log(`\nlinkwatch check, CPU time: median (middle half, n ${ROUNDS})`);
  console.log('  logins      MB  JSON.parse          check               times  budget');
  try {
    for (const size of sizes) {
      const path = join(folder, `${size}.har`);
      writeHar(path, size);
      const read = `JSON.parse(require('node:fs').readFileSync(${JSON.stringify(path)}, 'utf8'))`;
      const parse: number[] = [];
      const check: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        parse.push(cpuSeconds(['-e', read], 0));
        check.push(
          cpuSeconds([CLI, 'check', path, '--at', '+25h', '--out', join(folder, 'out.txt')], 1),
        );
      }
      const times = spread(check).median / spread(parse).median;
      const mb = (statSync(path).size / 1e6).toFixed(1);
      console.log(
        `  ${String(size).padStart(6)}  ${mb.padStart(6)}  ${say(parse)}  ${say(check)}  ${times.toFixed(1).padStart(5)}  ${times <= BUDGET ? 'met' : 'not met'} (${BUDGET})`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (import.meta.main) {
  const sizes = process.argv.slice(2).map(Number);
  benchCheck(sizes.length ? sizes : SIZES);
}
