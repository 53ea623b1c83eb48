/**
 * How long `linkwatch check` takes by the number of logins in a HAR, beside `JSON.parse` and `jq` reading the same file: of a
 * HAR as a recorder writes it, and of one with little more than what is read.
 * `node test/bench/check-time.ts [LOGINS…]`
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeLeanHar, writeRecordedHar, type WriteHar } from './har-of-logins.ts';
import { spread, verdictOn } from './spread.ts';

const ROOT = join(import.meta.dirname, '../..');
const CLI = 'out/cli/linkwatch.mjs';
const SIZES = [1000, 3000, 10_000];
const ROUNDS = 5;
/** How many times as long as `JSON.parse`. */
const BUDGET = 5;
/** How many times as long a login may take as with the fewest logins. */
const LINEAR_BUDGET = 1.5;
/** What `JSON.parse` can be given at most, in characters. */
const LONGEST_TEXT = 2 ** 29 - 24;

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

/** CPU seconds that `jq` takes to read a file and count its entries; null where it is not installed. */
function jqSeconds(path: string): number | null {
  const line = `TIMEFORMAT='cpu %U %S'; time jq '.log.entries | length' "$1" > /dev/null`;
  const { status, stderr } = spawnSync('bash', ['-c', line, 'bash', path], { encoding: 'utf8' });
  const [, inUser, inKernel] = /cpu ([\d.]+) ([\d.]+)/.exec(stderr) ?? [];
  return status === 0 ? Number(inUser) + Number(inKernel) : null;
}

const say = (seconds: readonly number[]) => {
  const { median, low, high } = spread(seconds);
  return `${median.toFixed(2)} s (${low.toFixed(2)}–${high.toFixed(2)})`;
};

/** Prints two tables: a line for each number of logins. */
export function benchCheck(sizes: readonly number[] = SIZES): void {
  spawnSync(process.execPath, ['scripts/build-cli.ts'], { cwd: ROOT, stdio: 'inherit' });
  benchFiles('of a HAR as a recorder writes it', sizes, writeRecordedHar);
  benchFiles('of a HAR with little more than what is read', sizes, writeLeanHar);
}

function benchFiles(name: string, sizes: readonly number[], writeHar: WriteHar): void {
  const folder = mkdtempSync(join(tmpdir(), 'linkwatch-bench-'));
  console.log(`\nlinkwatch check ${name}, CPU time: median (middle half, n ${ROUNDS})`);
  console.log(
    '  logins      MB  JSON.parse            jq                    check                 times  budget       a login  linear',
  );
  let fewest: number | null = null;
  try {
    for (const size of sizes) {
      const path = join(folder, `${size}.har`);
      writeHar(path, size);
      const bytes = statSync(path).size;
      const read = `JSON.parse(require('node:fs').readFileSync(${JSON.stringify(path)}, 'utf8'))`;
      const parse: number[] = [];
      const jq: number[] = [];
      const check: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        if (bytes < LONGEST_TEXT) parse.push(cpuSeconds(['-e', read], 0));
        jq.push(...[jqSeconds(path)].filter((seconds) => seconds !== null));
        check.push(
          cpuSeconds([CLI, 'check', path, '--at', '+25h', '--out', join(folder, 'out.txt')], 1),
        );
      }
      rmSync(path);
      const times = parse.length ? spread(check).median / spread(parse).median : null;
      const each = spread(check).median / size;
      fewest ??= each;
      const cells = [
        String(size).padStart(6),
        (bytes / 1e6).toFixed(1).padStart(6),
        (parse.length ? say(parse) : 'too long for it').padEnd(20),
        (jq.length ? say(jq) : 'not installed').padEnd(20),
        say(check).padEnd(20),
        (times?.toFixed(1) ?? '-').padStart(5),
        (times === null ? '-' : verdictOn(times, BUDGET)).padEnd(11),
        `${(each * 1e6).toFixed(0)} µs`.padStart(7),
        verdictOn(each / fewest, LINEAR_BUDGET),
      ];
      console.log(`  ${cells.join('  ')}`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (import.meta.main) {
  const sizes = process.argv.slice(2).map(Number);
  benchCheck(sizes.length ? sizes : SIZES);
}
