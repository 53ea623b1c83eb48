import type { BrowserDetails } from '../browser/traffic.ts';
import { captureSentToServer } from '../capture/sent-to-server.ts';
import type { CapturedRequest } from '../capture/web-request.ts';
import { MINUTE_MS } from '../model/time.ts';

/** A page that hands its token to its server does so at once; what it sends later is something else. */
const HANDS_OVER_MS = 2 * MINUTE_MS;
/** How many pages are remembered; of more, the oldest is forgotten. */
const MOST_PAGES = 100;

/** The pages that got a token themselves just before. A worker lives on while they work. */
export interface PagesWithToken {
  /** Remembers the page whose request was answered with a token. */
  note(details: BrowserDetails, request: CapturedRequest): void;
  /** The fact that such a page may hand its token over by a request: its first since then that sends anything; else null. */
  takeHandOver(details: BrowserDetails): CapturedRequest | null;
}

/** Begins with none. */
export function createPagesWithToken(): PagesWithToken {
  /** When each got its token, epoch ms. */
  const gotAt = new Map<string, number>();
  const keyOf = ({ tabId }: BrowserDetails, site: string | null) => `${tabId} ${site}`;
  return {
    note(details, { fact, site }) {
      if (fact.type !== 'token' || fact.status !== 200 || site === null) return;
      const [oldest] = gotAt.keys();
      if (gotAt.size >= MOST_PAGES && oldest !== undefined) gotAt.delete(oldest);
      gotAt.set(keyOf(details, site), details.timeStamp);
    },
    takeHandOver(details) {
      if (!gotAt.size) return null;
      const sent = captureSentToServer(details);
      if (!sent) return null;
      const key = keyOf(details, sent.site);
      const at = gotAt.get(key);
      gotAt.delete(key);
      return at !== undefined && details.timeStamp - at <= HANDS_OVER_MS ? sent : null;
    },
  };
}
