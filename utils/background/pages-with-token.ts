import type { BrowserDetails } from '../browser/traffic.ts';
import { blockedBy } from '../capture/blocked.ts';
import { captureSentToServer } from '../capture/sent-to-server.ts';
import type { CapturedRequest, WebRequestEvent } from '../capture/web-request.ts';
import { MINUTE_MS } from '../model/time.ts';
import { registeredDomain } from '../model/url.ts';

/** A page that hands its token to its server does so at once; what it sends later is something else. */
const HANDS_OVER_MS = 2 * MINUTE_MS;
/** How many pages are remembered; of more, the oldest is forgotten. */
const MOST_PAGES = 100;

/** The pages that got a token themselves just before. A worker lives on while they work. */
export interface PagesWithToken {
  /** Remembers the page whose request was answered with a token. */
  note(details: BrowserDetails, request: CapturedRequest): void;
  /**
   * The fact that such a page, or another of its domain in its tab, may hand the token over by a request, answered or not:
   * its first since then that sends anything; else null.
   */
  takeHandOver(event: WebRequestEvent, details: BrowserDetails): CapturedRequest | null;
}

/** Begins with none. */
export function createPagesWithToken(): PagesWithToken {
  /** When each got its token, epoch ms. */
  const gotAt = new Map<string, number>();
  const keyOf = ({ tabId }: BrowserDetails, site: string) => `${tabId} ${registeredDomain(site)}`;
  return {
    note(details, { fact, site }) {
      if (fact.type !== 'token' || fact.status !== 200 || site === null) return;
      const [oldest] = gotAt.keys();
      if (gotAt.size >= MOST_PAGES && oldest !== undefined) gotAt.delete(oldest);
      gotAt.set(keyOf(details, site), details.timeStamp);
    },
    takeHandOver(event, details) {
      const isUnsent = event === 'error' && blockedBy(details.error).blocked;
      if (!gotAt.size || isUnsent) return null;
      const sent = captureSentToServer(details);
      if (!sent?.site) return null;
      const key = keyOf(details, sent.site);
      const at = gotAt.get(key);
      gotAt.delete(key);
      return at !== undefined && details.timeStamp - at <= HANDS_OVER_MS ? sent : null;
    },
  };
}
