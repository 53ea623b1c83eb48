import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

/**
 * Every room of the code, bottom to top: a file imports from its own room and from those before it. The files that lie in a
 * room itself come after its inner rooms.
 */
const ROOMS = [
  'utils/model',
  'utils/kakao',
  'utils/i18n',
  'utils/capture',
  'utils/verdict/state',
  'utils/verdict/attribute',
  'utils/verdict/flow',
  'utils/verdict/derive',
  'utils/verdict/decide',
  'utils/verdict/handlers',
  'utils/verdict',
  'utils/guidance',
  'utils/report',
  'utils/store',
  'utils/browser',
  'utils/background/tasks',
  'utils/background/record',
  'utils/background/unfinished',
  'utils/background/traffic',
  'utils/background/reconcile',
  'utils/background',
  'utils/workers',
  'components/shared',
  'components/popup',
  'components/report',
  'components/devtools',
  'entrypoints',
  'bin',
];

/** Rooms side by side, which import nothing of each other although one comes first. */
const SIDE_BY_SIDE = ['components/popup', 'components/report', 'components/devtools'];

const IMPORT = /(?:\bfrom|\bimport\s*\(?|new URL\()\s*['"](\.{1,2}\/[^'"?]+)['"]/g;

/** The files that each file of the code names in its imports, or loads as a web worker: paths from the root. */
function readImports(): Map<string, string[]> {
  const files = globSync('{utils,components,entrypoints,bin}/**/*.{ts,tsx}', { cwd: ROOT });
  const imports = files.map((file): [string, string[]] => {
    const source = readFileSync(join(ROOT, file), 'utf8');
    const paths = [...source.matchAll(IMPORT)].map(([, specifier = '']) =>
      join(ROOT, file, '..', specifier),
    );
    const code = paths.filter((path) => /\.tsx?$/.test(path));
    return [toPosix(file), code.map((path) => toPosix(relative(ROOT, path)))];
  });
  return new Map(imports);
}

const toPosix = (path: string) => path.split(sep).join('/');
const roomOf = (file: string) => ROOMS.find((room) => file.startsWith(`${room}/`));

/** Whether one room may import from another. */
function mayImport(from: string, to: string): boolean {
  if (from === to) return true;
  if (SIDE_BY_SIDE.includes(from) && SIDE_BY_SIDE.includes(to)) return false;
  return ROOMS.indexOf(to) < ROOMS.indexOf(from);
}

/** Groups of files that import each other in a circle, each group in order of names. */
function circles(imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const reached = new Map([...imports.keys()].map((file) => [file, reachedFrom(file, imports)]));
  const found = new Set<string>();
  for (const [file, files] of reached) {
    const circle = [...files].filter((other) => reached.get(other)?.has(file));
    if (circle.length) found.add(circle.sort().join('\n'));
  }
  return [...found].map((names) => names.split('\n'));
}

function reachedFrom(start: string, imports: ReadonlyMap<string, readonly string[]>): Set<string> {
  const reached = new Set<string>();
  const open = [...(imports.get(start) ?? [])];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    open.push(...(imports.get(file) ?? []));
  }
  return reached;
}

describe('the rooms of the code', () => {
  const imports = readImports();
  const all = [...imports].flatMap(([file, targets]) => targets.map((to) => [file, to] as const));

  test('every file lies in a room, and every import is a file that exists', () => {
    expect(imports.size).toBeGreaterThan(200);
    expect([...imports.keys()].filter((file) => !roomOf(file))).toEqual([]);
    expect(all.filter(([, to]) => !existsSync(join(ROOT, to)))).toEqual([]);
  });

  test('no file imports from a room above its own', () => {
    const upwards = all
      .filter(([file, to]) => {
        const [from, target] = [roomOf(file), roomOf(to)];
        return from && target && !mayImport(from, target);
      })
      .map((pair) => pair.join(' -> '));
    expect(upwards).toEqual([]);
  });

  test('no file imports itself by way of others', () => expect(circles(imports)).toEqual([]));

  test('model imports no other room, and kakao only model', () => {
    const outside = (room: string, allowed: string[]) =>
      all.filter(([file, to]) => roomOf(file) === room && !allowed.includes(roomOf(to) ?? ''));
    expect(outside('utils/model', ['utils/model'])).toEqual([]);
    expect(outside('utils/kakao', ['utils/kakao', 'utils/model'])).toEqual([]);
  });
});

test('a circle is found, also one of a single file', () => {
  const imports = new Map([
    ['a', ['b']],
    ['b', ['c']],
    ['c', ['b', 'd']],
    ['d', []],
    ['e', ['e']],
  ]);
  expect(circles(imports)).toEqual([['b', 'c'], ['e']]);
});
