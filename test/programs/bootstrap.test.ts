import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'linkwatch-bootstrap-'));
beforeEach(() => rmSync(join(folder, 'node_modules'), { recursive: true, force: true }));
afterAll(() => rmSync(folder, { recursive: true }));

/** A project that needs one package to build and may have another, both in folders beside it. */
beforeAll(() => {
  const write = (path: string, content: unknown) =>
    writeFileSync(join(folder, path), JSON.stringify(content));
  const needs = {
    devDependencies: { tool: 'file:tool' },
    optionalDependencies: { program: 'file:program' },
  };
  for (const name of ['scripts', 'tool', 'program']) mkdirSync(join(folder, name));
  for (const name of ['tool', 'program']) write(`${name}/package.json`, { name, version: '1.0.0' });
  write('package.json', { name: 'project', version: '1.0.0', ...needs });
  write('package-lock.json', {
    name: 'project',
    version: '1.0.0',
    lockfileVersion: 3,
    packages: {
      '': { name: 'project', version: '1.0.0', ...needs },
      tool: { version: '1.0.0', dev: true },
      program: { version: '1.0.0', optional: true },
      'node_modules/tool': { resolved: 'tool', link: true },
      'node_modules/program': { resolved: 'program', link: true },
    },
  });
  cpSync(join(ROOT, 'scripts/bootstrap.mjs'), join(folder, 'scripts/bootstrap.mjs'));
});

test.each([
  { NODE_ENV: 'production' },
  { npm_config_omit: 'dev' },
  { npm_config_omit: 'optional' },
])('%j, which has npm leave packages out: all are installed', (environment) => {
  const script = 'scripts/bootstrap.mjs';
  const { stderr } = spawnSync(process.execPath, [script, script], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
  // It goes no further, as this project has no Node of its own.
  expect(stderr).toContain("the project's own Node is missing");
  for (const name of ['tool', 'program'])
    expect(existsSync(join(folder, 'node_modules', name, 'package.json')), name).toBe(true);
});

/** Runs what npm runs after an installation, in a copy of the project with these packages; gives its exit code. */
function statusOfPrepare(): number | null {
  cpSync(join(ROOT, 'scripts/prepare.mjs'), join(folder, 'scripts/prepare.mjs'));
  const { prepare } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts;
  const bin = join(folder, 'node_modules/.bin');
  const PATH = `${bin}${delimiter}${dirname(process.execPath)}`;
  const options = { cwd: folder, shell: '/bin/sh', env: { PATH } };
  return spawnSync(prepare, options).status;
}

test('prepare without development packages: nothing to do', () => {
  expect(statusOfPrepare()).toBe(0);
});

test('prepare with development packages: ends as WXT does', () => {
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  mkdirSync(join(folder, 'node_modules/wxt'));
  const wxt = '#!/bin/sh\necho "$@" > seen\nexit 7\n';
  writeFileSync(join(folder, 'node_modules/.bin/wxt'), wxt, { mode: 0o755 });
  expect(statusOfPrepare()).toBe(7);
  expect(readFileSync(join(folder, 'seen'), 'utf8')).toBe('prepare --level warn\n');
});
