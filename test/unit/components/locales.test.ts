import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseMessagesFile } from '@wxt-dev/i18n/build';
import { expect, test } from 'vitest';

const fileOf = (path: string) => join(import.meta.dirname, '../../..', path);

async function messages(language: string): Promise<Map<string, string[]>> {
  const parsed = await parseMessagesFile(fileOf(`locales/${language}.json`));
  return new Map(
    parsed
      .filter((m) => !m.key.join('').startsWith('@@'))
      .map((m) => [m.key.join('.'), m.type === 'plural' ? Object.values(m.plurals) : [m.message]]),
  );
}

const en = await messages('en');
const ko = await messages('ko');
const all = [...en, ...ko].flatMap(([key, texts]) => texts.map((text) => [key, text] as const));
const marks = (text: string) => [...text.matchAll(/\$\d/g)].map(String).sort().join();

test('both languages have the same messages, in the same order', () =>
  expect([...ko.keys()]).toEqual([...en.keys()]));

test('both languages use the same substitutions, in every plural', () => {
  for (const [key, texts] of en) {
    const other = ko.get(key) ?? [];
    expect(other.length, key).toBe(texts.length);
    texts.forEach((text, i) => {
      // A plural for "none" or "one" may do without its number.
      if (texts.length === 1) expect(marks(other[i] ?? ''), key).toBe(marks(text));
    });
  }
});

test('reports: both languages use the same substitutions in every plural form', () => {
  const words = [...en].filter(([key]) =>
    /^(report|verdict|because|kind|calls|source)\./.test(key),
  );
  expect(words.length).toBeGreaterThan(100);
  for (const [key, texts] of words) expect(ko.get(key)?.map(marks), key).toEqual(texts.map(marks));
});

test('names fit what browsers and stores take', () => {
  for (const language of [en, ko]) {
    expect(language.get('extName')?.[0]?.length).toBeLessThanOrEqual(45);
    expect(language.get('extDescription')?.[0]?.length).toBeLessThanOrEqual(132);
  }
  for (const key of en.keys()) expect(key).toMatch(/^[A-Za-z0-9_.]+$/);
});

test('code stands between pairs of backticks', () => {
  for (const [key, text] of all) expect((text.split('`').length - 1) % 2, key).toBe(0);
});

test('Korean sentences end formally', () => {
  for (const [key, texts] of ko)
    for (const text of texts) expect(text, key).not.toMatch(/[가-힣](요|해|야|음|함)[.?!]/);
});

test('no page names an option of the command line, and each text for that has one for pages', () => {
  // What a rule advises on files, and a document on what it is of, is read in both places, and names both.
  const elsewhere =
    /^commandLine\.|^guidance\.steps\.join_server_record$|^doubt\.link_mode_unknown$/;
  for (const [key, text] of all)
    if (!elsewhere.test(key)) expect(text, key).not.toMatch(/(?<!\w)--[a-z]/);
  const ofCommandLine = [...en.keys()].filter((key) => key.startsWith('commandLine.'));
  expect(ofCommandLine).not.toEqual([]);
  for (const key of ofCommandLine) expect(en.has(key.slice('commandLine.'.length)), key).toBe(true);
});

test('what could not be seen never reads as missed', () => {
  for (const [language, missed] of [
    [en, /miss|fail|incomplete/i],
    [ko, /미완료|실패/],
  ] as const)
    for (const key of [
      'verdict.unseen',
      'because.not_visible',
      'band.insideUnseen',
      'badge.unseen',
    ])
      expect(language.get(key)?.[0], key).not.toMatch(missed);
});

test('the words of the design stand in the interface', () => {
  const korean = all.map(([, text]) => text).join('\n');
  for (const word of [
    '앱',
    '사이트',
    '관찰 기록',
    '로그인',
    '최초 로그인',
    '인정되는 호출',
    '완료 기간',
    '기한',
    '관찰 범위',
    '연결 방식',
    '자동 연결',
    '수동 연결',
  ])
    expect(korean, word).toContain(word);
});

test('private windows have the names that browsers give them in Korean', () => {
  const korean = [...ko].map(([, texts]) => texts.join()).join('\n');
  expect(korean).toMatch(/시크릿 창.*사생활 보호 창/);
  // That would be something that is not published.
  expect(korean).not.toContain('비공개');
});

test('no view has words of its own: Korean stands in the locales and in the console paths only', () => {
  for (const name of readdirSync(fileOf('components/'), { recursive: true, encoding: 'utf8' })) {
    if (!/\.tsx?$/.test(name)) continue;
    expect(readFileSync(fileOf(`components/${name}`), 'utf8'), name).not.toMatch(/[가-힣]/);
  }
});

test('every message is used', () => {
  const code = ['components/', 'utils/', 'entrypoints/', 'bin/']
    .flatMap((folder) =>
      readdirSync(fileOf(folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.tsx?$/.test(name))
        .map((name) => readFileSync(fileOf(folder + name), 'utf8')),
    )
    .join('\n');
  // Words of a verdict, a doubt and the like are put together at run time.
  const groups = [
    ...code.matchAll(/(?:messageKey\(\s*|translateWord\(\s*t,\s*)'([\w.]+)'/g),
    ...code.matchAll(/`([\w.]+)\.\$\{/g),
  ].map((m) => m[1]);
  const unused = [...en.keys()].filter((key) => {
    if (code.includes(`'${key}'`) || key.startsWith('ext')) return false;
    const dot = key.lastIndexOf('.');
    if (groups.includes(key.slice(0, dot)) && !/[A-Z]/.test(key.slice(dot))) return false;
    return !/^(notice\.|command\.|commandLine\.|guidance\.|errors\.)/.test(key);
  });
  expect(unused).toEqual([]);
});
