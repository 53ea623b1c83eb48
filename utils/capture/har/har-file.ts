import { JSONParser } from '@streamparser/json';
import { isKakaoHost } from '../../kakao/endpoints.ts';
import { readHarEntry, startOfEntry } from './har-entry.ts';
import { parseUrl } from '../../model/url.ts';

/** A HAR file, as far as capture needs it. */
export interface HarFile {
  /** Entries that can say something of a login, without the parts that are never read. */
  entries: unknown[];
  /** The recorder's name as the file gives it: `Playwright 1.65.1, chromium 156`. */
  recorder: string;
}

/** The file is JSON but not a HAR. */
export class NotHarError extends Error {}

/** Up to so many bytes a file is parsed at once, which is many times faster than piece by piece. */
const MAX_WHOLE_BYTES = 100_000_000;

type Json = Record<string, unknown>;
const objectOf = (value: unknown): Json =>
  typeof value === 'object' && value !== null ? (value as Json) : {};
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Headers that capture reads of requests to hosts that are not Kakao's. */
const READ_HEADERS =
  /^(origin|referer|accept|location|server-timing|traceparent|sec-fetch-[a-z]+|content-type|user-agent)$/i;

/**
 * Reads a HAR file. One of more than `maxWholeBytes` is read chunk by chunk, so that it never lies in memory whole.
 * Throws NotHarError where the JSON is something else, and the parser's error where it is no JSON or ends too early.
 */
export async function readHarFile(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  maxWholeBytes = MAX_WHOLE_BYTES,
): Promise<HarFile> {
  const reader = createEntryReader();
  const beginning: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    beginning.push(chunk);
    if (size > maxWholeBytes) for (const part of beginning.splice(0)) reader.write(part);
  }
  if (size <= maxWholeBytes) {
    const value = tryParse(beginning);
    if (value) return parseHarFile(value.json);
    // The streaming parser says where the file stops being JSON.
    for (const part of beginning) reader.write(part);
  }
  return reader.end();
}

/** Parses JSON out of its bytes; null where it is none. */
function tryParse(parts: readonly Uint8Array[]): { json: unknown } | null {
  try {
    return { json: JSON.parse(new TextDecoder().decode(joinBytes(parts))) };
  } catch {
    return null;
  }
}

/** All bytes in one piece: decoded so, a text without foreign letters takes a byte a letter, and half the time to parse. */
function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let end = 0;
  for (const part of parts) {
    all.set(part, end);
    end += part.length;
  }
  return all;
}

/** Makes a reader that takes the bytes of a HAR piece by piece and keeps the relevant entries only. */
function createEntryReader(): { write: (chunk: Uint8Array) => void; end: () => HarFile } {
  const parser = new JSONParser({
    // The whole list is not asked for, since that would keep all of it in memory.
    paths: ['$.log.entries.*', '$.log.creator', '$.log.browser'],
    keepStack: false,
    stringBufferSize: 65_536,
  });
  const relevant = collectRelevantEntries();
  const recorders: Json = {};
  let found = false;
  let failure: Error | null = null;
  parser.onValue = ({ value, key, parent, stack }) => {
    if (stack.length < 3) recorders[String(key)] = value;
    else if (Array.isArray(parent)) {
      found = true;
      relevant.add(value);
    }
  };
  parser.onError = (error) => {
    failure ??= error;
  };
  return {
    write(chunk) {
      parser.write(chunk);
      if (failure) throw failure;
    },
    end() {
      if (!parser.isEnded) parser.end();
      if (failure) throw failure;
      // The parser says nothing of a list that is empty or missing.
      if (!found) throw new NotHarError();
      return { entries: relevant.all(), recorder: recorderOf(recorders) };
    },
  };
}

/** Reads a HAR out of JSON that is parsed already. Throws NotHarError. */
export function parseHarFile(value: unknown): HarFile {
  const log = objectOf(objectOf(value)['log']);
  const entries = log['entries'];
  if (!Array.isArray(entries)) throw new NotHarError();
  const relevant = collectRelevantEntries();
  for (const entry of entries) relevant.add(entry);
  return { entries: relevant.all(), recorder: recorderOf(log) };
}

function recorderOf(log: Json): string {
  return [log['creator'], log['browser']]
    .map((who) => {
      const { name, version } = objectOf(who);
      return [name, version].filter((s) => typeof s === 'string').join(' ');
    })
    .filter(Boolean)
    .join(', ')
    .replace(/[^\w .,+()/-]/g, '')
    .slice(0, 100);
}

const PAGE_DESTINATIONS = /^(document|iframe|frame)$/;

/** Tells whether an entry says nothing of a login: no page, not Kakao's, and its server told nothing. */
function isIrrelevant(lean: LeanEntry): boolean {
  const destination = headerOf(lean.request.headers, 'sec-fetch-dest');
  const isNoPage =
    typeof lean._resourceType === 'string' && lean._resourceType
      ? lean._resourceType !== 'document'
      : destination !== null && !PAGE_DESTINATIONS.test(destination);
  const mayHandToken = lean.request.postData !== undefined || lean.mayHandToken;
  const isTold =
    headerOf(lean.response.headers, 'server-timing') !== null ||
    headerOf(lean.request.headers, 'traceparent') !== null;
  return isNoPage && !mayHandToken && !isTold;
}

