import { endpointOf, isKakaoHost, KAPI, KAUTH } from '../../kakao/endpoints.ts';
import type { Fact } from '../../model/observation.ts';
import { headerOf, isRedirect, type HarEntry } from './har-entry.ts';
import { originOf } from '../../model/url.ts';

/** What earlier entries of the file say of later ones. */
export interface HarHistory {
  /** Per tab: the site whose page it shows, and the site its kapi frame works for. */
  pageSites: Map<string | null, string>;
  frameSites: Map<string | null, string>;
  /** Where kauth sent the browser; in memory only. */
  sentTo: Set<string>;
}

/** How an entry's page stands to it. */
export interface HarPage {
  document: boolean;
  /** Of the page that asked. */
  origin: string | null;
  fromKakao: boolean;
  /** Made inside SDK v1's kapi frame. */
  inFrame: boolean;
  /** The site it was made for, where the entry itself does not say. */
  site: string | null;
}

/** Finds out on which page an entry was made, and notes what it says of later ones. */
export function resolveHarPage(entry: HarEntry, tab: string | null, seen: HarHistory): HarPage {
  const { url } = entry;
  const document = isDocument(entry);
  const origin = originOf(headerOf(entry, 'origin')) ?? originOf(headerOf(entry, 'referer'));
  const framed = /^i?frame$/.test(headerOf(entry, 'sec-fetch-dest') ?? '');
  if (document && !framed && !isKakaoHost(url.host)) seen.pageSites.set(tab, url.origin);
  const frameFor = originOf(url.searchParams.get('xdm_e'));
  if (endpointOf(url) === 'sdk-frame' && frameFor) seen.frameSites.set(tab, frameFor);
  const inFrame = origin === `https://${KAPI}`;
  return {
    document,
    origin,
    // Only kauth's own form posts to kauth's pages.
    fromKakao:
      (origin !== null && isKakaoHost(new URL(origin).host)) ||
      (url.host === KAUTH && document && entry.method === 'POST'),
    inFrame,
    site: (inFrame ? seen.frameSites.get(tab) : null) ?? seen.pageSites.get(tab) ?? null,
  };
}

/** The site that a fact of an entry is about; null where nothing says. */
export function siteOfFact(fact: Fact, url: URL, page: HarPage): string | null {
  if (!isKakaoHost(url.host)) return url.origin;
  switch (fact.type) {
    case 'frame':
      return originOf(url.searchParams.get('xdm_e')) ?? page.origin;
    case 'authorize':
      return page.fromKakao ? originOf(url.searchParams.get('origin')) : page.origin;
    default:
      return page.fromKakao ? page.site : (page.origin ?? page.site);
  }
}

function isDocument(entry: HarEntry): boolean {
  if (entry.resourceType) return entry.resourceType === 'document';
  const destination = headerOf(entry, 'sec-fetch-dest');
  if (destination) return /^(document|iframe|frame)$/.test(destination);
  const accept = headerOf(entry, 'accept') ?? '';
  return (
    accept.includes('text/html') || entry.mimeType.startsWith('text/html') || isRedirect(entry)
  );
}
