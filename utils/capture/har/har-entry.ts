import { endpointOf, isKakaoHost, type Endpoint } from '../../kakao/endpoints.ts';
import { isGzip } from './gunzip.ts';
import { hasUsableOrigin, parseUrl } from '../../model/url.ts';
import { methodOf } from '../reduce-url.ts';
import { DAY_MS, MINUTE_MS } from '../../model/time.ts';

/** Names are in lower case. */
type Headers = readonly { name: string; value: string }[];

/** A HAR 1.2 entry as far as it is read. Exporters differ and leave things out, so each field has a value for "unknown". */
export interface HarEntry {
  /** Start and end of the request, epoch ms. */
  at: number;
  done: number;
  pageref: string | null;
  /** Who sent it, as far as a proxy's recording of several devices tells: user agent and address. */
  sender: string;
  resourceType: string | null;
  cached: boolean;
  /** A service worker, or a cache on the way, may have answered in the place of the host. */
  maybeCached: boolean;
  method: string;
  url: URL;
  /** Of the URL. */
  origin: string;
  /** It was sent to Kakao, and to which of its endpoints. */
  isToKakao: boolean;
  endpoint: Endpoint | null;
  form: string | null;
  /** 0 where no answer came. */
  status: number;
  /** Absolute target of a redirect; null where there is none. */
  location: string | null;
  mimeType: string;
  body: string | null;
  /** The body where the recorder left it packed; `body` is null then. */
  gzip: Uint8Array<ArrayBuffer> | null;
  requestHeaders: Headers;
  responseHeaders: Headers;
}

const MAX_DURATION_MS = DAY_MS;
const EARLIEST_START = Date.UTC(2000, 0);
const LATEST_START = Date.UTC(2100, 0);

type Json = Record<string, unknown>;
const objectOf = (value: unknown): Json =>
  typeof value === 'object' && value !== null ? (value as Json) : {};
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Reads one entry of any shape; null where it does not say what was requested, or when. Never throws. */
export function readHarEntry(value: unknown): HarEntry | null {
  const entry = objectOf(value);
  const request = objectOf(entry['request']);
  const response = objectOf(entry['response']);
  const content = objectOf(response['content']);
  const url = parseUrl(textOf(request['url']));
  const at = startOfEntry(value);
  if (!url || !/^https?:$/.test(url.protocol) || !hasUsableOrigin(url) || at === null) return null;
  const isToKakao = isKakaoHost(url.host);
  const took = typeof entry['time'] === 'number' ? Math.round(entry['time']) : 0;
  const status = numberOf(response['status']);
  const responseHeaders = headerList(response['headers']);
  const read: HarEntry = {
    at,
    done: at + (took > 0 ? Math.min(took, MAX_DURATION_MS) : 0),
    pageref: pagerefOf(entry),
    sender: '',
    resourceType: textOf(entry['_resourceType']),
    cached: isFromCache(entry, response),
    maybeCached: mayBeFromCache(entry, response) || isAged(responseHeaders),
    method: methodOf(textOf(request['method']) ?? 'GET'),
    url,
    origin: url.origin,
    isToKakao,
    endpoint: isToKakao ? endpointOf(url) : null,
    form: formOf(objectOf(request['postData'])),
    status: isHttpStatus(status) ? status : 0,
    location: null,
    mimeType: textOf(content['mimeType']) ?? '',
    ...bodyOf(content),
    requestHeaders: headerList(request['headers']),
    responseHeaders,
  };
  read.sender = `${textOf(entry['clientIPAddress']) ?? ''} ${headerOf(read, 'user-agent') ?? ''}`;
  const target = textOf(response['redirectURL']) || headerOf(read, 'location', 'response');
  if (isRedirect(read) && target) read.location = URL.parse(target, url.href)?.href ?? null;
  return read;
}

/** A clock that is set back within a recording jumps at least this far: the order in a file may differ by less. */
const JUMP_MS = MINUTE_MS;
/** The share of entries that may stand behind a later one in a file that is in order. */
const MOST_BACK = 0.1;

/**
 * Sorts entries of any shape by their start; those that do not say it are left out. Where a page's entries once jump back
 * in a file that is in order otherwise, the clock did, and what follows stays behind what came before.
 */
export function inOrderOfStart(entries: readonly unknown[]): unknown[] {
  const started = entries.flatMap((entry) => {
    const at = startOfEntry(entry);
    return at === null ? [] : [{ entry, at }];
  });
  const jump = findClockJump(started);
  const parts = jump === null ? [started] : [started.slice(0, jump), started.slice(jump)];
  return parts.flatMap((part) => part.sort((a, b) => a.at - b.at)).map(({ entry }) => entry);
}

