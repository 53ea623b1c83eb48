import { browser } from 'wxt/browser';
import { captureSiteResponse, type SiteResponse } from '../capture/site-response.ts';
import {
  captureWebRequest,
  type WebRequestDetails,
  type WebRequestEvent,
} from '../capture/webrequest.ts';
import type { Source, TrafficFact } from '../link/observation.ts';

/** A webRequest event as either browser gives it. */
export type BrowserDetails = WebRequestDetails &
  SiteResponse & {
    tabId: number;
    cookieStoreId?: string;
    incognito?: boolean;
  };

/** What one event says, and who says it. */
export interface Heard {
  fact: TrafficFact;
  site: string | null;
  source: Source;
}

/** Everything one event says. `watched` tells whether API calls of a site can be seen now. */
export function heardIn(
  event: WebRequestEvent,
  d: BrowserDetails,
  watched: (site: string | null) => boolean,
): Heard[] {
  const seen = captureWebRequest(event, d, watched);
  const told = captureSiteResponse(d);
  return [
    ...(seen ? [{ ...seen, source: 'browser' as const }] : []),
    ...(told?.reports ?? []).map((fact) => ({
      fact,
      site: told?.site ?? null,
      source: 'server' as const,
    })),
  ];
}

const KAKAO = ['https://kauth.kakao.com/*', 'https://kapi.kakao.com/*'];
const SITES = ['https://*/*', 'http://*/*'];
const SITE_TYPES = ['main_frame', 'sub_frame', 'xmlhttprequest'] as const;

/**
 * Listens to Kakao's hosts, without any headers, and to the pages, XHR and fetch of sites, with their response
 * headers. The browser delivers of the latter only what was granted, so the granted sites are the only list. Must be
 * called synchronously at the worker's start: a listener that is registered later loses the event that woke the worker.
 */
export function listenToTraffic(on: (event: WebRequestEvent, d: BrowserDetails) => void): void {
  const hear = (event: WebRequestEvent, ofKakao: boolean) => (d: unknown) => {
    const details = d as BrowserDetails;
    const isKakao = /^https:\/\/(kauth|kapi)\.kakao\.com\//.test(details.url);
    // A cheap first look: most responses of a site say nothing of Kakao.
    if (isKakao === ofKakao && heardIn(event, details, () => false).length) on(event, details);
  };
  const { onBeforeRedirect, onCompleted, onErrorOccurred } = browser.webRequest;
  const kakao = { urls: KAKAO };
  onBeforeRedirect.addListener(hear('redirect', true), kakao);
  onCompleted.addListener(hear('completed', true), kakao);
  onErrorOccurred.addListener(hear('error', true), kakao);
  const sites = { urls: SITES, types: [...SITE_TYPES] };
  onBeforeRedirect.addListener(hear('redirect', false), sites, ['responseHeaders']);
  onCompleted.addListener(hear('completed', false), sites, ['responseHeaders']);
}
