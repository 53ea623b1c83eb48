import { browser } from 'wxt/browser';
import {
  captureWebRequest,
  type WebRequestDetails,
  type WebRequestEvent,
} from '../capture/webrequest.ts';

/** A webRequest event as either browser gives it. */
export type BrowserDetails = WebRequestDetails & {
  tabId: number;
  cookieStoreId?: string;
  incognito?: boolean;
};

const KAKAO = ['https://kauth.kakao.com/*', 'https://kapi.kakao.com/*'];

/**
 * Listens to Kakao's hosts and to page loads of granted sites, without headers and bodies. The browser itself keeps
 * back what is not granted. Must be called synchronously at the worker's start, or the event that woke it is lost.
 */
export function listenToTraffic(on: (event: WebRequestEvent, d: BrowserDetails) => void): void {
  const hear = (event: WebRequestEvent) => (d: unknown) => {
    const details = d as BrowserDetails;
    // A cheap first look: most page loads of a site carry no code.
    if (captureWebRequest(event, details, () => false)) on(event, details);
  };
  const kakao = { urls: KAKAO };
  browser.webRequest.onBeforeRedirect.addListener(hear('redirect'), kakao);
  browser.webRequest.onCompleted.addListener(hear('completed'), kakao);
  browser.webRequest.onErrorOccurred.addListener(hear('error'), kakao);
  const pages = { urls: ['https://*/*', 'http://*/*'], types: ['main_frame' as const] };
  const page = (event: WebRequestEvent) => {
    const listener = hear(event);
    return (d: { url: string }) => {
      if (!/^https:\/\/(kauth|kapi)\.kakao\.com\//.test(d.url)) listener(d);
    };
  };
  browser.webRequest.onBeforeRedirect.addListener(page('redirect'), pages);
  browser.webRequest.onCompleted.addListener(page('completed'), pages);
}