/** Collects the relevant entries, and of the others the first of each page, since tabs are named after it. */
function collectRelevantEntries(): { add: (entry: unknown) => void; all: () => unknown[] } {
  const kept: { index: number; entry: unknown }[] = [];
  const firsts = new Map<unknown, { index: number; at: number; entry: LeanEntry }>();
  let index = 0;
  let last: { index: number; end: number; entry: LeanEntry } | null = null;
  return {
    add(entry) {
      index += 1;
      const lean = leanEntry(entry);
      if (!lean || !isIrrelevant(lean)) {
        kept.push({ index, entry: lean ?? entry });
        return;
      }
      const end = endOf(lean);
      if ((!last || end > last.end) && readHarEntry(lean)) last = { index, end, entry: lean };
      const page = typeof lean.pageref === 'string' ? lean.pageref : null;
      const at = startOfEntry(lean);
      const first = firsts.get(page);
      if (at !== null && (!first || at < first.at) && readHarEntry(lean))
        firsts.set(page, { index, at, entry: lean });
    },
    all: () =>
      [
        ...kept,
        ...new Map([...firsts.values(), ...(last ? [last] : [])].map((e) => [e.index, e])).values(),
      ]
        .sort((a, b) => a.index - b.index)
        .map(({ entry }) => entry),
  };
}

interface LeanEntry {
  pageref: unknown;
  startedDateTime: unknown;
  time: unknown;
  mayHandToken: boolean;
  _resourceType: unknown;
  request: { headers: unknown; postData?: unknown };
  response: { headers: unknown };
}

/** Copies an entry without bodies and most headers; null for a request to Kakao, of which everything is needed. */
function leanEntry(value: unknown): LeanEntry | null {
  const entry = objectOf(value);
  const request = objectOf(entry['request']);
  const response = objectOf(entry['response']);
  const { url } = request;
  if (typeof url === 'string' && isToKakao(url)) return null;
  const { mimeType } = objectOf(response['content']);
  const handing = tokenParts(request);
  return {
    pageref: entry['pageref'],
    startedDateTime: entry['startedDateTime'],
    time: entry['time'],
    clientIPAddress: entry['clientIPAddress'],
    mayHandToken: handing !== null,
    _resourceType: entry['_resourceType'],
    _fromCache: entry['_fromCache'],
    _fetchType: entry['_fetchType'],
    cache: entry['cache'],
    request: {
      method: request['method'],
      url,
      headers: [...leanHeaders(request['headers']), ...(handing?.headers ?? [])],
      ...(handing?.postData ? { postData: handing.postData } : {}),
    },
    response: {
      status: response['status'],
      redirectURL: response['redirectURL'],
      _fetchType: response['_fetchType'],
      _serviceWorkerResponseSource: response['_serviceWorkerResponseSource'],
      _responseCacheStorageCacheName: response['_responseCacheStorageCacheName'],
      headers: leanHeaders(response['headers']),
      content: { mimeType },
    },
  } as LeanEntry;
}

/** An address of Kakao's as it is usually written. */
const PLAIN_KAKAO = /^https:\/\/k(?:api|auth)\.kakao\.com\//;

function isToKakao(url: string): boolean {
  return PLAIN_KAKAO.test(url) || (/kakao/i.test(url) && isKakaoHost(parseUrl(url)?.host ?? ''));
}

/** End of an entry, epoch ms. */
function endOf({ startedDateTime, time }: LeanEntry): number {
  return Date.parse(textOf(startedDateTime)) + (typeof time === 'number' && time > 0 ? time : 0);
}

const MAX_HANDED_BYTES = 20_000;

/** What may be or name a token, or hold it in base64: Kakao's have some 50 characters. */
const TOKEN_LIKE = /token|[\w-]{30}|[\w+/-]{40}/i;
const TOKEN_WORDS = /[\w+/-]{30,2000}/g;

/** Headers that browsers write themselves: no page can put a token there. */
const OF_THE_BROWSER = /^(:|user-agent$|accept|referer$|sec-|if-|host$|origin$|content-)/i;

/** Whether a header may hand a token: its name or its value says so. */
function mayHandIn(header: unknown): boolean {
  const name = textOf(objectOf(header)['name']);
  const value = textOf(objectOf(header)['value']);
  return /kakao|token/i.test(name) || (!OF_THE_BROWSER.test(name) && TOKEN_LIKE.test(value));
}

/** What of a text may be a token, or hold it: all of a short one. */
function handedText(text: string): string {
  if (text.length <= MAX_HANDED_BYTES) return text;
  return (text.match(TOKEN_WORDS) ?? []).join(' ').slice(0, MAX_HANDED_BYTES);
}

/** The parts of a request that may hand a token to a site's server; null where nothing looks like it. */
function tokenParts(request: Json): { headers: unknown[]; postData: unknown } | null {
  const headers = (Array.isArray(request['headers']) ? request['headers'] : []).filter(mayHandIn);
  const { text, mimeType, params } = objectOf(request['postData']);
  const told = typeof text === 'string' ? handedText(text) : null;
  const mayTell = told ? TOKEN_LIKE.test(told) : Array.isArray(params);
  const isInUrl = TOKEN_LIKE.test(textOf(request['url']).split('?')[1] ?? '');
  if (!headers.length && !mayTell && !isInUrl) return null;
  return { headers, postData: mayTell ? { text: told ?? undefined, mimeType, params } : null };
}

function leanHeaders(headers: unknown): unknown[] {
  if (!Array.isArray(headers)) return [];
  return headers.filter((h) => READ_HEADERS.test(textOf(objectOf(h)['name'])));
}

function headerOf(headers: unknown, name: string): string | null {
  if (!Array.isArray(headers)) return null;
  const found = headers.find((h) => textOf(objectOf(h)['name']).toLowerCase() === name);
  return found === undefined ? null : textOf(objectOf(found)['value']);
}
