import { endpointOf, isKakaoHost, type Endpoint } from '../../../kakao/endpoints.ts';
import { isGzip } from './gunzip.ts';
import { fieldList, headerIn, valueOf, type Headers } from './har-headers.ts';
import { listOf, objectOf, textOf, type Json } from '../../../model/json.ts';
import { isUsableOrigin, parseUrl } from '../../../model/url.ts';
import { mayBeKept } from '../../kept-answer.ts';
import { methodOf } from '../../reduce-url.ts';
import { isBodySealed } from './sealed-body.ts';
import { DAY_MS } from '../../../model/time.ts';

/** A HAR 1.2 entry as far as it is read. Exporters differ and leave things out, so each field has a value for "unknown". */
export interface HarEntry {
  /** Start and end of the request, epoch ms. */
  at: number;
  done: number;
  pageref: string | null;
  /** Which of several recordings in one file it is of, from 0. */
  part: number;
  /** The address that sent it, where a proxy tells. */
  clientAddress: string | null;
  resourceType: string | null;
  cached: boolean;
  /** A service worker, or a cache on the way to Kakao, may have answered in the place of the host. */
  maybeCached: boolean;
  method: string;
  url: URL;
  /** Of the URL. */
  origin: string;
  /** It was sent to Kakao, and to which of its endpoints. */
  isToKakao: boolean;
  endpoint: Endpoint | null;
  /** The body as it was sent, and its fields where it is a form; null, and none, where it is not known. */
  sentText: string | null;
  form: URLSearchParams;
  /** The token that it carries. */
  bearer: string | null;
  /** A site was sent what may have had a token: a body that was left out or that nobody can read, or a header left out. */
  mayHideToken: boolean;
  /** 0 where no answer came. */
  status: number;
  /** Why none came, by the browser's name for it; null where one came, or that is not known. */
  error: string | null;
  /** Target of a redirect; null where there is none. */
  location: URL | null;
  mimeType: string;
  body: string | null;
  /** The body where the recorder left it packed; `body` is null then. */
  gzip: Uint8Array<ArrayBuffer> | null;
  requestHeaders: Headers;
  responseHeaders: Headers;
}

const MAX_DURATION_MS = DAY_MS;
/** Nothing was recorded earlier, epoch ms. */
const EARLIEST_RECORDED = Date.UTC(2000, 0);
/** Nothing was recorded later, epoch ms. */
export const LATEST_RECORDED = Date.UTC(2100, 0);

/** An entry of any shape. */
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
  const time = typeof entry['time'] === 'number' ? entry['time'] : 0;
  const took = wholeSteps(time - connectedBefore(objectOf(entry['timings'])), clockStep);
  const status = numberOf(response['status']);
  const responseHeaders = listOf(response['headers']);
  const { body, gzip } = bodyOf(content);
  const sentText = sentTextOf(objectOf(request['postData']));
  const read: HarEntry = {
    at,
    done: at + (took > 0 ? Math.min(took, MAX_DURATION_MS) : 0),
    pageref: pagerefOf(entry),
    part,
    clientAddress: textOf(entry['clientIPAddress']),
    resourceType: textOf(entry['_resourceType']),
    cached: isFromCache(entry, response),
    maybeCached:
      mayBeFromCache(entry, response) || (isToKakao && mayBeKept(fieldList(responseHeaders))),
    method: methodOf(textOf(request['method']) ?? 'GET'),
    url,
    origin,
    isToKakao,
    endpoint: isToKakao ? endpointOf(url) : null,
    sentText,
    form: new URLSearchParams(sentText ?? ''),
    bearer: null,
    mayHideToken:
      !isToKakao &&
      (isBodyLeftOut(request) || isBodySealed(request) || request['mayHideToken'] === true),
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
  if (isRedirect(read)) {
    const target = textOf(response['redirectURL']) || headerOf(read, 'location', 'response');
    if (target) read.location = resolveUrl(target, url);
  }
  return read;
}

