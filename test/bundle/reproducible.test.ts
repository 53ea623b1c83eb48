import { execFileSync } from 'node:child_process';
import {
  cpSync,
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

/** Zips both browsers' extensions in a folder; gives each zip's bytes by its name. */
function zipped(folder: string): Map<string, Buffer> {
  const wxt = join(root, 'node_modules/wxt/bin/wxt.mjs');
  // The test runner's own NODE_ENV would make it a build for tests.
  const { NODE_ENV: _, ...env } = process.env;
  for (const target of ['chrome', 'firefox'])
    execFileSync(process.execPath, [wxt, 'zip', '-b', target], { cwd: folder, env, stdio: 'pipe' });
  const output = join(folder, '.output');
  const zips = readdirSync(output).filter((name) => name.endsWith('.zip'));
  return new Map(zips.sort().map((name) => [name, readFileSync(join(output, name))]));
}

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
  const named = (end: string) => [...first].find(([name]) => name.endsWith(end))?.[1];

  beforeAll(async () => {
    const folder = place();
    cpSync(root, folder, {
      recursive: true,
      filter: (from) => dirname(from) !== root || !NOT_COPIED.includes(basename(from)),
    });
    for (const name of ['out', '.git']) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'planted.txt'), 'not to be handed out');
    }
    writeFileSync(join(folder, '.env'), 'PLANTED=1');
    first = zipped(folder);
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

  test('have the same bytes when they are built anew out of the sources', async () => {
    const folder = place();
    for (const [path, bytes] of sources) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    const second = zipped(folder);
    expect([...second.keys()]).toEqual([...first.keys()]);
    for (const [name, bytes] of first) {
      const [before, after] = await Promise.all([filesOf(bytes), filesOf(second.get(name))]);
      const differ = [...before].filter(([path, b]) => !after.get(path)?.equals(b));
      expect(
        differ.map(([path]) => path),
        name,
      ).toEqual([]);
      expect(second.get(name)?.equals(bytes), name).toBe(true);
    }
  });

  test('sources: what a build needs, nothing that was built or is private', () => {
    const paths = [...sources.keys()];
    for (const needed of [
      'package.json',
      'package-lock.json',
      'wxt.config.ts',
      'tsconfig.json',
      'README.md',
      'LICENSE',
      'entrypoints/background.ts',
      'entrypoints/popup/main.tsx',
      'locales/ko.json',
      'public/icon/128.png',
    ])
      expect(paths, needed).toContain(needed);
    const unwanted =
      /(^|\/)(node_modules|out|\.[^/]*|planted\.txt)(\/|$)|^test\/|\.(zip|har|test\.tsx?)$/;
    expect(paths.filter((path) => unwanted.test(path))).toEqual([]);
  });

  test('extension: no source map, no test, no hidden file', async () => {
    for (const browser of ['chrome.zip', 'firefox.zip']) {
      const paths = [...(await filesOf(named(browser))).keys()];
      expect(paths).toContain('manifest.json');
      expect(paths.filter((path) => /\.map$|\.tsx?$|(^|\/)\./.test(path))).toEqual([]);
    }
  });
});
