import { headerOf, headerValues, type HarEntry } from './har-entry.ts';
import { decodeBase64 } from '../../model/base64.ts';
import { registeredDomain } from '../../model/url.ts';
import type { TokenHandedFact } from '../../model/observation.ts';
import { secretOf } from '../recorded-secret.ts';
import type { HarHistory, TokenOrigin, TokenPlace } from './har-history.ts';

/** What may be a token, in an address, a header or a body. */
const WORD = /[\w-]{4,2000}/g;

/** What may be base64 that holds a token, in either of its alphabets; a slash may also be an address's. */
const ENCODED = [/[\w+/-]{20,}/g, /[\w-]{20,}/g];

/** A token that was handed over, and where it was issued; null where that is not known. */
interface HandedFact {
  fact: TokenHandedFact;
  issuedIn: TokenPlace | null;
}

/** How many characters may stand right before a token. */
const MOST_BEFORE = 32;

/**
 * The tokens that Kakao issued earlier in the file and a request carries: in its address, a header or its body, as they are
 * or in base64. Where the recorder left out a token, any bearer's may be it.
 */
function handedTokens(entry: HarEntry, history: HarHistory): Set<string> {
  const { tokens, hasUnknownToken } = history;
  const found = new Set<string>();
  if (tokens.size === 0 && !hasUnknownToken) return found;
  const { bearer, sentText } = entry;
  if (bearer && (hasUnknownToken || tokens.has(bearer))) found.add(bearer);
  const { pathname, search } = entry.url;
  for (const told of [pathname, search, sentText ?? '', ...headerValues(entry)])
    for (const token of tokensIn(told, history)) found.add(token);
  return found;
}

/**
 * What the tokens tell that a request carries: one fact for all that are of one login, and where they were issued, where
 * each is of one place alone.
 */
export function handedFacts(entry: HarEntry, history: HarHistory): HandedFact[] {
  const byIssue = new Map<string, HandedFact>();
  for (const token of handedTokens(entry, history)) {
    const issued = secretOf(token) === null ? undefined : history.tokens.get(token);
    const issuedIn = issued && !issued.isOfSeveral ? issued : null;
    const { issuedAt = null, codeAt = null } = issuedIn ?? {};
    const fact = handedFact({ issuedAt, codeAt });
    byIssue.set(`${issuedAt} ${codeAt} ${issuedIn?.tab} ${issuedIn?.site}`, { fact, issuedIn });
  }
  return [...byIssue.values()];
}

/** The fact that a token was handed over, by when it was issued. */
export function handedFact({ issuedAt, codeAt }: TokenOrigin): TokenHandedFact {
  return {
    type: 'token-handed',
    ...(issuedAt === null ? {} : { tokenIssuedAt: issuedAt }),
    ...(codeAt === null ? {} : { codeAt }),
  };
}

/** What names a token, or is as long as Kakao's are. */
const MAY_BE_TOKEN = /access_?token|kakao_?token|[\w-]{40,2000}/gi;

/**
 * Whether a page sent its own server something after a token was issued that may be the token: the recorder left out what
 * was sent, or the token. What a page only reports, as analytics do, is none.
 */
export function mayHandToken(entry: HarEntry, origin: string | null, history: HarHistory): boolean {
  if (origin === null || !maySendToken(entry, history)) return false;
  const isReport =
    /^(ping|beacon)$/.test(entry.resourceType ?? '') ||
    headerOf(entry, 'sec-fetch-mode') === 'no-cors';
  return !isReport && registeredDomain(entry.url.origin) === registeredDomain(origin);
}

/** Whether a request sends what may be a token of a login before it, in the file or before that. */
function maySendToken(entry: HarEntry, history: HarHistory): boolean {
  const { tokens, hasUnknownToken, latestTarget, seenCodes } = history;
  if (hasUnknownToken) return entry.mayHideToken || sendsUnknown(entry, history);
  if (tokens.size > 0) return entry.mayHideToken;
  // The file may begin after a login that another file shows.
  return latestTarget === null && seenCodes.size === 0 && sendsNamedToken(entry);
}

