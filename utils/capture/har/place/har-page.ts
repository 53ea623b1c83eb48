import { isKakaoHost, KAPI, KAUTH, siteOfSdkFrame } from '../../../kakao/endpoints.ts';
import type { Fact } from '../../../model/observation.ts';
import { hostOf, originOf, parseUrl, registeredDomain } from '../../../model/url.ts';
import { headerOf, isRedirect, type HarEntry } from '../entry/har-entry.ts';
import type { HarHistory } from '../har-history.ts';

/** The page that an entry is, or was requested from. */
export interface HarPage {
  /** The entry is a page itself. */
  document: boolean;
  /** Origin of the page that made the request. */
  origin: string | null;
  /** One of Kakao's own pages made the request. */
  fromKakao: boolean;
  /** The request was made inside SDK v1's kapi frame. */
  inFrame: boolean;
  /** The site the request was made for, where the entry itself does not say. */
  site: string | null;
  /** In a file that shows no redirects, the site whose page the tab showed before; else null. */
  siteBefore: string | null;
}

const KAPI_ORIGIN = `https://${KAPI}`;

/** Resolves the page of an entry, and notes in the history what the entry says of later ones. */
export function resolveHarPage(entry: HarEntry, tab: string | null, history: HarHistory): HarPage {
  const { url, endpoint } = entry;
  const document = isDocument(entry);
  const origin = originOf(headerOf(entry, 'origin')) ?? originOf(headerOf(entry, 'referer'));
  const isFolded = history.keysOfUris.size > 0;
  const siteBefore = (isFolded && tab !== null && history.pageSites.get(tab)) || null;
  if (tab !== null && document && !isForFrame(entry) && !entry.isToKakao)
    history.pageSites.set(tab, entry.origin);
  const inFrame = origin === KAPI_ORIGIN;
  // The frame's own calls name its address, with the site in it, where the frame came before the recording.
  const frame = inFrame ? parseUrl(headerOf(entry, 'referer')) : url;
  const isOfFrame = inFrame || endpoint === 'sdk-frame';
  const frameFor = frame && isOfFrame ? siteOfSdkFrame(frame) : null;
  if (frameFor) {
    history.frameSites.set(tab, frameFor);
    // Its page may have come before the recording, or been left out of it.
    if (tab !== null) history.pageSites.set(tab, frameFor);
  }
  const site = (inFrame ? history.frameSites.get(tab) : null) ?? history.pageSites.get(tab) ?? null;
  const ledTo = document && !isForFrame(entry) ? siteLedTo(entry) : null;
  if (tab !== null && ledTo) history.pageSites.set(tab, ledTo);
  return {
    document,
    origin,
    // No page but kauth's own form posts to a page of kauth.
    fromKakao:
      (origin !== null && isKakaoHost(hostOf(origin))) ||
      (document && entry.method === 'POST' && url.host === KAUTH),
    inFrame,
    site,
    siteBefore,
  };
}

/** The site to which a page of kauth leads; its own page may be left out of the file. Null for every other entry. */
function siteLedTo({ url, location }: HarEntry): string | null {
  const site = url.host === KAUTH ? originOf(location?.href) : null;
  return site === null || isKakaoHost(hostOf(site)) ? null : site;
}

/**
 * Names the site that a fact of an entry is about; null where nothing says. A request to Kakao that names no page is of the page
 * that its tab showed last, since no site is in its address; what a site's server was sent or told is `siteOfServer`'s.
 */
export function siteOfFact(fact: Fact, entry: HarEntry, page: HarPage): string | null {
  const { url } = entry;
  if (!entry.isToKakao) {
    const begunOn = fact.type === 'authorize' ? siteBegunOn(entry.origin, page) : null;
    return begunOn ?? entry.origin;
  }
  switch (fact.type) {
    case 'frame':
      return siteOfSdkFrame(url) ?? page.origin;
    case 'authorize':
      return (
        (page.fromKakao
          ? siteBegunOn(originOf(url.searchParams.get('redirect_uri')), page)
          : page.origin) ?? originOf(url.searchParams.get('origin'))
      );
    default:
      return page.fromKakao ? page.site : (page.origin ?? page.site);
  }
}

/**
 * The site on whose page a login began that shows only from later on: the one that the tab showed before, if whoever has the
 * origin that its code goes to has it, too.
 */
function siteBegunOn(redirectsTo: string | null, { siteBefore }: HarPage): string | null {
  if (redirectsTo === null || siteBefore === null) return null;
  return registeredDomain(siteBefore) === registeredDomain(redirectsTo) ? siteBefore : null;
}

/** Whether an entry is a page: what the browser shows, in a window or a frame. */
export function isDocument(entry: HarEntry): boolean {
  const isAsked = isAskedAsPage(entry);
  // A gateway on the way to Kakao answers calls with a page, too.
  if (isAsked || tellsType(entry) || isToApi(entry)) return isAsked;
  return entry.mimeType.startsWith('text/html') || isRedirect(entry);
}

/** Whether the request itself says that it is for a page. */
export function isAskedAsPage(entry: HarEntry): boolean {
  if (entry.resourceType) return entry.resourceType === 'document';
  const destination = headerOf(entry, 'sec-fetch-dest');
  if (destination) return isPageDestination(destination);
  if (isToApi(entry) && headerOf(entry, 'authorization') !== null) return false;
  const accept = headerOf(entry, 'accept') ?? '';
  return (
    accept.includes('text/html') && !JAVAS_OWN.test(accept) && !entry.mimeType.includes('json')
  );
}

/** Whether a browser's word for what a request is for says that it is for a page, in a window or a frame. */
export function isPageDestination(destination: string): boolean {
  return /^(document|iframe|frame)$/.test(destination);
}

/** Whether a page is asked for to be shown in a frame, as browsers tell. */
export function isForFrame(entry: HarEntry): boolean {
  return /^i?frame$/.test(headerOf(entry, 'sec-fetch-dest') ?? '');
}

/** Whether a request says what it is for at all. */
function tellsType(entry: HarEntry): boolean {
  return Boolean(entry.resourceType || headerOf(entry, 'sec-fetch-dest'));
}

/** What Java's own client accepts, of everything. */
const JAVAS_OWN = /text\/html, image\/gif/;

function isToApi({ endpoint }: HarEntry): boolean {
  return endpoint === 'api' || endpoint === 'token';
}
