import { browser } from 'wxt/browser';
import type { SiteResponse } from '../capture/site-response.ts';
import type { WebRequestDetails, WebRequestEvent } from '../capture/web-request.ts';
import { isKakaoAddress, KAKAO } from '../kakao/endpoints.ts';
import { keepLatest } from '../model/keep-latest.ts';
import { createRequestOrder } from './request-order.ts';

/** A webRequest event as either browser gives it. */
export type BrowserDetails = WebRequestDetails &
  SiteResponse & {
    /** Of all events of one request, its redirects among them. */
    requestId: string;
    tabId: number;
    cookieStoreId?: string;
    incognito?: boolean;
    /** The address that an answer came from, as far as the browser knows it. */
    ip?: string | null;
  };

/**
 * Whether nobody may have been asked: a browser knows where an answer came from, unless it is one that the developer tools
 * or a test program put in the place of Kakao's.
 */
function isPerhapsMadeUp(event: WebRequestEvent, { ip, fromCache }: BrowserDetails): boolean {
  return event === 'answered' && !ip && !fromCache;
}

const SITES = ['https://*/*', 'http://*/*'];
/** What a server may make by asking Kakao. Styles, fonts and media are files: each told would cost what a call costs. */
const SITE_TYPES = [
  ...(['main_frame', 'sub_frame', 'xmlhttprequest', 'script', 'image', 'ping', 'other'] as const),
  // Firefox has names of its own for beacons and for images in several sizes, which Chrome refuses.
  ...(import.meta.env.FIREFOX ? (['beacon', 'imageset'] as unknown as ['ping']) : []),
];
/** By what a page may hand a token to its server, whether or not that answers. */
const SENDING_TYPES = ['main_frame' as const, 'sub_frame' as const, 'xmlhttprequest' as const];
/** How many requests may be on their way; of more, the oldest ones' instants are forgotten. */
const MAX_ON_THEIR_WAY = 200;

/**
 * Listens to Kakao's hosts, without any headers, and to the pages of sites and what these load, with their response
 * headers. The browser delivers of the latter only what was granted, so the granted sites are the only list. `sent` is told
 * of each request to Kakao, by its `requestId`, before any answer. Must be called synchronously at the worker's start: a
 * listener that is registered later loses the event that woke the worker.
 */
export function listenToTraffic(
  callback: (event: WebRequestEvent, details: BrowserDetails) => void,
  sent: (requestId: string) => void,
): void {
  const sentAt = new Map<string, number>();
  const order = createRequestOrder();
  /** The filter of all sites delivers Kakao's requests too: each request goes to one of the two kinds of listener. */
  const listener = (event: WebRequestEvent, forKakao: boolean) => (d: unknown) => {
    const details = d as BrowserDetails;
    const { requestId } = details;
    if (isKakaoAddress(details.url) !== forKakao) return;
    const atMost = event === 'redirect' ? order.redirected(requestId) : order.ended(requestId);
    const at = forKakao ? sentAt.get(requestId) : atMost;
    callback(event, {
      ...details,
      ...(at === undefined ? {} : { sentAt: at }),
      ...(forKakao && isPerhapsMadeUp(event, details) ? { maybeMadeUp: true } : {}),
    });
    if (event !== 'redirect') sentAt.delete(requestId);
  };
  const { onBeforeRequest, onBeforeRedirect, onResponseStarted, onCompleted, onErrorOccurred } =
    browser.webRequest;
  const kakao = { urls: KAKAO };
  // A call belongs to a login that was there when it was sent.
  onBeforeRequest.addListener(({ requestId, timeStamp }) => {
    sentAt.set(requestId, timeStamp);
    keepLatest(sentAt, MAX_ON_THEIR_WAY);
    order.sent(requestId, timeStamp);
    sent(requestId);
  }, kakao);
  onBeforeRedirect.addListener(listener('redirect', true), kakao);
  onCompleted.addListener(listener('answered', true), kakao);
  onErrorOccurred.addListener(listener('error', true), kakao);
  const sites = { urls: SITES, types: SITE_TYPES };
  onBeforeRedirect.addListener(listener('redirect', false), sites, ['responseHeaders']);
  // With the headers: an answer that streams, or breaks off, may never be complete.
  onResponseStarted.addListener(listener('answered', false), sites, ['responseHeaders']);
  onErrorOccurred.addListener(listener('error', false), { urls: SITES, types: SENDING_TYPES });
}
