import { CONSENT_ITEMS, PERMISSIONS, PLATFORM_KEYS } from './console-menus.ts';
import type { ConsolePlace } from './console.ts';
import type { KakaoError } from './koe-errors.ts';

const api = (
  number: number,
  http: readonly number[],
  place?: ConsolePlace,
): KakaoError<number> => ({
  code: -number,
  http,
  words: `api${number}`,
  ...(place ? { place } : {}),
});

/** Every known `code` of a kapi error body: docs/kakao-rules.md#errors. */
export const API_ERRORS: readonly KakaoError<number>[] = [
  api(1, [400]),
  api(2, [400]),
  api(3, [403], CONSENT_ITEMS),
  api(4, [403]),
  api(5, [403], PERMISSIONS),
  api(6, [403]),
  api(7, [400]),
  api(8, [400]),
  api(9, [400]),
  api(10, [400]),
  api(11, [400]),
  api(12, [403]),
  api(101, [400]),
  api(102, [400]),
  api(103, [400]),
  api(201, [400]),
  // Named by Kakao's SDKs only, so without an HTTP status.
  api(301, []),
  api(401, [401], PLATFORM_KEYS),
  api(402, [403], CONSENT_ITEMS),
  api(405, []),
  api(406, [401]),
  api(501, [400]),
  api(502, []),
  api(504, []),
  api(530, []),
  api(531, []),
  api(532, []),
  api(602, [400]),
  api(603, [400]),
  api(606, [400]),
  api(903, [400]),
  api(911, [400]),
  api(9798, [503]),
];

const byCode = new Map(API_ERRORS.map((e) => [e.code, e]));

/** Returns what is known of a kapi code; undefined for one that is not in the table. */
export function apiError(code: number): KakaoError<number> | undefined {
  return byCode.get(code);
}
