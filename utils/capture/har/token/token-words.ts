import { decodeBase64 } from '../../../model/base64.ts';

/** The tokens that texts are searched for. Compared in memory and never stored. */
export interface KnownTokens {
  tokens: Pick<ReadonlySet<string>, 'has' | 'size'>;
  /** How long these are: Kakao's differ little. */
  tokenLengths: ReadonlySet<number>;
  /** Texts in which no token was found, such as a cookie of every request, and how many tokens there were then. */
  withoutToken: Map<string, number>;
}

/** What may be a token, in an address, a header or a body. */
const WORD = /[\w-]{4,2000}/g;

/** What may be base64 that holds a token, in either of its alphabets; a slash may also be an address's. */
const ENCODED = [/[\w+/-]{20,}/g, /[\w-]{20,}/g];

/** How many characters may stand right before a token. */
const MOST_BEFORE = 32;

/** How many texts without a token are remembered. */
const MOST_REMEMBERED = 2000;

/** Those of the known tokens that a text holds, as they are or in base64. */
export function tokensIn(
  text: string,
  { tokens, tokenLengths, withoutToken }: KnownTokens,
): string[] {
  // What holds a token, in base64 or not, is no shorter.
  if (text.length < Math.min(...tokenLengths)) return [];
  if (withoutToken.get(text) === tokens.size) return [];
  const ends = (word: string) => Array.from({ length: MOST_BEFORE }, (_, i) => word.slice(i));
  const texts = new Set([text, withoutEscapes(text)]);
  const words = [...texts].flatMap((one) => one.match(WORD) ?? []);
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
  return decoded.flatMap((one) => one.match(WORD) ?? []);
}

/** A text without percent-encoding, which hides characters of base64; as it is where that is malformed. */
export function percentDecoded(text: string): string {
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
