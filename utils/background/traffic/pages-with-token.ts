import type { BrowserDetails } from '../../browser/traffic.ts';
import { blockedBy } from '../../capture/blocked.ts';
import { captureSentToServer, HANDS_OVER_MS } from '../../capture/sent-to-server.ts';
import type { CapturedRequest, WebRequestEvent } from '../../capture/web-request.ts';
import { keepLatest } from '../../model/keep-latest.ts';
import { originOf, registeredDomain } from '../../model/url.ts';

/** How many pages are remembered; of more, the oldest is forgotten. */
const MOST_PAGES = 100;

/** The tab in the name of what a service worker asks for. */
const NO_TAB = '-1 ';

/** What begins the names of pages in private windows that share this worker: they are not kept for the next one. */
const PRIVATE = 'private ';

/** The fact that a page may hand its token over. */
interface HandOver extends CapturedRequest {
  /** The page's name, where it is still to be found out whether it had a token, and to be taken from it. */
  ifTokenOf?: string;
  /** It is one only if this origin, which is of another domain, was granted by name: a site's servers can have any domain. */
  ifGranted?: string;
}

/** The pages that got a token themselves just before, while this worker ran or an earlier one. */
export interface PagesWithToken {
  /** Remembers the page whose request was answered with a token, or to which a redirect led with one. */
  note(details: BrowserDetails, request: CapturedRequest): void;
  /**
   * The fact that such a page, another of its domain in its tab, or a service worker of its domain may hand the token over by
   * a request, answered or not: its first since then that sends anything; else null.
   */
  takeHandOver(event: WebRequestEvent, details: BrowserDetails): HandOver | null;
  /**
   * Whether a page, by its name, had a token when its request came, at an instant (epoch ms), an earlier worker's pages
   * among them. What it sends next says nothing new.
   */
  hadToken(page: string, at: number): Promise<boolean>;
  /** Forgets all of them. */
  forget(): void;
}

/**
 * Begins with the `earlier` workers' pages; `keep` keeps them for the next one. Both are by each page's name, when it got its
 * token, epoch ms.
 */
export function createPagesWithToken(
  earlier: Promise<Record<string, number>>,
  keep: (pages: Record<string, number>) => void,
): PagesWithToken {
  const gotAt = new Map<string, number>();
  let isLoaded = false;
  const loaded = earlier.then((pages) => {
    for (const [page, at] of Object.entries(pages)) if (!gotAt.has(page)) gotAt.set(page, at);
    isLoaded = true;
  });

  const nameOf = ({ tabId, incognito }: BrowserDetails, site: string) =>
    `${incognito ? PRIVATE : ''}${tabId} ${registeredDomain(site)}`;
  /** The latest page with a token that a request may be of: a service worker asks for what any tab of its domain sends. */
  const pageOf = (asking: string) => {
    const pages = [...gotAt].filter(([page]) => page === asking || mayBeOne(page, asking));
    return pages.toSorted(([, a], [, b]) => a - b).at(-1)?.[0];
  };
  const save = () =>
    keep(Object.fromEntries([...gotAt].filter(([page]) => !page.startsWith(PRIVATE))));
  const take = (asking: string, at: number) => {
    const page = pageOf(asking) ?? asking;
    const got = gotAt.get(page);
    if (got === undefined) return false;
    gotAt.delete(page);
    save();
    return at - got <= HANDS_OVER_MS;
  };

  return {
    note(details, request) {
      const site = siteWithToken(request);
      if (site === null) return;
      gotAt.set(nameOf(details, site), details.timeStamp);
      keepLatest(gotAt, MOST_PAGES);
      save();
    },
    takeHandOver(event, details) {
      const isUnsent = event === 'error' && blockedBy(details.error).blocked;
      if ((isLoaded && !gotAt.size) || isUnsent) return null;
      const sent = captureSentToServer(details);
      if (!sent?.site) return null;
      const { to, ...handOver } = sent;
      const page = nameOf(details, sent.site);
      if (to !== null)
        return isLoaded && !pageOf(page) ? null : { ...handOver, ifTokenOf: page, ifGranted: to };
      if (take(page, details.timeStamp)) return handOver;
      return isLoaded ? null : { ...handOver, ifTokenOf: page };
    },
    async hadToken(page, at) {
      await loaded;
      return take(page, at);
    },
    forget() {
      gotAt.clear();
      save();
    },
  };
}

/** The site whose page gets a token by what was answered; null where none does. */
function siteWithToken({ fact, site }: CapturedRequest): string | null {
  if (fact.type === 'token' && fact.status === 200) return site;
  // By the implicit grant it stands behind the redirect URI.
  const isImplicit = fact.type === 'authorize' && fact.outcome === 'token';
  return isImplicit ? originOf(fact.redirectUri) : null;
}

/** The name of a service worker of a page's domain, by the page's. */
const serviceWorkerOf = (page: string) => page.replace(/-?\d+ /, NO_TAB);

/** Whether two pages, by their names, may be one: a service worker of their domain asked for one of the two. */
function mayBeOne(one: string, other: string): boolean {
  const worker = serviceWorkerOf(one);
  return worker === serviceWorkerOf(other) && [one, other].includes(worker);
}
