import {
  CLIENT_SECRET,
  CONSENT_ITEMS,
  LOGIN_SWITCH,
  LOGOUT_URIS,
  MEMBERS,
  PLATFORM_KEYS,
  REDIRECT_URIS,
} from './console-menus.ts';
import type { ConsolePlace } from './console.ts';

/** An error code of Kakao. Its meaning and remedy are texts in `locales/`, under `errors.<words>`. */
export interface KakaoError<Code extends string | number = string | number> {
  code: Code;
  /** HTTP statuses it came with. Sources disagree, so a status alone never tells the code. */
  http: readonly number[];
  /** The name of its texts. Some codes share them. */
  words: string;
  /** Where to set right what the code complains about. */
  place?: ConsolePlace;
}

const koe = (
  number: string,
  http: readonly number[],
  place?: ConsolePlace,
  words = `koe${number}`,
): KakaoError<string> => ({ code: `KOE${number}`, http, words, ...(place ? { place } : {}) });

/** The request used parameters that are for Kakao's affiliates only. */
const affiliate = (number: string) => koe(number, [], undefined, 'affiliate');
/** Codes that came with a client error and that Kakao does not explain. */
const unexplained = (number: string) => koe(number, [400], undefined, 'unexplained');

/** Every known OAuth error code of Kakao: docs/kakao-rules.md#koe-errors. */
export const KOE_ERRORS: readonly KakaoError<string>[] = [
  koe('001', [400]),
  koe('002', [400]),
  koe('003', [500]),
  koe('004', [403], LOGIN_SWITCH),
  koe('005', [403], MEMBERS),
  koe('006', [400], REDIRECT_URIS),
  koe('007', [400], LOGOUT_URIS),
  koe('008', [400], PLATFORM_KEYS),
  koe('009', [400], PLATFORM_KEYS),
  koe('010', [401], CLIENT_SECRET),
  koe('023', []),
  koe('101', [401], PLATFORM_KEYS),
  koe('102', [401]),
  ...['103', '104', '105', '106', '107', '108', '109', '110'].map(affiliate),
  koe('114', [400], PLATFORM_KEYS),
  ...['126', '127'].map(unexplained),
  koe('201', [400]),
  koe('202', [400]),
  koe('203', [403], CONSENT_ITEMS),
  koe('204', [400]),
  koe('205', [403], CONSENT_ITEMS),
  koe('207', [400]),
  koe('237', [400, 429]),
  koe('303', [400]),
  koe('310', [400]),
  koe('319', [401, 400]),
  koe('320', [400, 401]),
  koe('322', [400, 401]),
  koe('400', [400]),
  koe('406', [401]),
  koe('501', [400]),
  koe('602', [400]),
  koe('903', [401]),
  koe('911', [400]),
  koe('9798', [503]),
];

const byCode = new Map(KOE_ERRORS.map((e) => [e.code, e]));

/** Returns what is known of an OAuth error code; undefined for one that is not in the table. */
export function koeError(code: string): KakaoError<string> | undefined {
  return byCode.get(code);
}
