import { endpointOf, isKakaoHost } from '../../../kakao/endpoints.ts';
import { listOf, objectOf, textOf, type Json } from '../../../model/json.ts';
import { DAY_MS } from '../../../model/time.ts';
import { isUsableOrigin, parseUrl } from '../../../model/url.ts';
import { mayBeKept } from '../../kept-answer.ts';
import { methodOf } from '../../reduce-url.ts';
import { isGzip } from './gunzip.ts';
import { headerOf, isRedirect, type HarEntry } from './har-entry.ts';
import { fieldList } from './har-headers.ts';
import { isSendingLeftOut, numberOf, pagerefOf, sentTextOf, startOfEntry } from './raw-entry.ts';
import { isBodySealed } from './sealed-body.ts';
import { whoAnswered } from './who-answered.ts';

/** The form of a request that sent none. */
const NO_FIELDS = new URLSearchParams();
/** No request lasts longer. */
const MAX_DURATION_MS = DAY_MS;

/** An entry of any shape whose start was read. */
export interface StartedEntry {
  entry: unknown;
  /** When it started, epoch ms. */
  at: number;
  /** The least ms by which its recorder's instants differ. */
  clockStep: number;
  /** Which of several recordings in one file it is of, from 0. */
  part: number;
}

/** Reads one entry of any shape; null where it does not say what was requested, or when. Never throws. */
export function readHarEntry(value: unknown): HarEntry | null {
  const at = startOfEntry(value);
  return at === null ? null : readStarted({ entry: value, at, clockStep: 1, part: 0 });
}

/**
 * Reads an entry whose start was read; null where it does not say what was requested. By a clock of whole seconds, what
 * began in a second did not last beyond its start for what began in the same second. Never throws.
 */
export function readStarted({ entry: value, at, clockStep, part }: StartedEntry): HarEntry | null {
  const entry = objectOf(value);
  const request = objectOf(entry['request']);
  const response = objectOf(entry['response']);
  const content = objectOf(response['content']);
  const url = parseUrl(textOf(request['url']));
  if (!url || !isWeb(url)) return null;
  const { origin } = url;
  if (!isUsableOrigin(origin)) return null;
  const isToKakao = isKakaoHost(url.host);
  const status = numberOf(response['status']);
  const responseHeaders = listOf(response['headers']);
  const { cached, maybeCached } = whoAnswered(entry, response);
  const { body, gzip } = bodyOf(content);
  const sentText = sentTextOf(objectOf(request['postData']));
  const read: HarEntry = {
    at,
    done: at + durationOf(entry, clockStep),
    pageref: pagerefOf(entry),
    part,
    clientAddress: textOf(entry['clientIPAddress']),
    resourceType: textOf(entry['_resourceType']),
    cached,
    maybeCached: maybeCached || (isToKakao && mayBeKept(fieldList(responseHeaders))),
    method: methodOf(textOf(request['method']) ?? 'GET'),
    url,
    origin,
    isToKakao,
    endpoint: isToKakao ? endpointOf(url) : null,
    sentText,
    form: sentText ? new URLSearchParams(sentText) : NO_FIELDS,
    sentSize: numberOf(request['bodySize']),
    bearer: null,
    mayHideToken: !isToKakao && mayHideToken(request),
    status: isHttpStatus(status) ? status : 0,
    error: textOf(response['_error']),
    location: null,
    mimeType: textOf(content['mimeType']) ?? '',
    body,
    gzip,
    requestHeaders: listOf(request['headers']),
    responseHeaders,
  };
  read.bearer = bearerOf(read);
  if (isRedirect(read)) read.location = redirectTargetOf(read, response);
  return read;
}

/** Reads the entries that can be read one by one: all of them at once would take several times the memory. */
export function* readEntries(inOrder: readonly StartedEntry[]): Generator<HarEntry> {
  for (const started of inOrder) {
    const read = readStarted(started);
    if (read) yield read;
  }
}

/** The token of the Authorization header; a call to Kakao may carry it in its address or its form instead (RFC 6750). */
function bearerOf(entry: HarEntry): string | null {
  const token = /^bearer (\S+)/i.exec(headerOf(entry, 'authorization') ?? '')?.[1];
  if (token !== undefined || entry.endpoint !== 'api') return token ?? null;
  return entry.url.searchParams.get('access_token') ?? entry.form.get('access_token');
}

/** How long an entry lasted, in ms, by a clock of such steps. */
function durationOf(entry: Json, clockStep: number): number {
  const time = typeof entry['time'] === 'number' ? entry['time'] : 0;
  const took = wholeSteps(time - connectedBefore(objectOf(entry['timings'])), clockStep);
  return took > 0 ? Math.min(took, MAX_DURATION_MS) : 0;
}

/** A time in ms, to the ms, or to the whole steps that are in it. */
function wholeSteps(ms: number, step: number): number {
  return step === 1 ? Math.round(ms) : Math.floor(ms / step) * step;
}

/** How much of its time an entry was connecting before its start, in ms: mitmproxy counts that in, and knows no `dns`. */
function connectedBefore(timings: Json): number {
  if ('dns' in timings || 'blocked' in timings) return 0;
  return Math.max(0, numberOf(timings['connect'])) + Math.max(0, numberOf(timings['ssl']));
}

function isWeb({ protocol }: URL): boolean {
  return protocol === 'https:' || protocol === 'http:';
}

/** Where a response redirects the browser to; null where it does not say. */
function redirectTargetOf(read: HarEntry, response: Json): URL | null {
  const target = textOf(response['redirectURL']) || headerOf(read, 'location', 'response');
  return target ? resolveUrl(target, read.url) : null;
}

/** The target of a redirect from a page. One with scheme and host does not depend on where it stands. */
function resolveUrl(target: string, page: URL): URL | null {
  return /^https?:\/\//.test(target) ? URL.parse(target) : URL.parse(target, page.href);
}

/** Whether a request to a site may have had a token that the recording does not show. */
function mayHideToken(request: Json): boolean {
  const { mayHideToken: isKnown } = request;
  if (typeof isKnown === 'boolean') return isKnown;
  return isSendingLeftOut(request) || isBodySealed(request);
}

/** Whether a number is a status as a report may hold it. */
function isHttpStatus(status: number): boolean {
  return Number.isInteger(status) && status >= 0 && status <= 999;
}

/** The body of an answer, unpacked where the recorder wrote it as base64; both null where it cannot be read. */
function bodyOf(content: Json): Pick<HarEntry, 'body' | 'gzip'> {
  const text = textOf(content['text']);
  if (text === null || content['encoding'] !== 'base64')
    return { body: text?.replace(/^\uFEFF/, '') ?? null, gzip: null };
  try {
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    if (isGzip(bytes)) return { body: null, gzip: bytes };
    return { body: new TextDecoder().decode(bytes), gzip: null };
  } catch {
    return { body: null, gzip: null };
  }
}
