import { headerOf, headerValues, type HarEntry } from './har-entry.ts';
import { registeredDomain } from '../../model/url.ts';
import type { HarHistory } from './har-history.ts';

/** What may be a token, in an address, a header or a body. */
const WORD = /[\w-]{4,2000}/g;

/** What may be base64 that holds a token, in either of its alphabets; a slash may also be an address's. */
const ENCODED = [/[\w+/-]{20,}/g, /[\w-]{20,}/g];

/** How many characters may stand right before a token in what was encoded. */
const MOST_BEFORE = 32;

/**
 * Whether a request carries a token that Kakao issued earlier in the file: in its address, a header or its body, as it is
 * or in base64. Where the recorder left out the token, any bearer's may be it.
 */
export function handsToken(entry: HarEntry, history: HarHistory): boolean {
  const { tokens, hasUnknownToken } = history;
  if (tokens.size === 0 && !hasUnknownToken) return false;
  const { bearer, sentText } = entry;
  if (bearer && (hasUnknownToken || tokens.has(bearer))) return true;
  const { pathname, search } = entry.url;
  const headers = headerValues(entry);
  return [pathname, search, sentText ?? '', ...headers].some((told) => holdsToken(told, history));
}

/** What names a token, or is as long as Kakao's are. */
const MAY_BE_TOKEN = /access_?token|kakao_?token|[\w-]{40,2000}/gi;

/**
 * Whether a page sent its own server something after a token was issued that may be the token: the recorder left out what
 * was sent, or the token. What a page only reports, as analytics do, is none.
 */
export function mayHandToken(entry: HarEntry, origin: string | null, history: HarHistory): boolean {
  const { tokens, hasUnknownToken } = history;
  if (origin === null || (tokens.size === 0 && !hasUnknownToken)) return false;
  if (!entry.isBodyLeftOut && !(hasUnknownToken && sendsUnknown(entry, history))) return false;
  const isReport =
    /^(ping|beacon)$/.test(entry.resourceType ?? '') ||
    headerOf(entry, 'sec-fetch-mode') === 'no-cors';
  return !isReport && registeredDomain(entry.url.origin) === registeredDomain(origin);
}

/** Whether a request sends what may be a token that the recorder left out, and is none of the codes that came. */
function sendsUnknown({ sentText, url }: HarEntry, { seenCodes }: HarHistory): boolean {
  return [sentText ?? '', plain(url.search)].some((told) =>
    told.match(MAY_BE_TOKEN)?.some((word) => !seenCodes.has(word)),
  );
}

/** How many texts without a token are remembered. */
const MOST_REMEMBERED = 2000;

/** Whether a text holds one of the tokens that were issued so far, as it is or in base64. */
function holdsToken(text: string, { tokens, withoutToken }: HarHistory): boolean {
  if (withoutToken.get(text) === tokens.size) return false;
  const isToken = (word: string) => tokens.has(word);
  const endsInToken = (word: string) =>
    Array.from({ length: MOST_BEFORE }).some((_, i) => tokens.has(word.slice(i)));
  const holds =
    text.match(WORD)?.some(isToken) ||
    withoutEscapes(text).match(WORD)?.some(isToken) ||
    encodedWords(text).some(endsInToken);
  if (holds) return true;
  if (withoutToken.size >= MOST_REMEMBERED) withoutToken.clear();
  withoutToken.set(text, tokens.size);
  return false;
}

/** A character in percent-encoding, which may be encoded itself, or escaped as JSON does it. */
const ESCAPE = /%(?:25)*[\da-f]{2}|\\(?:[bfnrt]|u[\da-f]{4})/gi;

/** A text with a space for each escaped character: what stands for it would stick to the word behind it. */
export function withoutEscapes(text: string): string {
  return text.replace(ESCAPE, ' ');
}

/** The words of all that a text may hold in base64. */
function encodedWords(text: string): string[] {
  const decoded = ENCODED.flatMap((encoded) => plain(text).match(encoded) ?? []).map(decodeBase64);
  return decoded.flatMap((told) => told.match(WORD) ?? []);
}

/** A text without percent-encoding, where it is well-formed. */
function plain(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What base64 or base64url says, byte by byte; an incomplete end is left out. */
function decodeBase64(word: string): string {
  const whole = word.replaceAll('-', '+').replaceAll('_', '/');
  return atob(whole.length % 4 === 1 ? whole.slice(0, -1) : whole);
}
