import type { KnownTokens } from './token/token-words.ts';

/** Where a fact belongs: to which site, tab and browser. */
export interface FactPlace {
  site: string | null;
  tab: string | null;
  cookieStore: string;
}

/** When a token, or the one that it was refreshed with, was issued for a code; epoch ms, null where that was not seen. */
export interface TokenOrigin {
  issuedAt: number | null;
  /** When that code came. */
  codeAt: number | null;
  /** It was refreshed with a token that nobody saw being issued; absent where that was seen, or left out. */
  isOfUnseen?: boolean;
}

/** Where a token was issued, and when. */
interface IssuedToken extends FactPlace, TokenOrigin {
  /** The recorder wrote the same in the place of tokens of several places. */
  isOfSeveral: boolean;
  /** How the clocks stood then; null where no answer told. */
  clocks: Clocks | null;
}

/** How far Kakao's clock was ahead of the recorder's, in ms, at an instant of the recorder's, epoch ms. */
interface Clocks {
  at: number;
  ahead: number;
}

/** What the entries read so far say of later ones. */
export interface HarHistory extends KnownTokens {
  /** The site whose page a tab shows, by tab. */
  pageSites: Map<string | null, string>;
  /** The site that SDK v1's kapi frame works for, by tab. */
  frameSites: Map<string | null, string>;
  /** The site whose login led on to a page that exchanged its code, by that page's tab and site. */
  ledOnFrom: Map<string, string>;
  /** Addresses that kauth or a site redirected the browser to; never stored, since they carry codes. */
  redirectTargets: Set<string>;
  /** The last of them. */
  latestTarget: string | null;
  /** The app's key by redirect URI, of a file that shows no redirects; empty for every other. */
  keysOfUris: ReadonlyMap<string, string | null>;
  /** The app's key by redirect URI, of authorize requests whose code has not come, as the recorder left out where they led. */
  unshownRedirects: Map<string, string | null>;
  /** Where codes were sent to, by the code; compared in memory and never stored. */
  codes: Map<string, FactPlace>;
  /** When codes came, by the code, epoch ms; null for what stands for several. Compared in memory and never stored. */
  codeTimes: Map<string, number | null>;
  /** Names of the popups that pages polled for, by page; compared in memory and never stored. */
  polledPopups: Map<string | null, Set<string>>;
  /** When popups were asked for, by name, epoch ms; null for what stands for several. Compared in memory and never stored. */
  popupTimes: Map<string, number | null>;
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
  tokenLengths: Set<number>;
  /** Where the last of them was issued, or one that the recorder left out. */
  latestPlace: FactPlace | null;
  /** A token was issued that the recorder left out. */
  hasUnknownToken: boolean;
  /** How many of these are not in use yet. */
  leftOutTokens: number;
  /** Tokens in use whose issue was not seen, and whether each may be one that was left out. Compared in memory and never stored. */
  unissued: Map<string, boolean>;
  /** When tokens were first seen in use, by the token, epoch ms. */
  firstUses: Map<string, number>;
  /** How the clocks stood when kauth answered last; null where no answer told. */
  clocksAtKauth: Clocks | null;
  /** How far it was ahead first and after each move of the recorder's clock, in ms, and since when by Kakao's, epoch ms. */
  clockSteps: { since: number; ahead: number }[];
}

/** A history of nothing; `keysOfUris` of a file that shows no redirects. */
export function createHarHistory(keysOfUris: HarHistory['keysOfUris'] = new Map()): HarHistory {
  return {
    keysOfUris,
    unshownRedirects: new Map(),
    pageSites: new Map(),
    frameSites: new Map(),
    ledOnFrom: new Map(),
    redirectTargets: new Set(),
    latestTarget: null,
    codes: new Map(),
    codeTimes: new Map(),
    polledPopups: new Map(),
    popupTimes: new Map(),
    loadedCodes: new Set(),
    seenCodes: new Set(),
    othersTokens: new Set(),
    hasUnknownOthersToken: false,
    tokens: new Map(),
    tokenLengths: new Set(),
    latestPlace: null,
    hasUnknownToken: false,
    leftOutTokens: 0,
    unissued: new Map(),
    withoutToken: new Map(),
    firstUses: new Map(),
    clocksAtKauth: null,
    clockSteps: [],
  };
}

const KAKAO_PAGE = /^https:\/\/(?:accounts|kauth)\.kakao\.com\//;

/** Notes that kauth redirected the browser to an address. */
export function noteRedirect(history: HarHistory, target: string): void {
  // Kakao's own pages are no site's: nobody asks for them again.
  if (KAKAO_PAGE.test(target)) return;
  noteRedirectTarget(history, target);
  history.latestTarget = target;
}

/** Notes an address that a redirect led to. */
export function noteRedirectTarget({ redirectTargets }: HarHistory, target: string): void {
  redirectTargets.add(asHttps(target));
}

/** Whether a redirect led to an address. */
export function isRedirectTarget({ redirectTargets }: HarHistory, target: string): boolean {
  return redirectTargets.has(asHttps(target));
}

/** An address as a browser asks for it that knows its host to use https, and need not record that it was sent to http. */
function asHttps(url: string): string {
  return url.startsWith('http:') ? `https:${url.slice(5)}` : url;
}

/**
 * Notes where a token was issued, and when, where that is known: no token is issued twice, so that one which is stands for
 * several.
 */
export function noteToken(
  history: HarHistory,
  token: string,
  place: FactPlace,
  { issuedAt, codeAt, isOfUnseen = false }: TokenOrigin,
): void {
  const known = history.tokens.get(token);
  const isTheSame = known === undefined || (known.issuedAt === issuedAt && known.codeAt === codeAt);
  const isOfSeveral =
    known !== undefined &&
    (known.isOfSeveral ||
      known.site !== place.site ||
      known.tab !== place.tab ||
      known.cookieStore !== place.cookieStore);
  history.tokenLengths.add(token.length);
  history.tokens.set(token, {
    ...place,
    issuedAt: isTheSame ? issuedAt : null,
    codeAt: isTheSame ? codeAt : null,
    isOfUnseen,
    isOfSeveral,
    clocks: history.clocksAtKauth,
  });
  history.latestPlace = place;
}

/** Notes that a token was issued which the recorder left out. */
export function noteLeftOutToken(history: HarHistory): void {
  history.hasUnknownToken = true;
  history.leftOutTokens += 1;
}
