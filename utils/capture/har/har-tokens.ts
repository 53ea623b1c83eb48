import { headerOf, type HarEntry } from './har-entry.ts';
import type { HarHistory } from './har-page.ts';

/** The access token of a token response's body; null where there is none. */
export function accessTokenOf(body: string | null): string | null {
  return body?.match(/"access_token"\s*:\s*"([^"]{4,2000})"/)?.[1] ?? null;
}

/** The token of a request's Authorization header; null where there is none. */
export function bearerOf(entry: HarEntry): string | null {
  return /^bearer (\S+)/i.exec(headerOf(entry, 'authorization') ?? '')?.[1] ?? null;
}

/** What may be a token, in an address, a header or a body. */
const WORD = /[\w-]{4,2000}/g;

/** A token in a token response, or in what SDK v1's popup hands to its page, where quotes and colons are encoded. */
const ISSUED = /(?:access|refresh)_token(?:"|%22)(?:\s*:\s*|%3A)(?:"|%22)([\w-]{4,2000})/gi;

/** The access and refresh tokens that an answer of Kakao's issues. */
export function issuedTokens(body: string | null): string[] {
  return [...(body ?? '').matchAll(ISSUED)].flatMap(([, token]) => token ?? []);
}

/** Whether a request carries a token that Kakao issued earlier in the file: in its address, a header or its body. */
export function handsToken(entry: HarEntry, { tokens }: HarHistory): boolean {
  if (tokens.size === 0) return false;
  const bearer = bearerOf(entry);
  if (bearer && tokens.has(bearer)) return true;
  const { pathname, search } = entry.url;
  const headers = entry.requestHeaders.map((header) => header.value);
  return [pathname, search, entry.form ?? '', ...headers].some((told) =>
    told.match(WORD)?.some((word) => tokens.has(word)),
  );
}
