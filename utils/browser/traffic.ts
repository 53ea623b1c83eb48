import { browser } from 'wxt/browser';
import type { SiteResponse } from '../capture/site-response.ts';
import type { WebRequestDetails, WebRequestEvent } from '../capture/web-request.ts';
import { KAKAO } from '../kakao/endpoints.ts';

/** A webRequest event as either browser gives it. */
export type BrowserDetails = WebRequestDetails &
  SiteResponse & {
    tabId: number;
    cookieStoreId?: string;
    incognito?: boolean;
  };

const SITES = ['https://*/*', 'http://*/*'];
const SITE_TYPES = ['main_frame', 'sub_frame', 'xmlhttprequest'] as const;
const KAKAO_URL = /^https:\/\/(kauth|kapi)\.kakao\.com\//;

/**
 * Listens to Kakao's hosts, without any headers, and to the pages, XHR and fetch of sites, with their response
 * headers. The browser delivers of the latter only what was granted, so the granted sites are the only list. Must be
 * called synchronously at the worker's start: a listener that is registered later loses the event that woke the worker.
 */
export function listenToTraffic(
  callback: (event: WebRequestEvent, details: BrowserDetails) => void,
): void {
  /** The filter of all sites delivers Kakao's requests too: each request goes to one of the two kinds of listener. */
  const listener = (event: WebRequestEvent, forKakao: boolean) => (d: unknown) => {
    const details = d as BrowserDetails;
    if (KAKAO_URL.test(details.url) === forKakao) callback(event, details);
  };
  const { onBeforeRedirect, onCompleted, onErrorOccurred } = browser.webRequest;
  const kakao = { urls: KAKAO };
  onBeforeRedirect.addListener(listener('redirect', true), kakao);
  onCompleted.addListener(listener('completed', true), kakao);
  onErrorOccurred.addListener(listener('error', true), kakao);
  const sites = { urls: SITES, types: [...SITE_TYPES] };
  onBeforeRedirect.addListener(listener('redirect', false), sites, ['responseHeaders']);
  onCompleted.addListener(listener('completed', false), sites, ['responseHeaders']);
}
