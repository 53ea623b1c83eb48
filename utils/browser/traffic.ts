import { browser } from 'wxt/browser';
import { captureSiteResponse, type SiteResponse } from '../capture/site-response.ts';
import {
  captureWebRequest,
  type CapturedRequest,
  type WebRequestDetails,
  type WebRequestEvent,
} from '../capture/web-request.ts';
import { KAKAO } from '../kakao/endpoints.ts';
import type { Source, TrafficFact } from '../model/observation.ts';
import { hasSiteAccess } from './site-access.ts';

/** A webRequest event as either browser gives it. */
export type BrowserDetails = WebRequestDetails &
  SiteResponse & {
    tabId: number;
    cookieStoreId?: string;
    incognito?: boolean;
  };

/** What one event says, and who says it. */
export interface CapturedFact {
  fact: TrafficFact;
  site: string | null;
  source: Source;
}

/** Everything one event says; settles once it is known whether the site concerned can be watched now. */
function heardIn(event: WebRequestEvent, d: BrowserDetails): Promise<CapturedFact>[] {
  const seen = captureWebRequest(event, d);
  const told = captureSiteResponse(d);
  return [
    ...(seen ? [withAccess(seen)] : []),
    ...(told?.reports ?? []).map(async (fact) => ({
      fact,
      site: told?.site ?? null,
      source: 'server' as const,
    })),
  ];
}

async function withAccess({ fact, site, accessTo }: CapturedRequest): Promise<CapturedFact> {
  const watched = !!accessTo && (await hasSiteAccess(accessTo));
  return { fact: accessTo ? ({ ...fact, watched } as TrafficFact) : fact, site, source: 'browser' };
}

const SITES = ['https://*/*', 'http://*/*'];
const SITE_TYPES = ['main_frame', 'sub_frame', 'xmlhttprequest'] as const;

/**
 * Listens to Kakao's hosts, without any headers, and to the pages, XHR and fetch of sites, with their response
 * headers. The browser delivers of the latter only what was granted, so the granted sites are the only list. Must be
 * called synchronously at the worker's start: a listener that is registered later loses the event that woke the worker.
 */
export function listenToTraffic(
  on: (d: BrowserDetails, heard: Promise<CapturedFact[]>) => void,
): void {
  const hear = (event: WebRequestEvent, ofKakao: boolean) => (d: unknown) => {
    const details = d as BrowserDetails;
    const isKakao = /^https:\/\/(kauth|kapi)\.kakao\.com\//.test(details.url);
    const heard = isKakao === ofKakao ? heardIn(event, details) : [];
    // Most responses of a site say nothing of Kakao.
    if (heard.length) on(details, Promise.all(heard));
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
