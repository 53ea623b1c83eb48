import { isKakaoAddress, isKakaoHost } from '../../kakao/endpoints.ts';
import { listOf, objectOf, textOf, type Json } from '../../model/json.ts';
import { CACHE_HEADER } from '../kept-answer.ts';
import { parseUrl } from '../../model/url.ts';
import { withoutEscapes } from './handed-token.ts';
import { isBodyLeftOut, readHarEntry, startOfEntry } from './har-entry.ts';
import { headerIn, type Headers } from './har-headers.ts';
import { JUMP_MS } from './har-order.ts';
import { isOfSdk, isUnfiltered } from './hidden-requests.ts';
import { createSanitizedExport, isSentByChromesPage, type Sending } from './sanitized-export.ts';
import { isBodySealed } from './sealed-body.ts';
import { socketRequests } from './socket-requests.ts';

/** Headers that capture reads of requests to hosts that are not Kakao's. */
const READ_HEADERS =
  /^(origin|referer|accept|location|server-timing|traceparent|sec-fetch-[a-z]+|content-type|user-agent|age)$/i;

const PAGE_DESTINATIONS = /^(document|iframe|frame)$/;

/** Tells whether an entry says nothing of a login: no page, not Kakao's, it hands no token over, and its server told nothing. */
function isIrrelevant(lean: LeanEntry): boolean {
  const destination = headerIn(lean.request.headers, 'sec-fetch-dest');
  const isNoPage =
    typeof lean._resourceType === 'string' && lean._resourceType
      ? lean._resourceType !== 'document'
      : destination !== null && !PAGE_DESTINATIONS.test(destination);
  const mayHandToken = lean.request.postData !== undefined || lean.mayHandToken;
  const isTold =
    headerIn(lean.response.headers, 'server-timing') !== null ||
    headerIn(lean.request.headers, 'traceparent') !== null;
  return isNoPage && !mayHandToken && !isTold;
}

/** What tells whether a file was filtered: the first entry of each kind is kept for that. */
const SIGNS_OF_A_FILTER = [isOfSdk, isUnfiltered];

/**
 * Collects the relevant entries, and of the others the first of each page, since tabs are named after it, the last one, those
 * between which the clock was set back, and those that tell whether the file was filtered.
 */
export function collectRelevantEntries(): { add: (entry: unknown) => void; all: () => unknown[] } {
  const kept = new Map<number, unknown>();
  const firsts = new Map<unknown, { index: number; at: number; entry: LeanEntry }>();
  const sanitized = createSanitizedExport();
  const signs = new Set(SIGNS_OF_A_FILTER);
  let index = 0;
  let last: { index: number; end: number; entry: LeanEntry } | null = null;
  let before: { index: number; at: number; entry: unknown } | null = null;
  const add = (entry: unknown): void => {
    index += 1;
    const lean = leanEntry(entry);
    const at = startOfEntry(entry);
    if (at !== null) {
      const one = { index, at, entry: lean ?? entry };
      if (before && at - before.at < -JUMP_MS)
        kept.set(before.index, before.entry).set(index, one.entry);
      before = one;
    }
    sanitized.note(entry, lean?.request ?? null);
    if (!lean || !isIrrelevant(lean)) {
      kept.set(index, lean ?? entry);
      return;
    }
    for (const isSign of signs)
      if (isSign(textOf(lean.request.url) ?? '') && readHarEntry(lean)) {
        signs.delete(isSign);
        kept.set(index, lean);
      }
    const end = endOf(lean);
    if ((!last || end > last.end) && readHarEntry(lean)) last = { index, end, entry: lean };
    const page = typeof lean.pageref === 'string' ? lean.pageref : null;
    const first = firsts.get(page);
    if (at !== null && (!first || at < first.at) && readHarEntry(lean))
      firsts.set(page, { index, at, entry: lean });
  };
  return {
    add(entry) {
      const sent = socketRequests(entry);
      for (const one of sent.length ? sent : [entry]) add(one);
    },
    all() {
      sanitized.mark();
      for (const one of [...firsts.values(), ...(last ? [last] : [])])
        kept.set(one.index, one.entry);
      return [...kept].sort(([a], [b]) => a - b).map(([, entry]) => entry);
    },
  };
}

