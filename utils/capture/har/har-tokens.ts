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

/** Whether a request carries an access token that Kakao issued earlier in the file, in its header, address or form. */
export function handsToken(entry: HarEntry, { tokens }: HarHistory): boolean {
  if (tokens.size === 0) return false;
  const bearer = bearerOf(entry);
  if (bearer && tokens.has(bearer)) return true;
  const told = `${entry.url.search} ${entry.form ?? ''}`;
  if (!/token/i.test(told)) return false;
  return [...tokens.keys()].some(
    (token) => told.includes(token) || told.includes(encodeURIComponent(token)),
  );
}
