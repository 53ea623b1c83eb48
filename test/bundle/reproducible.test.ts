import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const NOT_COPIED = ['node_modules', '.git', '.output', '.wxt', '.vitest', 'out'];

const places: string[] = [];
/** A new folder with the project's packages in reach. */
function place(): string {
  const folder = mkdtempSync(join(tmpdir(), 'linkwatch-zip-'));
  places.push(folder);
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  return folder;
}

/** Runs one of the project's scripts in a folder, as in a shell with this NODE_ENV; gives its exit code and what it said. */
function run(
  folder: string,
  script: string,
  nodeEnv?: string,
): { status: number | null; said: string } {
  const { NODE_ENV: _, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [`scripts/${script}`], {
    cwd: folder,
    env: nodeEnv === undefined ? env : { ...env, NODE_ENV: nodeEnv },
    encoding: 'utf8',
  });
  return { status, said: stdout + stderr };
}

/** Each zip in a folder's output: its bytes by its name. */
function zipsIn(folder: string): Map<string, Buffer> {
  const output = join(folder, '.output');
  const zips = readdirSync(output).filter((name) => name.endsWith('.zip'));
  return new Map(zips.sort().map((name) => [name, readFileSync(join(output, name))]));
}

/** Runs git in a folder as somebody. */
const git = (folder: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@x.test', ...args], {
    cwd: folder,
    encoding: 'utf8',
  });

/** Paths of the files in a zip, and their bytes. */
async function filesOf(zip: Buffer | undefined): Promise<Map<string, Buffer>> {
  const { files } = await JSZip.loadAsync(zip ?? Buffer.alloc(0));
  const entries = Object.values(files).filter((f) => !f.dir);
  return new Map(
    await Promise.all(
      entries.map(async (f) => [f.name, await f.async('nodebuffer')] as [string, Buffer]),
    ),
  );
}

describe('zips for the stores', () => {
  let first: Map<string, Buffer>;
  let sources: Map<string, Buffer>;
  let committed: string[];
  let dirty: { status: number | null; said: string };
  let dirtyZipped: boolean;
  const named = (end: string) => [...first].find(([name]) => name.endsWith(end))?.[1];

  beforeAll(async () => {
    const folder = place();
    cpSync(root, folder, {
      recursive: true,
      filter: (from) => dirname(from) !== root || !NOT_COPIED.includes(basename(from)),
    });
    mkdirSync(join(folder, 'out'));
    writeFileSync(join(folder, 'out/planted.txt'), 'not to be handed out');
    // In the checkout it is a link and no folder, which `node_modules/` does not ignore.
    git(folder, 'init', '--quiet');
    writeFileSync(join(folder, '.git/info/exclude'), 'node_modules\n');
    git(folder, 'add', '--all');
    git(folder, 'commit', '--quiet', '--message', 'all');
    const planted = join(folder, 'planted.txt');
    writeFileSync(planted, 'not committed');
    dirty = run(folder, 'zip.ts');
    dirtyZipped = existsSync(join(folder, '.output'));
    rmSync(planted);
    const { status, said } = run(folder, 'zip.ts');
    if (status !== 0) throw new Error(said);
    first = zipsIn(folder);
    committed = git(folder, 'ls-files').trim().split('\n');
    sources = await filesOf(named('-sources.zip'));
  });
  afterAll(() => {
    for (const folder of places)
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });

  test('are one for each browser, and one of the sources', () => {
    const names = [...first.keys()].map((name) => name.replace(/^linkwatch-[\d.]+-/, ''));
    expect(names).toEqual(['chrome.zip', 'firefox.zip', 'sources.zip']);
  });

  test('are refused where a file is not of the commit, and the file is named', () => {
    expect(dirty.status).toBe(1);
    expect(dirty.said).toContain('planted.txt');
    expect(dirtyZipped).toBe(false);
  });

  test('Firefox: the sources give the same bytes again, outside of git and with any NODE_ENV', async () => {
    const folder = place();
    for (const [path, bytes] of sources) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    const { status, said } = run(folder, 'build-for-amo.ts', 'development');
    expect(status, said).toBe(0);
    const [[name = '', again] = []] = zipsIn(folder);
    expect(name).toBe([...first.keys()].find((n) => n.endsWith('-firefox.zip')));
    const [before, after] = await Promise.all([filesOf(first.get(name)), filesOf(again)]);
    const differ = [...before].filter(([path, bytes]) => !after.get(path)?.equals(bytes));
    expect(differ.map(([path]) => path)).toEqual([]);
    expect(again?.equals(first.get(name) ?? Buffer.alloc(0))).toBe(true);
    for (const path of [...after.keys(), name]) expect(said).toContain(path);
  });

  test('sources: every file of the commit, its tests and hidden files too, and nothing else', () => {
    expect([...sources.keys()].sort()).toEqual(committed.sort());
    for (const needed of [
      'package-lock.json',
      'LICENSE',
      '.npmrc',
      'vitest.config.ts',
      'test/bundle/reproducible.test.ts',
      'test/cases/v2-me.har',
    ])
      expect(committed, needed).toContain(needed);
    const unwanted = /(^|\/)(node_modules|out|\.output|\.git|\.env|planted\.txt)(\/|$)/;
    expect(committed.filter((path) => unwanted.test(path))).toEqual([]);
  });

  test('extension: no source map, no test, no hidden file', async () => {
    for (const browser of ['chrome.zip', 'firefox.zip']) {
      const paths = [...(await filesOf(named(browser))).keys()];
      expect(paths).toContain('manifest.json');
      expect(paths.filter((path) => /\.map$|\.tsx?$|(^|\/)\./.test(path))).toEqual([]);
    }
  });
});
