import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dependencies } from '../../package.json' with { type: 'json' };
import { builtFiles, TARGETS } from './built.ts';

const root = join(import.meta.dirname, '../..');

/** Names of the packages in a text of notices, in its order. */
const named = (notices: string) =>
  [...notices.matchAll(/^(\S+) \d+\.\d+\.\d+\nLicence: /gm)].map(([, name]) => name);

describe.each(TARGETS)('the %s build', (target) => {
  const file = (path: string) =>
    builtFiles(target)
      .find((f) => f.path === path)
      ?.bytes.toString() ?? '';

  test('carries its own licence', () =>
    expect(file('LICENSE.txt')).toBe(readFileSync(join(root, 'LICENSE'), 'utf8')));

  test('names every package that has code in it, and no other', () =>
    expect(named(file('THIRD-PARTY-NOTICES.txt'))).toEqual([
      '@preact/signals',
      '@preact/signals-core',
      '@streamparser/json',
      '@tanstack/virtual-core',
      '@wxt-dev/webextension-polyfill',
      'idb',
      'preact',
      'rolldown',
      'valibot',
      'webextension-polyfill',
      'wxt',
    ]));

  test('names all dependencies that the project declares', () =>
    expect(named(file('THIRD-PARTY-NOTICES.txt'))).toEqual(
      expect.arrayContaining(Object.keys(dependencies)),
    ));

  test('gives a licence text and the source of each package', () => {
    const [, ...notices] = file('THIRD-PARTY-NOTICES.txt').split(/\n-{80}\n/);
    expect(notices).toHaveLength(11);
    for (const notice of notices) {
      expect(notice).toMatch(/^Source: https:\/\/\S+$/m);
      expect(notice).toMatch(/copyright|mozilla public license/i);
      expect(notice.length).toBeGreaterThan(500);
    }
  });
});

test('the npm package carries both licences of its own code and of others', () => {
  // A folder of its own: other tests run the command line that is built in `out/cli`.
  const folder = mkdtempSync(join(tmpdir(), 'linkwatch-package-'));
  try {
    execFileSync(process.execPath, ['scripts/build-cli.ts', folder], { cwd: root, stdio: 'pipe' });
    const notices = readFileSync(join(folder, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    expect(named(notices)).toEqual(expect.arrayContaining(['@streamparser/json', 'valibot']));
    const packed = execFileSync('npm', ['pack', folder, '--dry-run', '--json'], {
      cwd: root,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    const [{ files }] = JSON.parse(packed) as [{ files: { path: string }[] }];
    expect(files.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['LICENSE', 'linkwatch.mjs', 'THIRD-PARTY-NOTICES.txt']),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