/** The token of the Authorization header; a call to Kakao may carry it in its address or its form instead (RFC 6750). */
function bearerOf(entry: HarEntry): string | null {
  const told = /^bearer (\S+)/i.exec(headerOf(entry, 'authorization') ?? '')?.[1];
  if (told !== undefined || entry.endpoint !== 'api') return told ?? null;
  return entry.url.searchParams.get('access_token') ?? entry.form.get('access_token');
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

/** The target of a redirect from a page. One with scheme and host does not depend on where it stands. */
function resolveUrl(target: string, page: URL): URL | null {
  return /^https?:\/\//.test(target) ? URL.parse(target) : URL.parse(target, page.href);
}

/** Who sent an entry, as far as a proxy's recording of several devices tells: address and user agent. */
export function senderOf(entry: HarEntry): string {
  return `${entry.clientAddress ?? ''} ${headerOf(entry, 'user-agent') ?? ''}`;
}

/** Whether an entry is a call: its answer may name a user, who has to be hashed. */
export function isCall({ endpoint, method }: HarEntry): boolean {
  return (endpoint === 'token' || endpoint === 'api') && method !== 'OPTIONS';
}

/** Whether a page's script sent an entry: browsers name the page. Node's `fetch` tells its mode as they do, and no more. */
export function isSentByPage(entry: HarEntry): boolean {
  return ['origin', 'sec-fetch-site', 'sec-fetch-dest'].some((n) => headerOf(entry, n) !== null);
}

/** Whether the address of an entry of any shape names Kakao at all: most are none of its, and need not be read. */
export function mayBeToKakao(value: unknown): boolean {
  return /kakao/i.test(textOf(objectOf(objectOf(value)['request'])['url']) ?? '');
}

/** Reads the entries that can be read one by one: all of them at once would take several times the memory. */
export function* readEntries(inOrder: readonly StartedEntry[]): Generator<HarEntry> {
  for (const started of inOrder) {
    const read = readStarted(started);
    if (read) yield read;
  }
}

/** The name of the page that an entry of any shape was made for; null where it does not say. */
export function pagerefOf(value: unknown): string | null {
  return textOf(objectOf(value)['pageref']);
}

/** Returns when an entry of any shape started, in epoch ms; null where it does not say, or says an absurd time. */
export function startOfEntry(value: unknown): number | null {
  return instantOf(textOf(objectOf(value)['startedDateTime']));
}

/** Reads a date and time in any form, in epoch ms; null where there is none, or an absurd one. */
export function instantOf(text: string | null): number | null {
  const at = Date.parse(text ?? '');
  return at >= EARLIEST_RECORDED && at <= LATEST_RECORDED ? at : null;
}

/** Tells whether a number is a status as a report may hold it. */
function isHttpStatus(status: number): boolean {
  return Number.isInteger(status) && status >= 0 && status <= 999;
}

/** A number, also where a recorder writes it as text. */
function numberOf(value: unknown): number {
  return typeof value === 'string' && /^\d{1,3}$/.test(value.trim())
    ? Number(value)
    : typeof value === 'number'
      ? value
      : 0;
}

/** Whether the browser answered without asking the host, by the marks of Chromium, Safari, Firefox and Playwright. */
function isFromCache(entry: Json, response: Json): boolean {
  const { fetchType, workerSource } = whoAnswered(entry, response);
  const cacheNames = [entry, response].map((told) => told['_responseCacheStorageCacheName']);
  return (
    Boolean(entry['_fromCache']) ||
    // A test answered in Kakao's place: Playwright's `route.fulfill`.
    Boolean(entry['_wasFulfilled']) ||
    // Safari's local overrides are such answers, too.
    /cache|override/i.test(fetchType) ||
    /cache/i.test(workerSource) ||
    cacheNames.some(Boolean) ||
    wasHit(objectOf(entry['cache'])['afterRequest'])
  );
}

function wasHit(state: unknown): boolean {
  return Number(objectOf(state)['hitCount']) > 0;
}

/**
 * Whether a service worker answered, by the marks of Safari and Chromium, or a cache had an answer before the request: either
 * may have asked the host, or not.
 */
function mayBeFromCache(entry: Json, response: Json): boolean {
  const { fetchType, workerSource } = whoAnswered(entry, response);
  const isByWorker = [entry, response].some((told) => told['_fetchedViaServiceWorker'] === true);
  return (
    (workerSource === '' && isByWorker) ||
    /service worker/i.test(fetchType) ||
    /fallback/i.test(workerSource) ||
    wasHit(objectOf(entry['cache'])['beforeRequest'])
  );
}

/** Who answered, in Safari's words, and where a service worker had its answer from, in Chromium's; empty where none says. */
function whoAnswered(entry: Json, response: Json): { fetchType: string; workerSource: string } {
  const told = (name: string) => textOf(entry[name]) ?? textOf(response[name]) ?? '';
  return { fetchType: told('_fetchType'), workerSource: told('_serviceWorkerResponseSource') };
}

/** The value of the first response header of a name, given in lower case, of an entry of any shape; null where there is none. */
export function answerHeaderOf(value: unknown, name: string): string | null {
  return headerIn(listOf(objectOf(objectOf(value)['response'])['headers']), name);
}

/** What was sent, out of its fields where the recorder took it apart; null where it does not say. */
function sentTextOf(postData: Json): string | null {
  const text = textOf(postData['text']);
  if (text || !Array.isArray(postData['params'])) return text;
  return new URLSearchParams(fieldList(postData['params'])).toString();
}

/** Whether a request of any shape had a body that the recorder left out. Of files that are sent it always leaves out some. */
export function isBodyLeftOut(request: Json): boolean {
  if (!/^(POST|PUT|PATCH)$/i.test(textOf(request['method']) ?? '')) return false;
  if (sentTextOf(objectOf(request['postData']))) return false;
  const told = (name: string) => headerIn(listOf(request['headers']), name) ?? '';
  const type = told('content-type');
  const length = told('content-length');
  const size = Math.max(numberOf(request['bodySize']), Number(length) || 0);
  // Where nothing says how much was sent, only what is sent has a type.
  const isSizeUnknown = length === '' && numberOf(request['bodySize']) < 0 && type !== '';
  return (size > 0 || isSizeUnknown) && !type.startsWith('multipart/');
}

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

/** The fields of a token request: of its form, or of its address where there is none. */
export function fieldsOf({ sentText, form, url }: HarEntry): URLSearchParams {
  return sentText === null ? url.searchParams : form;
}

/** Tells whether the response redirects the browser. */
export function isRedirect(entry: HarEntry): boolean {
  return entry.status >= 300 && entry.status < 400 && entry.status !== 304;
}

/** Lists the values of all request (or response) headers of a name, which is given in lower case. */
export function headersOf(entry: HarEntry, name: string, of: 'request' | 'response'): string[] {
  const headers = of === 'request' ? entry.requestHeaders : entry.responseHeaders;
  return headers.flatMap((header) => valueOf(header, name) ?? []);
}

/** Whether a cache on the way may have kept an entry's answer. */
export function mayBeKeptAnswer({ responseHeaders }: HarEntry): boolean {
  return mayBeKept(fieldList(responseHeaders));
}

/** All that a request says: its path, its query, what it sends, and the values of its headers. */
export function textsOf({ url, sentText, requestHeaders }: HarEntry): string[] {
  const headers = fieldList(requestHeaders).map(([, value]) => value);
  return [url.pathname, url.search, sentText ?? '', ...headers];
}

/** Gives the value of the first request (or response) header of a name in lower case; null where there is none. */
export function headerOf(
  entry: HarEntry,
  name: string,
  of: 'request' | 'response' = 'request',
): string | null {
  return headerIn(of === 'request' ? entry.requestHeaders : entry.responseHeaders, name);
}