/** What is kept of an entry, as far as this file reads it: the readers of entries find the rest. */
interface LeanEntry {
  pageref: unknown;
  startedDateTime: unknown;
  time: unknown;
  /** It may hand a token to a site's server. */
  mayHandToken: boolean;
  _resourceType: unknown;
  request: Sending & { url: unknown; headers: Headers; postData?: unknown };
  response: { headers: Headers };
}

/**
 * Copies an entry without the answer's body, most headers, and what was sent but for what may hand a token over; null for a
 * request to Kakao, of which everything is needed.
 */
function leanEntry(value: unknown): LeanEntry | null {
  const entry = objectOf(value);
  const request = objectOf(entry['request']);
  const response = objectOf(entry['response']);
  const { url } = request;
  if (typeof url === 'string' && isToKakao(url)) return null;
  const { mimeType } = objectOf(response['content']);
  const handing = tokenParts(request);
  const isSealed = isBodySealed(request);
  const leftOut = isSealed || isBodyLeftOut(request);
  return {
    pageref: entry['pageref'],
    startedDateTime: entry['startedDateTime'],
    time: entry['time'],
    clientIPAddress: entry['clientIPAddress'],
    mayHandToken: handing !== null || leftOut || isSentByChromesPage(entry),
    _resourceType: entry['_resourceType'],
    _fromCache: entry['_fromCache'],
    _wasFulfilled: entry['_wasFulfilled'],
    _fetchType: entry['_fetchType'],
    cache: entry['cache'],
    request: {
      method: request['method'],
      url,
      headers: [...leanHeaders(request['headers']), ...(handing?.headers ?? [])],
      bodySize: leftOut ? 1 : 0,
      ...(handing?.postData && !isSealed ? { postData: handing.postData } : {}),
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

function isToKakao(url: string): boolean {
  return isKakaoAddress(url) || (/kakao/i.test(url) && isKakaoHost(parseUrl(url)?.host ?? ''));
}

/** End of an entry, epoch ms. */
function endOf({ startedDateTime, time }: LeanEntry): number {
  return (
    Date.parse(textOf(startedDateTime) ?? '') + (typeof time === 'number' && time > 0 ? time : 0)
  );
}

/** So many characters of what was sent are kept; of more, only those that may be a token, or hold one. */
const MAX_HANDED_LENGTH = 20_000;

/** What may be or name a token, or hold it in base64: Kakao's have some 50 characters. */
const TOKEN_LIKE = /token|[\w-]{30}|[\w+/-]{40}/i;
/** What of a long text may be a token, or hold it. */
const TOKEN_WORDS = /[\w+/-]{30,2000}/g;

/** Headers that browsers write themselves: no page can put a token there. */
const OF_THE_BROWSER =
  /^(:|user-agent$|accept|referer$|sec-(?!websocket-protocol$)|if-|host$|origin$|content-)/i;

/** Whether a header may hand a token: its name or its value says so. */
function mayHandIn(header: unknown): boolean {
  const name = textOf(objectOf(header)['name']) ?? '';
  const value = textOf(objectOf(header)['value']) ?? '';
  return /kakao|token/i.test(name) || (!OF_THE_BROWSER.test(name) && TOKEN_LIKE.test(value));
}

/** What of a text may be a token, or hold it: all of a short one. */
function handedText(text: string): string {
  if (text.length <= MAX_HANDED_LENGTH) return text;
  const words = withoutEscapes(text).match(TOKEN_WORDS) ?? [];
  return words.join(' ').slice(0, MAX_HANDED_LENGTH);
}

/** The parts of a request that may hand a token to a site's server; null where nothing looks like it. */
function tokenParts(request: Json): { headers: unknown[]; postData: unknown } | null {
  const headers = listOf(request['headers']).filter(mayHandIn);
  const { text, mimeType, params } = objectOf(request['postData']);
  const told = typeof text === 'string' ? handedText(text) : null;
  const mayTell = told ? TOKEN_LIKE.test(told) : Array.isArray(params);
  const isInUrl = TOKEN_LIKE.test(textOf(request['url'])?.split('?')[1] ?? '');
  if (!headers.length && !mayTell && !isInUrl) return null;
  return { headers, postData: mayTell ? { text: told ?? undefined, mimeType, params } : null };
}

function leanHeaders(headers: unknown): Headers {
  return listOf(headers).filter((h) => {
    const name = textOf(objectOf(h)['name']) ?? '';
    return READ_HEADERS.test(name) || CACHE_HEADER.test(name);
  });
}
