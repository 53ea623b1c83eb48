import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { translateIn } from '../../../utils/i18n/translate-in.ts';
import { writeJson } from '../../../utils/report/formats/json.ts';
import type { ImportedFile } from '../../../utils/report/import/file-contents.ts';
import { importErrorText } from '../../../utils/report/import/import-error-text.ts';
import { ImportError } from '../../../utils/report/import/import-error.ts';
import { importReport } from '../../../utils/report/import/import-report.ts';
import { caseBytes, caseNames, importBytes, importCase } from '../report/samples.ts';
import { CANARY, holdsFor, FUZZ_TIMEOUT, oddValue, placesIn, putAt } from './fuzz.ts';

vi.setConfig({ testTimeout: FUZZ_TIMEOUT });

/** Imports a text. Whatever it is, either it is read, or refused in one line of each language that quotes nothing of it. */
async function importOrRefuse(text: string | Uint8Array): Promise<ImportedFile | null> {
  try {
    return await importBytes(text);
  } catch (error) {
    if (!(error instanceof ImportError)) throw error;
    for (const language of ['en', 'ko'] as const) {
      const line = importErrorText(error, translateIn(language));
      expect(line).toMatch(/^[^\p{Cc}]{10,400}\.$/u);
      expect(line).not.toMatch(/\$\d|undefined|\[object|\?\)|\/\^/);
      expect(line).not.toContain(CANARY);
    }
    return null;
  }
}

/** A report that was written is read again, and is the same to the byte. */
function expectReadable({ report }: ImportedFile): void {
  const text = writeJson(report);
  expect(writeJson(importReport(text).report)).toBe(text);
}

const parsed = new Map<string, unknown>(
  caseNames.map((name) => [name, JSON.parse(caseBytes(name).toString())]),
);

/** Pieces that are spliced into texts: what breaks addresses, headers, bodies and dates. */
const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.constantFrom(
    '"',
    "'",
    '%',
    '&client_id=constructor',
    '&client_id=__proto__',
    '&state=&code=',
    '#',
    '//',
    ':',
    '@',
    'a'.repeat(400),
    '.',
    '0',
    'e9',
    ';desc="',
    '{"toString":1}',
    '-30T',
    'kapi.kakao.com',
    'constructor',
    'a"b',
    "a'b",
    `${'a'.repeat(2100)}:`,
  ),
);

const splice = (text: string, at: number, put: string) => {
  const from = at % (text.length + 1);
  return text.slice(0, from) + put + text.slice(from);
};

/** A change to a JSON file: an odd value at a place, or a piece inside the text at a place. */
const change = fc.record({
  place: fc.nat(),
  odd: fc.oneof(
    oddValue.map((value) => ({ value })),
    fc.record({ at: fc.nat(), put: piece }),
  ),
});

const placesOf = new Map<unknown, string[][]>();

/** Applies changes to a copy of a JSON value. */
function applyTo<T>(value: T, changes: readonly { place: number; odd: object }[]): T {
  const copy = structuredClone(value);
  const places = placesOf.get(value) ?? placesIn(value);
  placesOf.set(value, places);
  for (const { place, odd } of changes) {
    const path = places[place % places.length] ?? [];
    if ('value' in odd) putAt(copy, path, odd.value);
    else {
      const { at, put } = odd as { at: number; put: string };
      const text = path.reduce<unknown>((v, key) => (v as Record<string, unknown>)?.[key], copy);
      if (typeof text === 'string') putAt(copy, path, splice(text, at, put));
    }
  }
  return copy;
}

test('HAR with odd values and spoilt texts: one line, or a report that is read again', () =>
  holdsFor(
    'HAR, values',
    100,
    fc.tuple(fc.constantFrom(...caseNames), fc.array(change, { minLength: 1, maxLength: 5 })),
    async ([name, changes]) => {
      const imported = await importOrRefuse(JSON.stringify(applyTo(parsed.get(name), changes)));
      if (imported) expectReadable(imported);
    },
  ));

