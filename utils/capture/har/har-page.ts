import { isKakaoHost, KAPI, KAUTH } from '../../kakao/endpoints.ts';
import type { Fact } from '../../model/observation.ts';
import { headerOf, isRedirect, type HarEntry } from './har-entry.ts';
import { hostOf, originOf } from '../../model/url.ts';

/** Where a token was issued: for which site, in which tab and browser. */
export interface TokenPlace {
  site: string | null;
  tab: string | null;
  cookieStore: string;
}

/** When a token, or the one that it was refreshed with, was issued for a code; epoch ms, null where that was not seen. */
interface TokenOrigin {
  issuedAt: number | null;
  /** When that code came. */
  codeAt: number | null;
}

/** Where a token was issued, and when. */
interface IssuedToken extends TokenPlace, TokenOrigin {
  /** The recorder wrote the same in the place of tokens of several places. */
  isOfSeveral: boolean;
  /** How far Kakao's clock was ahead of the recorder's then, in ms; null where no answer told. */
  kakaoAhead: number | null;
}

/** What the entries read so far say of later ones. */
export interface HarHistory {
  /** The site whose page a tab shows, by tab. */
  pageSites: Map<string | null, string>;
  /** The site that SDK v1's kapi frame works for, by tab. */
  frameSites: Map<string | null, string>;
  /** Addresses that kauth redirected the browser to; never stored, since they carry codes. */
  redirectTargets: Set<string>;
  /** The last of them. */
  latestTarget: string | null;
  /** Where codes were sent to, by the code; compared in memory and never stored. */
  codes: Map<string, TokenPlace>;
  /** When codes came, by the code, epoch ms; null for what stands for several. Compared in memory and never stored. */
  codeTimes: Map<string, number | null>;
  /** Codes that pages were loaded with, with tab and path; compared in memory and never stored. */
  loadedCodes: Set<string>;
  /** Codes that came to the file's browsers; compared in memory and never stored. */
  seenCodes: Set<string>;
  /** Tokens that a back end got for codes of other browsers; compared in memory and never stored. */
  othersTokens: Set<string>;
  /** A back end got such a token that the recorder left out. */
  hasUnknownOthersToken: boolean;
  /** Tokens that were issued, by the token; compared in memory and never stored. */
  tokens: Map<string, IssuedToken>;
  /** Where the last of them was issued, or one that the recorder left out. */
  latestPlace: TokenPlace | null;
  /** A token was issued that the recorder left out. */
  hasUnknownToken: boolean;
  /** Texts in which no token was found, such as a cookie of every request, and how many tokens there were then. */
  withoutToken: Map<string, number>;
  /** When tokens were first seen in use, by the token, epoch ms. */
  firstUses: Map<string, number>;
  /** How far Kakao's clock was ahead of the recorder's when kauth answered last, in ms; null where no answer told. */
  kakaoAhead: number | null;
}

/** A history of nothing. */
export function createHarHistory(): HarHistory {
  return {
    pageSites: new Map(),
    frameSites: new Map(),
    redirectTargets: new Set(),
    latestTarget: null,
    codes: new Map(),
    codeTimes: new Map(),
    loadedCodes: new Set(),
    seenCodes: new Set(),
    othersTokens: new Set(),
    hasUnknownOthersToken: false,
    tokens: new Map(),
    latestPlace: null,
    hasUnknownToken: false,
    withoutToken: new Map(),
    firstUses: new Map(),
    kakaoAhead: null,
  };
}

const KAKAO_PAGE = /^https:\/\/(?:accounts|kauth)\.kakao\.com\//;

/** Notes that kauth redirected the browser to an address. */
export function noteRedirect(history: HarHistory, target: string): void {
  // Kakao's own pages are no site's: nobody asks for them again.
  if (!KAKAO_PAGE.test(target)) history.redirectTargets.add(target);
  history.latestTarget = target;
}

/**
 * Notes where a token was issued, and when, where that is known: no token is issued twice, so that one which is stands for
 * several.
 */
export function noteToken(
  history: HarHistory,
  token: string,
  place: TokenPlace,
  { issuedAt, codeAt }: TokenOrigin,
): void {
  const known = history.tokens.get(token);
  const isTheSame = known === undefined || (known.issuedAt === issuedAt && known.codeAt === codeAt);
  const isOfSeveral =
    known !== undefined &&
    (known.isOfSeveral || known.tab !== place.tab || known.cookieStore !== place.cookieStore);
  history.tokens.set(token, {
    ...place,
    issuedAt: isTheSame ? issuedAt : null,
    codeAt: isTheSame ? codeAt : null,
    isOfSeveral,
    kakaoAhead: history.kakaoAhead,
  });
  history.latestPlace = place;
}

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
}

const KAPI_ORIGIN = `https://${KAPI}`;

/** Resolves the page of an entry, and notes in the history what the entry says of later ones. */
export function resolveHarPage(entry: HarEntry, tab: string | null, history: HarHistory): HarPage {
  const { url, endpoint } = entry;
  const document = isDocument(entry);
  const origin = originOf(headerOf(entry, 'origin')) ?? originOf(headerOf(entry, 'referer'));
  const framed = /^i?frame$/.test(headerOf(entry, 'sec-fetch-dest') ?? '');
  if (document && !framed && !entry.isToKakao) history.pageSites.set(tab, entry.origin);
  const frameFor = endpoint === 'sdk-frame' ? originOf(url.searchParams.get('xdm_e')) : null;
  if (frameFor) history.frameSites.set(tab, frameFor);
  const inFrame = origin === KAPI_ORIGIN;
  return {
    document,
    origin,
    // No page but kauth's own form posts to a page of kauth.
    fromKakao:
      (origin !== null && isKakaoHost(hostOf(origin))) ||
      (document && entry.method === 'POST' && url.host === KAUTH),
    inFrame,
    site: (inFrame ? history.frameSites.get(tab) : null) ?? history.pageSites.get(tab) ?? null,
  };
}

/** Names the site that a fact of an entry is about; null where nothing says. */
export function siteOfFact(fact: Fact, entry: HarEntry, page: HarPage): string | null {
  const { url } = entry;
  if (!entry.isToKakao) return entry.origin;
  switch (fact.type) {
    case 'frame':
      return originOf(url.searchParams.get('xdm_e')) ?? page.origin;
    case 'authorize':
      return page.fromKakao ? originOf(url.searchParams.get('origin')) : page.origin;
    default:
      return page.fromKakao ? page.site : (page.origin ?? page.site);
  }
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
  if (destination) return /^(document|iframe|frame)$/.test(destination);
  if (isToApi(entry) && headerOf(entry, 'authorization') !== null) return false;
  const accept = headerOf(entry, 'accept') ?? '';
  return (
    accept.includes('text/html') && !JAVAS_OWN.test(accept) && !entry.mimeType.includes('json')
  );
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
