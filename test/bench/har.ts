/**
 * CPU time and memory of `linkwatch check` on a large HAR, beside `JSON.parse` of the same file.
 * `node test/bench/har.ts [MB]`: makes the files in a temporary folder and prints a line each.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const MB = 1024 * 1024;
const size = Number(process.argv[2] ?? 100) * MB;
const ROUNDS = 3;

interface Har {
  log: { entries: { request: { url: string }; response: object; _resourceType?: string }[] };
}

/** Writes a HAR of a size: one recorded login, then more of the same kind of entry. */
function makeHar(path: string, filler: (har: Har, i: number) => object): void {
  const har = JSON.parse(readFileSync(join(ROOT, 'test/cases/v2-no-call.har'), 'utf8')) as Har;
  const file = openSync(path, 'w');
  let written = 0;
  const put = (text: string) => (written += writeSync(file, text));
  put('{"log":{"version":"1.2","creator":{"name":"bench","version":"1"},"entries":[');
  put(har.log.entries.map((e) => JSON.stringify(e)).join(','));
  let total = written;
  for (let i = 0; total < size; i++) total = put(`,${JSON.stringify(filler(har, i))}`);
  put(']}}');
  closeSync(file);
}

const SCRIPT_LINE = 'function a(b){return "\\u00e9" + b}\n'.repeat(600);

const KINDS: Record<string, (har: Har, i: number) => object> = {
  'mostly bodies': ({ log }, i) => ({
    ...log.entries[0],
    request: { ...log.entries[0]?.request, url: `https://v2.shop.test/asset-${i}.js` },
    response: {
      ...log.entries[0]?.response,
      content: { size: 20_000, mimeType: 'text/javascript', text: SCRIPT_LINE },
    },
    _resourceType: 'script',
  }),
  'mostly headers': ({ log }, i) => ({
    ...log.entries[0],
    request: { ...log.entries[0]?.request, url: `https://v2.shop.test/api/item-${i}` },
    _resourceType: 'xhr',
  }),
};

/** Runs a program three times. Median CPU seconds, least and greatest, and peak resident memory in MB. */
function measure(args: string[]) {
  const runs = Array.from({ length: ROUNDS }, () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [
        '--import',
        `data:text/javascript,process.on('exit',()=>{const u=process.resourceUsage();console.error('peak',u.maxRSS,'cpu',u.userCPUTime+u.systemCPUTime)})`,
        ...args,
      ],
      { encoding: 'utf8', cwd: ROOT },
    );
    const peak = Number(/peak (\d+)/.exec(stderr)?.[1]) / 1024;
    const seconds = Number(/cpu (\d+)/.exec(stderr)?.[1]) / 1e6;
    return { seconds, peak, status };
  }).sort((a, b) => a.seconds - b.seconds);
  const [least, median, greatest] = runs;
  if (!least || !median || !greatest) throw new Error('no run');
  const peak = Math.max(...runs.map((r) => r.peak));
  return { ...median, least: least.seconds, greatest: greatest.seconds, peak };
}

spawnSync(process.execPath, ['scripts/build-cli.ts'], { cwd: ROOT, stdio: 'inherit' });
const folder = mkdtempSync(join(tmpdir(), 'linkwatch-bench-'));
try {
  for (const [name, filler] of Object.entries(KINDS)) {
    const path = join(folder, 'large.har');
    makeHar(path, filler);
    const parse = measure([
      '-e',
      `JSON.parse(require('node:fs').readFileSync(${JSON.stringify(path)}, 'utf8'))`,
    ]);
    const check = measure([
      'out/cli/linkwatch.mjs',
      'check',
      path,
      '--at',
      '+30h',
      '--format',
      'junit',
    ]);
    if (check.status !== 1)
      throw new Error(`the login was not found missed (exit ${check.status})`);
    const say = (r: typeof parse) =>
      `${r.seconds.toFixed(2)} s (${r.least.toFixed(2)}–${r.greatest.toFixed(2)}), ${r.peak.toFixed(0)} MB`;
    console.log(
      `${size / MB} MB, ${name}: JSON.parse ${say(parse)}; check ${say(check)}; ratio ${(check.seconds / parse.seconds).toFixed(2)} in time, ${(check.peak / parse.peak).toFixed(2)} in memory`,
    );
  }
} finally {
  rmSync(folder, { recursive: true });
}
