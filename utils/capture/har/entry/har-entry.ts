import type { Endpoint } from '../../../kakao/endpoints.ts';
import { mayBeKept } from '../../kept-answer.ts';
import { fieldList, headerIn, valueOf, type Headers } from './har-headers.ts';

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
  /** The browser answered without asking the host: out of a cache, or with what a test had put there in Kakao's place. */
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
  /** The size of that body in bytes, where the recorder tells it apart; 0 or less where it does not. */
  sentSize: number;
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

/** Who sent an entry, as far as a proxy's recording of several devices tells: address and user agent. */
export function senderOf(entry: HarEntry): string {
  return `${entry.clientAddress ?? ''} ${headerOf(entry, 'user-agent') ?? ''}`;
}

/** Whether an entry is a call: its answer may name a user, who has to be hashed. */
export function isCall(entry: HarEntry): boolean {
  return (entry.endpoint === 'token' || entry.endpoint === 'api') && !isPreflight(entry);
}

/** Whether a browser asks by an entry whether it may make a call. */
export function isPreflight({ method }: HarEntry): boolean {
  return method === 'OPTIONS';
}

/** Whether a page's script sent an entry: browsers name the page. Node's `fetch` tells its mode as they do, and no more. */
export function isSentByPage(entry: HarEntry): boolean {
  return ['origin', 'sec-fetch-site', 'sec-fetch-dest'].some((n) => headerOf(entry, n) !== null);
}

/** The fields of a token request: of its form, or of its address where there is none. */
export function fieldsOf({ sentText, form, url }: HarEntry): URLSearchParams {
  return sentText === null ? url.searchParams : form;
}

/** Whether the response redirects the browser. */
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
