import { isKakaoAddress, isKakaoHost } from '../../../kakao/endpoints.ts';
import { listOf, objectOf, textOf, type Json } from '../../../model/json.ts';
import { hostnameOf } from '../../../model/url.ts';
import { CACHE_HEADER } from '../../kept-answer.ts';
import { isMaskedAuthorization } from '../../recorded-secret.ts';
import type { Headers } from '../entry/har-headers.ts';
import { isSendingLeftOut } from '../entry/raw-entry.ts';
import { isBodySealed } from '../entry/sealed-body.ts';
import { withoutEscapes } from '../token/token-words.ts';
import { isSentByChromesPage, type Sending } from './sanitized-export.ts';

/** Headers that capture reads of requests to hosts that are not Kakao's. */
const READ_HEADERS =
  /^(origin|referer|accept|location|server-timing|traceparent|sec-fetch-[a-z]+|content-type|user-agent|age)$/i;

/** What is kept of an entry, as far as the choice of entries reads it: the readers of entries find the rest. */
export interface LeanEntry {
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
export function leanEntry(value: unknown): LeanEntry | null {
  const entry = objectOf(value);
  const request = objectOf(entry['request']);
  const response = objectOf(entry['response']);
  const { url } = request;
  if (typeof url === 'string' && isToKakao(url)) return null;
  const { mimeType } = objectOf(response['content']);
  const handing = tokenParts(request);
  const isSealed = isBodySealed(request);
  const leftOut = isSealed || isSendingLeftOut(request);
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
    _serviceWorkerResponseSource: entry['_serviceWorkerResponseSource'],
    _responseCacheStorageCacheName: entry['_responseCacheStorageCacheName'],
    cache: entry['cache'],
    request: {
      method: request['method'],
      url,
      headers: [...leanHeaders(request['headers']), ...(handing?.headers ?? [])],
      mayHideToken: leftOut,
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
  return isKakaoAddress(url) || (/kakao/i.test(url) && isKakaoHost(hostnameOf(url) ?? ''));
}

/** So many characters of what was sent are kept; of more, only those that may be a token, or hold one. */
const MAX_HANDED_LENGTH = 20_000;

/** What may be or name a token, or hold it in base64: Kakao's have some 50 characters. */
const TOKEN_LIKE = /token|[\w-]{30}|[\w+/-]{40}/i;
/** What may be a token in a path, where scripts and pictures have shorter hashes. */
const LONG_SEGMENT = /[\w-]{40}/;
/** What of a long text may be a token, or hold it. */
const TOKEN_WORDS = /[\w+/-]{30,2000}/g;

/** Headers that browsers write themselves: no page can put a token there. */
const OF_THE_BROWSER =
  /^(:|user-agent$|accept|referer$|sec-(?!websocket-protocol$)|if-|host$|origin$|content-)/i;

/** Whether a header may hand a token: its name or its value says so, or its value was masked. */
function mayHandIn(header: unknown): boolean {
  const name = textOf(objectOf(header)['name']) ?? '';
  const value = textOf(objectOf(header)['value']) ?? '';
  if (/^authorization$/i.test(name) && isMaskedAuthorization(value)) return true;
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
  const handed = typeof text === 'string' ? handedText(text) : null;
  const isInBody = handed ? TOKEN_LIKE.test(handed) : Array.isArray(params);
  const [path = '', query = ''] = (textOf(request['url']) ?? '').split('?');
  const isInUrl = TOKEN_LIKE.test(query) || LONG_SEGMENT.test(path);
  if (!headers.length && !isInBody && !isInUrl) return null;
  return { headers, postData: isInBody ? { text: handed ?? undefined, mimeType, params } : null };
}

function leanHeaders(headers: unknown): Headers {
  return listOf(headers).filter((h) => {
    const name = textOf(objectOf(h)['name']) ?? '';
    return READ_HEADERS.test(name) || CACHE_HEADER.test(name);
  });
}