test('HAR with a word replaced everywhere: one line, or a report that is read again', () =>
  holdsFor(
    'HAR, words',
    100,
    fc.tuple(
      fc.constantFrom(...caseNames),
      fc.nat(),
      fc.oneof(piece, fc.webAuthority(), fc.json()),
    ),
    async ([name, at, put]) => {
      const text = caseBytes(name).toString();
      // The words of addresses are the ones that are kept.
      const addresses = text.match(/https?(?::|%3A)[^"\s]+/g)?.join(' ') ?? '';
      const words = [...new Set(addresses.match(/[\w.-]{2,}/g))];
      const escaped = JSON.stringify(put).slice(1, -1);
      const changed = text.replaceAll(words[at % words.length] ?? '', () => escaped);
      const imported = await importOrRefuse(changed);
      if (imported) expectReadable(imported);
    },
  ));

test('HAR with damaged bytes: one line, or a report that is read again', () =>
  holdsFor(
    'HAR, bytes',
    60,
    fc.tuple(
      fc.constantFrom(...caseNames),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }),
      fc.option(fc.nat()),
    ),
    async ([name, damage, end]) => {
      const bytes = new Uint8Array(caseBytes(name));
      for (const [at, byte] of damage) bytes[at % bytes.length] = byte;
      const cut = end === null ? bytes : bytes.subarray(0, end % bytes.length);
      const imported = await importOrRefuse(cut);
      if (imported) expectReadable(imported);
    },
  ));

test('HAR with odd entries beside the others: the others say the same', async () => {
  const judged = new Map<string, string>();
  const judge = async (har: unknown) =>
    JSON.stringify((await importBytes(JSON.stringify(har))).report.logins);
  for (const [name, har] of parsed) judged.set(name, await judge(har));
  const odd = fc.oneof(
    oddValue,
    fc.record({ startedDateTime: oddValue, request: oddValue, response: oddValue }),
    // What says nothing of where it went, whatever else it says.
    fc.record({
      startedDateTime: fc.constant('2026-11-22T12:43:10.000Z'),
      pageref: oddValue,
      _resourceType: oddValue,
      request: fc.record({ url: fc.constantFrom<unknown>({ toString: 1 }, 'https://', 7) }),
      response: fc.record({
        status: oddValue,
        headers: fc.array(fc.record({ name: oddValue, value: oddValue })),
      }),
    }),
  );
  await holdsFor(
    'HAR, entries',
    100,
    fc.tuple(
      fc.constantFrom(...caseNames),
      fc.array(fc.tuple(fc.nat(), odd), { minLength: 1, maxLength: 4 }),
    ),
    async ([name, more]) => {
      const har = structuredClone(parsed.get(name)) as { log: { entries: unknown[] } };
      for (const [at, entry] of more)
        har.log.entries.splice(at % (har.log.entries.length + 1), 0, entry);
      expect(await judge(har)).toBe(judged.get(name));
    },
  );
});

test('report with odd values: one line, or the same report when read again', async () => {
  const reports = await Promise.all(
    ['v2-me', 'v2-repeat', 'v2-friends-403'].map(async (name) => (await importCase(name)).report),
  );
  await holdsFor(
    'report',
    200,
    fc.tuple(fc.constantFrom(...reports), fc.array(change, { minLength: 1, maxLength: 3 })),
    async ([report, changes]) => {
      const imported = await importOrRefuse(JSON.stringify(applyTo(report, changes)));
      if (imported) expectReadable(imported);
    },
  );
});

test('text that is no file of ours: one line', () =>
  holdsFor(
    'any text',
    200,
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.json(),
      fc.json().map((json) => `{"log":${json}}`),
      fc.json().map((json) => `{"format":"linkwatch-report","version":${json}}`),
      fc.json().map((json) => json.slice(1)),
    ),
    async (text) => {
      await importOrRefuse(text);
    },
  ));
