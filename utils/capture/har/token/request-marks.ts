import { traceOf, tracesReported } from '../../back-end/trace-context.ts';
import { codeInAddress, secretOf } from '../../recorded-secret.ts';
import { headersOf, headerOf, mayBeKeptAnswer, type HarEntry } from '../entry/har-entry.ts';
import type { FactPlace } from '../har-history.ts';
import { namedTokenIn } from './handed-token.ts';

/** A browser's request to a site: where it was made, and since when (epoch ms) its server can have been at work on it. */
export interface MarkedRequest extends FactPlace {
  from: number;
  /** When the code that it brings came to the browser, epoch ms; null where it brings none. */
  codeAt: number | null;
}

/** By what a browser's request is known again in its server's records. Compared in memory and never stored. */
export interface RequestMarks {
  /** By W3C trace id; null where requests of several tabs share it. */
  traces: Map<string, MarkedRequest | null>;
  /** By the authorization code that it brought; null where several tabs brought it. */
  codes: Map<string, MarkedRequest | null>;
  /** By a token that it got for its code, and may hand to the server; null where several tabs got it. */
  tokens: Map<string, MarkedRequest | null>;
  /** By what it handed to its server as Kakao's token, by its name; null where several tabs did. */
  handed: Map<string, MarkedRequest | null>;
  /** How far Kakao's clock is ahead of the browser's recorder's in the whole file, in ms. */
  steadyAhead: number;
}

/** Marks of no request. */
export function createRequestMarks(): RequestMarks {
  return {
    traces: new Map(),
    codes: new Map(),
    tokens: new Map(),
    handed: new Map(),
    steadyAhead: 0,
  };
}

/** Notes by what an entry's request is known again. An answer out of a cache repeats the marks of an earlier one. */
export function noteMarks(marks: RequestMarks, entry: HarEntry, request: MarkedRequest): void {
  if (entry.isToKakao || entry.cached) return;
  const sent = traceOf(headerOf(entry, 'traceparent'));
  // An answer that a cache on the way kept tells the trace of whoever it was made for.
  const isKept = mayBeKeptAnswer(entry);
  const reported = isKept ? [] : tracesReported(headersOf(entry, 'server-timing', 'response'));
  for (const trace of [...(sent ? [sent] : []), ...reported]) note(marks.traces, trace, request);
  const token = secretOf(namedTokenIn(entry));
  if (token) note(marks.handed, token, request);
  const code = codeInAddress(entry.url);
  if (!code) return;
  // What came to several logins stands in the place of their codes.
  if (request.codeAt === null) marks.codes.set(code, null);
  else note(marks.codes, code, request);
}

/** Notes a token that a page's request got for a code which was seen to come. */
export function noteIssuedToken(marks: RequestMarks, token: string, request: MarkedRequest): void {
  if (secretOf(token) !== null && request.codeAt !== null) note(marks.tokens, token, request);
}

function note(map: Map<string, MarkedRequest | null>, mark: string, request: MarkedRequest): void {
  const known = map.get(mark);
  if (known === undefined) map.set(mark, request);
  else if (known?.tab !== request.tab || known.cookieStore !== request.cookieStore)
    map.set(mark, null);
  // A trace of several logins does not tell for which of their codes a token was issued.
  else if (request.codeAt !== null && request.codeAt !== known.codeAt)
    map.set(mark, { ...known, codeAt: null });
}