/** The place of the first entry after the clock was set back, in the order of the file; null where it was not. */
function findClockJump(started: readonly { entry: unknown; at: number }[]): number | null {
  const steps = started.map(({ at }, i) => at - (started[i - 1]?.at ?? at));
  const back = steps.filter((step) => step < 0);
  const [jump, ...others] = steps.flatMap((step, i) => (step < -JUMP_MS ? [i] : []));
  // Most recorders write in the order of the start; one that writes backwards goes back all the time.
  const isInOrder = back.length <= 1 + steps.length * MOST_BACK;
  if (jump === undefined || others.length || !isInOrder) return null;
  // Of two recordings in one file, either may come first.
  const [before, after] = [jump - 1, jump].map((i) => pagerefOf(started[i]?.entry));
  return after && after === before ? jump : null;
}

/** Reads the entries that can be read one by one: all of them at once would take several times the memory. */
export function* readEntries(entries: readonly unknown[]): Generator<HarEntry> {
  for (const value of entries) {
    const entry = readHarEntry(value);
    if (entry) yield entry;
  }
}

/** The name of the page that an entry of any shape was made for; null where it does not say. */
export function pagerefOf(value: unknown): string | null {
  return textOf(objectOf(value)['pageref']);
}

/** Returns when an entry of any shape started, in epoch ms; null where it does not say, or says an absurd time. */
export function startOfEntry(value: unknown): number | null {
  const at = Date.parse(textOf(objectOf(value)['startedDateTime']) ?? '');
  return at >= EARLIEST_START && at <= LATEST_START ? at : null;
}

/** Tells whether a value is a status as a report may hold it. */
function isHttpStatus(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 999;
}

/** A number, also where a recorder writes it as text. */
function numberOf(value: unknown): number {
  return typeof value === 'string' && /^\d{1,3}$/.test(value.trim())
    ? Number(value)
    : typeof value === 'number'
      ? value
      : 0;
}

/** Whether the browser answered from a cache of its own, by the marks of Chromium, Safari and Firefox. */
function isFromCache(entry: Json, response: Json): boolean {
  const fetchType = textOf(entry['_fetchType']) ?? textOf(response['_fetchType']) ?? '';
  const workerSource = textOf(response['_serviceWorkerResponseSource']) ?? '';
  const cache = objectOf(entry['cache']);
  const before = objectOf(cache['beforeRequest']);
  const after = objectOf(cache['afterRequest']);
  const wasHit = (state: Json) => Number(state['hitCount']) > 0;
  return (
    Boolean(entry['_fromCache']) ||
    /cache/i.test(fetchType) ||
    /cache/i.test(workerSource) ||
    Boolean(response['_responseCacheStorageCacheName']) ||
    wasHit(before) ||
    wasHit(after)
  );
}

/** Whether a service worker answered, by the marks of Safari and Chromium: it may have asked the host, or not. */
function mayBeFromCache(entry: Json, response: Json): boolean {
  const fetchType = textOf(entry['_fetchType']) ?? textOf(response['_fetchType']) ?? '';
  const workerSource = textOf(response['_serviceWorkerResponseSource']) ?? '';
  return /service worker/i.test(fetchType) || /fallback/i.test(workerSource);
}

/** Whether a cache on the way says how long it has had the answer. */
function isAged(responseHeaders: Headers): boolean {
  return responseHeaders.some((h) => h.name === 'age' && Number(h.value) > 0);
}

function headerList(value: unknown): Headers {
  const headers: { name: string; value: string }[] = [];
  if (!Array.isArray(value)) return headers;
  for (const item of value) {
    const { name, value: text } = objectOf(item);
    if (typeof name === 'string' && typeof text === 'string')
      headers.push({ name: name.toLowerCase(), value: text });
  }
  return headers;
}

/** The names and values of a list of form fields that have both. */
function fieldList(value: readonly unknown[]): [string, string][] {
  return value.flatMap((item): [string, string][] => {
    const { name, value: text } = objectOf(item);
    return typeof name === 'string' && typeof text === 'string' ? [[name, text]] : [];
  });
}

function formOf(postData: Json): string | null {
  const text = textOf(postData['text']);
  if (text !== null || !Array.isArray(postData['params'])) return text;
  return new URLSearchParams(fieldList(postData['params'])).toString();
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

/** Tells whether the response redirects the browser. */
export function isRedirect(entry: HarEntry): boolean {
  return entry.status >= 300 && entry.status < 400 && entry.status !== 304;
}

/** Lists the values of all request (or response) headers of a name, which is given in lower case. */
export function headersOf(entry: HarEntry, name: string, of: 'request' | 'response'): string[] {
  const headers = of === 'request' ? entry.requestHeaders : entry.responseHeaders;
  return headers.filter((h) => h.name === name).map((h) => h.value);
}

/** Gives the value of the first request (or response) header of a name in lower case; null where there is none. */
export function headerOf(
  entry: HarEntry,
  name: string,
  of: 'request' | 'response' = 'request',
): string | null {
  const headers = of === 'request' ? entry.requestHeaders : entry.responseHeaders;
  return headers.find((h) => h.name === name)?.value ?? null;
}
