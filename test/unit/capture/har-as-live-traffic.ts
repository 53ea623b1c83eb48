import type { BrowserDetails } from '../../../utils/browser/traffic.ts';
import { captureSiteResponse } from '../../../utils/capture/site-response.ts';
import {
  captureWebRequest,
  type CapturedRequest,
  type WebRequestEvent,
} from '../../../utils/capture/web-request.ts';
import type { Observation } from '../../../utils/model/observation.ts';

/** An event as a browser would have given it, with the tab it was in. */
export interface ReplayedEvent {
  event: WebRequestEvent;
  details: BrowserDetails;
  tab: string;
  /** Tab that opened this one. */
  opener: string | null;
}

interface Entry {
  startedDateTime: string;
  time: number;
  pageref?: string;
  _resourceType?: string;
  request: { method: string; url: string; headers: { name: string; value: string }[] };
  response: {
    status: number;
    redirectURL?: string;
    headers: { name: string; value: string }[];
  };
}

const originOf = (url: string | undefined) =>
  url && URL.canParse(url) ? new URL(url).origin : undefined;

/**
 * The webRequest events that the traffic of a HAR (as Playwright records it) would have raised, in order of their end, in
 * the words of either browser. What webRequest does not tell is left out: bodies, forms, request headers. Access to
 * `accounts.kakao.com` is never held, so its requests raise none, and it is never named as an initiator by Chrome.
 */
export function replayed(har: object, browser: 'chrome' | 'firefox'): ReplayedEvent[] {
  const { entries } = (har as { log: { entries: Entry[] } }).log;
  const tabs = [...new Set(entries.map((e) => e.pageref ?? ''))];
  /** Per tab: the page it shows, and the tab it was opened from. */
  const shows = new Map<string, string>();
  const openers = new Map<string, string | null>();
  const events: ReplayedEvent[] = [];
  for (const e of entries) {
    const header = (name: string) =>
      e.request.headers.find((h) => h.name.toLowerCase() === name)?.value;
    const { url, method } = e.request;
    const tab = e.pageref ?? '';
    const from = originOf(header('origin')) ?? originOf(header('referer'));
    if (!openers.has(tab)) openers.set(tab, [...shows].find(([, s]) => s === from)?.[0] ?? null);
    const isPage = e._resourceType === 'document';
    const isFrame = header('sec-fetch-dest') === 'iframe';
    const parent = shows.get(tab);
    if (isPage && !isFrame) shows.set(tab, new URL(url).origin);
    if (new URL(url).host === 'accounts.kakao.com') continue;
    const { status, redirectURL } = e.response;
    const hidden = from === 'https://accounts.kakao.com';
    events.push({
      event: redirectURL ? 'redirect' : status ? 'answered' : 'error',
      tab,
      opener: openers.get(tab) ?? null,
      details: {
        url,
        method,
        type: !isPage ? typeOf(e._resourceType) : isFrame ? 'sub_frame' : 'main_frame',
        statusCode: status,
        ...(redirectURL ? { redirectUrl: redirectURL } : {}),
        fromCache: false,
        timeStamp: Date.parse(e.startedDateTime) + Math.max(0, e.time),
        requestId: '',
        tabId: tabs.indexOf(tab) + 1,
        responseHeaders: /(^|\.)kakao\.com$/.test(new URL(url).host) ? [] : e.response.headers,
        ...(browser === 'chrome'
          ? from && !hidden
            ? { initiator: from }
            : {}
          : {
              ...(from ? { originUrl: header('referer') ?? from } : {}),
              ...(isPage ? {} : { documentUrl: header('referer') ?? `${from}/` }),
              frameAncestors:
                isFrame || from === 'https://kapi.kakao.com'
                  ? [{ url: `${parent}/`, frameId: 0 }]
                  : [],
            }),
      },
    });
  }
  return events.sort((a, b) => a.details.timeStamp - b.details.timeStamp);
}

function typeOf(resource = 'other'): string {
  return ['xhr', 'fetch'].includes(resource) ? 'xmlhttprequest' : resource;
}

/** What the extension would have made of the events, every site watched. */
export function liveObservations(events: readonly ReplayedEvent[]): Observation[] {
  return events.flatMap(({ event, details, tab, opener }, i) => {
    const seen = captureWebRequest(event, details);
    const told = captureSiteResponse(details);
    const facts = [
      ...(seen ? [{ ...seen, fact: watchedFact(seen), source: 'browser' }] : []),
      ...(told?.reports ?? []).map((fact) => ({ fact, site: told?.site, source: 'server' })),
    ];
    const at = Math.round(details.timeStamp);
    return facts.map(
      ({ fact, site, source }, n) =>
        ({
          ...fact,
          id: `live-${i}-${n}`,
          at,
          source,
          site,
          tab,
          opener,
          cookieStore: 'default',
        }) as Observation,
    );
  });
}

function watchedFact({ fact, accessTo }: CapturedRequest) {
  return accessTo ? { ...fact, watched: true } : fact;
}