/** A token with its name before it, which has no dots as a site's own often have. */
const NAMED_TOKEN = /(?:access_?token|kakao_?token)\W{1,8}[\w-]{20,2000}(?![\w.-])/i;
/** What a bearer's token of Kakao's looks like. */
const LIKE_KAKAOS = /^[\w-]{40,200}$/;

/** Whether a request sends what its name, or its form in the header, says may be an access token of Kakao's. */
function sendsNamedToken({ sentText, url, bearer }: HarEntry): boolean {
  const told = [sentText ?? '', url.search].map(withoutEscapes);
  return LIKE_KAKAOS.test(bearer ?? '') || told.some((text) => NAMED_TOKEN.test(text));
}

/** Whether a request sends what may be a token that the recorder left out, and is none of the codes that came. */
function sendsUnknown({ sentText, url }: HarEntry, { seenCodes }: HarHistory): boolean {
  return [sentText ?? '', percentDecoded(url.search)].some((told) =>
    told.match(MAY_BE_TOKEN)?.some((word) => !seenCodes.has(word)),
  );
}

/** How many texts without a token are remembered. */
const MOST_REMEMBERED = 2000;

/** Those of the tokens issued so far that a text holds, as they are or in base64. */
function tokensIn(text: string, { tokens, tokenLengths, withoutToken }: HarHistory): string[] {
  if (withoutToken.get(text) === tokens.size) return [];
  const ends = (word: string) => Array.from({ length: MOST_BEFORE }, (_, i) => word.slice(i));
  const texts = new Set([text, withoutEscapes(text)]);
  const words = [...texts].flatMap((told) => told.match(WORD) ?? []);
  const found = [
    ...words.flatMap((word) => withoutStuck(word, tokenLengths)),
    ...encodedWords(text).flatMap(ends),
  ].filter((word) => tokens.has(word));
  if (found.length) return found;
  if (withoutToken.size >= MOST_REMEMBERED) withoutToken.clear();
  withoutToken.set(text, tokens.size);
  return [];
}

/** Shorter words are no token of Kakao's with something stuck to it. */
const LEAST_STUCK = 24;
/** How many letters may stick to a token's end. */
const MOST_BEHIND = 3;

/**
 * A word, and what of it is as long as a token: a site may put a name before that, and in a binary body its length and the
 * mark of what follows are bytes that may look like letters.
 */
function withoutStuck(word: string, tokenLengths: ReadonlySet<number>): string[] {
  const found = [word];
  if (word.length < LEAST_STUCK) return found;
  for (const length of tokenLengths)
    for (let end = word.length; end >= word.length - MOST_BEHIND; end -= 1)
      if (end >= length && end - length <= MOST_BEFORE) found.push(word.slice(end - length, end));
  return found;
}

/** A character in percent-encoding, which may be encoded itself, or escaped as JSON does it. */
const ESCAPE = /%(?:25)*[\da-f]{2}|\\(?:[bfnrt]|u[\da-f]{4})/gi;

/** A text with a space for each escaped character: the letters of its escape (`%3A`, `\n`) would stick to the token behind it. */
export function withoutEscapes(text: string): string {
  return /[%\\]/.test(text) ? text.replace(ESCAPE, ' ') : text;
}

/** The words of all that a text may hold in base64. */
function encodedWords(text: string): string[] {
  const decoded = ENCODED.flatMap((word) => percentDecoded(text).match(word) ?? []).map(decodeWord);
  return decoded.flatMap((told) => told.match(WORD) ?? []);
}

/** A text without percent-encoding, which hides characters of base64; as it is where that is malformed. */
function percentDecoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What a word says that may be base64; an incomplete end is left out. */
function decodeWord(word: string): string {
  return decodeBase64(word.length % 4 === 1 ? word.slice(0, -1) : word);
}
