import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { globSync } from 'tinyglobby';
import { beforeAll, describe, expect, test } from 'vitest';
import { CASES } from '../unit/report/samples.ts';

const ROOT = join(import.meta.dirname, '../..');
const BUILT = join(ROOT, 'out/cli/linkwatch.mjs');

function run(
  command: string,
  args: string[],
  more: { cwd?: string; env?: NodeJS.ProcessEnv; input?: string } = {},
) {
  const env = { ...process.env, ...more.env };
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: 60_000,
    ...more,
    env,
  });
  return { status, stdout, stderr };
}

describe('in a checkout', () => {
  const npm = (args: string[], cwd = ROOT) =>
    run('npm', ['run', '-s', 'linkwatch', '--', ...args], { cwd, env: { LANG: 'C' } });

  test('npm run: only the report on standard output, and the exit code', () => {
    const ran = npm(['check', 'test/cases/v2-no-call.har', '--at', '+30h', '--format', 'json']);
    expect(ran.status).toBe(1);
    expect(JSON.parse(ran.stdout)).toMatchObject({ counts: { byVerdict: { missed: 1 } } });
  });

  test('file paths: are relative to where the user stands', () => {
    const ran = npm(['check', 'v2-me.har', '--at', '+30h'], CASES);
    expect(ran).toMatchObject({ status: 0 });
    expect(ran.stdout).toContain('Complete 1');
  });

  test('bad usage: one line on standard error', () => {
    const ran = npm(['check', 'nope.json']);
    expect(ran).toMatchObject({ status: 2, stdout: '' });
    expect(ran.stderr.split('\n').filter((l) => l.startsWith('linkwatch:'))).toEqual([
      'linkwatch: nope.json: no such file',
    ]);
  });
});

describe('built', () => {
  beforeAll(() => {
    const { status, stderr } = run(process.execPath, ['scripts/build-cli.ts']);
    if (status !== 0) throw new Error(`not built: ${stderr}`);
  });

  test('built command: runs by itself', () => {
    const ran = run(BUILT, ['check', '-', '--at', '+30h', '--format', 'junit'], {
      input: run('cat', [join(CASES, 'v2-no-call.har')]).stdout,
      cwd: '/',
    });
    expect(ran).toMatchObject({ status: 1, stderr: '' });
    expect(ran.stdout).toContain('<failure');
  });

  test('package: installs offline with nothing else, licences inside, and runs', () => {
    const folder = mkdtempSync(join(tmpdir(), 'linkwatch-package-'));
    try {
      const [tarball = ''] = run('npm', ['pack', join(ROOT, 'out/cli'), '--silent'], {
        cwd: folder,
      }).stdout.split('\n');
      writeFileSync(join(folder, 'package.json'), '{"private":true}');
      const installed = run('npm', ['install', '--offline', '--no-audit', `./${tarball}`], {
        cwd: folder,
      });
      expect(installed).toMatchObject({ status: 0 });
      const modules = join(folder, 'node_modules');
      expect(readdirSync(modules).filter((name) => !name.startsWith('.'))).toEqual(['linkwatch']);
      const licences = readFileSync(join(modules, 'linkwatch/THIRD-PARTY-NOTICES.txt'), 'utf8');
      for (const library of ['valibot', '@streamparser/json', 'tinyglobby'])
        expect(licences).toMatch(new RegExp(`^${library} [\\d.]+$`, 'm'));
      expect(licences.match(/Permission is hereby granted/g)?.length).toBeGreaterThan(3);
      expect(readdirSync(join(modules, 'linkwatch'))).toContain('LICENSE');
      const ran = run('npx', ['--no-install', 'linkwatch', 'check', join(CASES, 'v2-me.har')], {
        cwd: folder,
      });
      expect(ran).toMatchObject({ status: 0, stderr: '' });
      expect(ran.stdout).toContain('1 login: Complete 1');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('package’s documents: lead only to what is in the package', () => {
    const built = dirname(BUILT);
    const documents = globSync('**/*.md', { cwd: built });
    const missing = documents.flatMap((name) => {
      const text = readFileSync(join(built, name), 'utf8');
      const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, to = '']) =>
        join(dirname(name), to),
      );
      const named = [...text.matchAll(/`(docs\/[\w./-]+)`/g)].map(([, to = '']) => to);
      return [...links, ...named].filter((to) => !existsSync(join(built, to)));
    });
    expect(documents).toContain('docs/server-evidence.ko.md');
    expect(missing).toEqual([]);
  });

  test('FORCE_COLOR: colours in a pipe too; NO_COLOR: never', () => {
    const colours = (env: NodeJS.ProcessEnv) =>
      run(BUILT, ['check', 'v2-me.har'], { cwd: CASES, env }).stdout.includes('\u001b[32m');
    expect(colours({ FORCE_COLOR: '1', NO_COLOR: '' })).toBe(true);
    expect(colours({ FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(false);
  });

  test('--out: makes the folders', () => {
    const folder = mkdtempSync(join(tmpdir(), 'linkwatch-out-'));
    const file = join(folder, 'a/b/report.xml');
    const ran = run(BUILT, ['check', 'v2-me.har', '-f', 'junit', '-o', file], { cwd: CASES });
    const written = readFileSync(file, 'utf8');
    rmSync(folder, { recursive: true });
    expect(ran).toMatchObject({ status: 0, stdout: '' });
    expect(written).toContain('file="v2-me.har"');
  });

  test.runIf(existsSync('/proc/self'))('--out: where no folder can be made, that is said', () => {
    const out = '/proc/linkwatch/report.json';
    const ran = run(BUILT, ['check', join(CASES, 'v2-me.har'), '--out', out]);
    const stderr = `linkwatch: ${out}: cannot be written (ENOENT); give another --out\n`;
    expect(ran).toMatchObject({ status: 2, stdout: '', stderr });
  });

  test('pipe: no colours, and a reader that leaves early is no failure', () => {
    const ran = run('sh', ['-c', `"${BUILT}" check v2-me.har | head -c 5; echo " $?"`], {
      cwd: CASES,
      env: { FORCE_COLOR: '', NO_COLOR: '' },
    });
    expect(ran).toMatchObject({ stdout: 'v2-me 0\n', stderr: '' });
  });
});
