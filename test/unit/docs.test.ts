import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { globSync } from 'tinyglobby';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

const DOCUMENTS = globSync(['*.md', 'docs/**/*.md', '.github/**/*.md'], { cwd: ROOT, dot: true });
const SOURCES = globSync(
  ['{bin,components,entrypoints,scripts,test,utils}/**/*.{ts,tsx,mjs}', '*.ts'],
  { cwd: ROOT },
);

/** The anchors that GitHub gives a page: one a heading, and every `<a id="…">`. */
function anchorsOf(page: string): Set<string> {
  const text = read(page);
  const headings = [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
  const explicit = [...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id);
  return new Set([...headings, ...explicit]);
}

/** Pages with an anchor, as a comment or a text cites them. */
function citations(path: string): string[] {
  return [...read(path).matchAll(/docs\/[\w./-]+\.md#[\w-]+/g)].map(([cited]) => cited);
}

/** Targets of Markdown links and of images that lie in this repository, as paths from its root, with their anchor. */
function links(page: string): string[] {
  const written = [...read(page).matchAll(/\]\(([^)\s]+)\)|src="([^"]+)"/g)];
  return written
    .map(([, link, image]) => link ?? image ?? '')
    .filter((target) => target !== '' && !/^[a-z]+:/.test(target))
    .map((target) =>
      target.startsWith('#') ? page + target : relative(ROOT, join(ROOT, dirname(page), target)),
    );
}

/** Whether `path` or `path#anchor` is there. */
function exists(target: string): boolean {
  const [path = '', anchor] = target.split('#');
  if (!existsSync(join(ROOT, path))) return false;
  return anchor === undefined || anchorsOf(path).has(anchor);
}

/** Code spans that begin with a folder of the project, or are a file in its root; not those with a `<blank>` to fill. */
function paths(page: string): string[] {
  const spans = [...read(page).matchAll(/`([^`\s]+)`/g)].map(([, span = '']) => span);
  const top = /^(bin|components|docs|entrypoints|locales|public|scripts|test|utils|\.github)\//;
  return spans
    .map((span) => span.replace(/#.*$/, ''))
    .filter(
      (span) => (top.test(span) || /^[\w.-]+\.(md|json|ts)$/.test(span)) && !/[<…]/.test(span),
    );
}

/** Whether a path is there; `*` stands for any name, `{a,b}` for either. */
function matches(path: string): boolean {
  if (!/[*{]/.test(path)) return existsSync(join(ROOT, path));
  return globSync([path], { cwd: ROOT, dot: true, onlyFiles: false }).length > 0;
}

describe('documents', () => {
  it('every anchor that code or a document cites exists', () => {
    const cited = [...SOURCES, ...DOCUMENTS].flatMap((file) =>
      citations(file).map((target) => ({ file, target })),
    );
    expect(cited.filter(({ target }) => !exists(target))).toEqual([]);
  });

  it('every link into the repository leads somewhere', () => {
    const linked = DOCUMENTS.flatMap((file) => links(file).map((target) => ({ file, target })));
    expect(linked.length).toBeGreaterThan(20);
    expect(linked.filter(({ target }) => !exists(target))).toEqual([]);
  });

  it.each(['docs/architecture.md', 'CONTRIBUTING.md'])(
    'every path that %s names exists',
    (page) => {
      const named = paths(page);
      expect(named.length).toBeGreaterThan(10);
      expect(named.filter((path) => !matches(path))).toEqual([]);
    },
  );

  it('every trip through the code enters no room twice', () => {
    const [, trips = ''] = /## Six trips\n([^]*?)\n## /.exec(read('docs/architecture.md')) ?? [];
    const lists = trips.split(/^### /m).slice(1);
    expect(lists).toHaveLength(6);
    for (const list of lists) {
      const rooms = [...list.matchAll(/^\d+\. \*\*([\w/]+)\*\*([^]*?)(?=^\d+\. |\n\n|$(?![^]))/gm)];
      expect(rooms.length).toBeGreaterThan(1);
      for (const [, room = '', text = ''] of rooms)
        for (const [, path] of text.matchAll(/`([^`]+)`/g))
          if (path?.includes('/')) expect(path).toMatch(new RegExp(`^(utils/)?${room}/`));
      const names = rooms.map(([, room]) => room);
      expect(names).toEqual([...new Set(names)]);
    }
  });

  it('nobody is told to run a package of this name from a registry', () => {
    const files = [...DOCUMENTS, ...globSync('docs/recipes/**/*.*', { cwd: ROOT }), 'bin/help.ts'];
    const registry =
      /\b(?:npx|npm exec|pnpm dlx|yarn dlx|bunx)(?: (?:-y|--yes))? linkwatch\b|(?<![-\w])(?:install|add|i)(?: -[\w-]+)* linkwatch\b/;
    expect('npx linkwatch check').toMatch(registry);
    expect('npm install --save-dev linkwatch').toMatch(registry);
    expect(files.filter((file) => registry.test(read(file)))).toEqual([]);
  });

  it('every npm script that a document names exists', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = DOCUMENTS.flatMap((file) =>
      [...read(file).matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(([, name = '']) => ({
        file,
        name,
      })),
    );
    expect(named.filter(({ name }) => !(name in scripts))).toEqual([]);
  });
});
