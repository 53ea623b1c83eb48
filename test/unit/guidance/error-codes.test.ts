import { describe, expect, test } from 'vitest';
import en from '../../../locales/en.json' with { type: 'json' };
import ko from '../../../locales/ko.json' with { type: 'json' };
import { codeRows } from '../../../utils/guidance/guide.ts';
import { codeMessage } from '../../../utils/guidance/text.ts';
import { translateIn } from '../../../utils/i18n/translate-in.ts';
import { API_ERRORS, apiError } from '../../../utils/kakao/api-errors.ts';
import { KOE_ERRORS, koeError } from '../../../utils/kakao/koe-errors.ts';

/** Kakao's codes with the HTTP status they come with (0: none is stated), as its documents and SDKs list them. */
const KOE: Record<string, number> = {
  '001': 400,
  '002': 400,
  '003': 500,
  '004': 403,
  '005': 403,
  '006': 400,
  '007': 400,
  '008': 400,
  '009': 400,
  '010': 401,
  '023': 0,
  '101': 401,
  '102': 401,
  '103': 0,
  '104': 0,
  '105': 0,
  '106': 0,
  '107': 0,
  '108': 0,
  '109': 0,
  '110': 0,
  '114': 400,
  '126': 400,
  '127': 400,
  '201': 400,
  '202': 400,
  '203': 403,
  '204': 400,
  '205': 403,
  '207': 400,
  '237': 429,
  '303': 400,
  '310': 400,
  '319': 401,
  '320': 400,
  '322': 400,
  '400': 400,
  '406': 401,
  '501': 400,
  '602': 400,
  '903': 401,
  '911': 400,
  '9798': 503,
};
const API: [code: number, http: number][] = [
  ...[1, 2, 7, 8, 9, 10, 11, 101, 102, 103, 201, 501, 602, 603, 606, 903, 911].map(
    (n): [number, number] => [-n, 400],
  ),
  ...[3, 4, 5, 6, 12, 402].map((n): [number, number] => [-n, 403]),
  ...[401, 406].map((n): [number, number] => [-n, 401]),
  ...[301, 405, 502, 504, 530, 531, 532].map((n): [number, number] => [-n, 0]),
  [-9798, 503],
];

const inEnglish = translateIn('en');
const inKorean = translateIn('ko');

describe('tables of error codes', () => {
  test('each KOE code has an entry with its HTTP status', () => {
    for (const [number, http] of Object.entries(KOE)) {
      const found = koeError(`KOE${number}`);
      expect(found, number).toBeDefined();
      if (http) expect(found?.http, number).toContain(http);
      else expect(found?.http, number).toEqual([]);
    }
    expect(KOE_ERRORS).toHaveLength(Object.keys(KOE).length);
  });

  test('each API code has an entry with its HTTP status', () => {
    for (const [code, http] of API) {
      const found = apiError(code);
      expect(found, String(code)).toBeDefined();
      expect(found?.http, String(code)).toEqual(http ? [http] : []);
    }
    expect(API_ERRORS).toHaveLength(API.length);
  });

  test('texts and codes match in both languages', () => {
    const words = new Set([...KOE_ERRORS, ...API_ERRORS].map((e) => e.words));
    for (const t of [inEnglish, inKorean])
      for (const name of words)
        for (const part of ['meaning', 'remedy'] as const)
          expect(t(codeMessage(name, part)).length, name).toBeGreaterThan(5);
    for (const locale of [en, ko])
      expect(Object.keys(locale.errors).sort()).toEqual([...words].sort());
  });

  test('code of a token request with another app’s key says so', () =>
    expect(inEnglish(codeMessage(koeError('KOE114')?.words ?? '', 'meaning'))).toContain(
      'another app',
    ));

  test('unknown code has no entry', () => {
    expect(koeError('KOE999')).toBeUndefined();
    expect(apiError(-999)).toBeUndefined();
  });
});

describe('search for codes', () => {
  const codes = (search: string, t = inEnglish) =>
    codeRows(KOE_ERRORS, t, search).map((r) => r.code);

  test('codes are found by number and words; no search lists all', () => {
    expect(codes('koe320')).toEqual(['KOE320']);
    expect(codes('redirect mismatch')).toEqual([]);
    expect(codes('redirect registered')).toEqual(['KOE006', 'KOE007']);
    expect(codes('리프레시 만료', inKorean)).toEqual(['KOE322']);
    expect(codes('')).toHaveLength(KOE_ERRORS.length);
  });
});
