import { isKakaoHost } from '../../../kakao/endpoints.ts';
import type { Fact, Source, TokenFact } from '../../../model/observation.ts';
import { hostOf, originOf } from '../../../model/url.ts';
import { isMask, secretOf } from '../../recorded-secret.ts';
import { fieldsOf, isCall, isSentByPage, type HarEntry } from '../entry/har-entry.ts';
import type { FactPlace, HarHistory } from '../har-history.ts';
import type { HarPage } from '../place/har-page.ts';

/**
 * The site that the server behind a request works for: that of the page that asked, since the server may have a host of its
 * own. Where the request names no page, it is the one that the file has it under or, in a file that names none, the request's
 * own host: the page that was shown last may be another site's, in another tab.
 */
export function siteOfServer(entry: HarEntry, { document, origin, site }: HarPage): string {
  const asking = origin ?? (entry.pageref === null ? null : site);
  return !document && asking && !isKakaoHost(hostOf(asking)) ? asking : entry.origin;
}

/**
 * Where a fact belongs; `own` is where its entry was made, and of which site. A call is of the login whose token it carries,
 * on whichever page it was made; what the site's own server told belongs to the page that asked.
 */
export function placeOfFact(
  entry: HarEntry,
  own: FactPlace,
  of: { fact: Fact; source: Source; isBackEnd: boolean; history: HarHistory },
): FactPlace {
  const { fact, source, isBackEnd, history } = of;
  // A test program calls beside the pages of its browser, as a back end does; a service worker, too, is of no tab, but names its site.
  const isBesidePages = own.tab === null && isCall(entry) && !isSentByPage(entry);
  if (isBackEnd || isBesidePages) return backEndPlace(entry, fact, own, history);
  const known = source === 'server' ? undefined : placeOfToken(entry, history);
  if (!known && fact.type === 'token') return exchangePlace(entry, fact, own, history);
  if (known) return besideOwn(known, own);
  return fact.type === 'api' ? ledOnPlace(own, history) : own;
}

/** Where a call of an unknown token belongs: to the site from which a server led on to its page, with the code. */
function ledOnPlace(own: FactPlace, { ledOnFrom }: HarHistory): FactPlace {
  return { ...own, site: ledOnFrom.get(pageKey(own)) ?? own.site };
}

const pageKey = ({ tab, site }: FactPlace) => `${tab} ${site}`;

/** Where a token was issued; without a tab there, the tab where it is used and, if the site is unknown too, its site. */
export function besideOwn(issuedIn: FactPlace, own: FactPlace): FactPlace {
  const { cookieStore, tab, site } = issuedIn;
  return tab === null ? { cookieStore, tab: own.tab, site: site ?? own.site } : issuedIn;
}

/**
 * Where a page's exchange of a code belongs: to the site of the redirect URI, if the code came there and the server led on to a
 * page of another host, as from a tunnel to the machine behind it; else to the page itself.
 */
function exchangePlace(
  entry: HarEntry,
  { redirectUri }: TokenFact,
  own: FactPlace,
  { codes, ledOnFrom }: HarHistory,
): FactPlace {
  const came = codes.get(secretOf(fieldsOf(entry).get('code')) ?? '');
  const site = originOf(redirectUri);
  const isLedOn = came && came.tab === own.tab && came.site !== own.site && site !== null;
  if (!isLedOn) {
    ledOnFrom.delete(pageKey(own));
    return own;
  }
  ledOnFrom.set(pageKey(own), site);
  return { ...own, site };
}

/** Where the token was issued that a request carries, or refreshes; undefined where that was not seen. */
function placeOfToken(entry: HarEntry, { tokens }: HarHistory): FactPlace | undefined {
  const carried = [entry.bearer, entry.form.get('refresh_token')];
  return carried.map((token) => issueOfOne(token ?? '', tokens)).find((place) => place);
}

/**
 * Where one user's token was issued. What the recorder put in the place of tokens is many users', and has no number in it. A
 * page's call is of its page then; a back end, which has none, is not asked so strictly (`backEndPlace`).
 */
function issueOfOne(token: string, tokens: HarHistory['tokens']): FactPlace | undefined {
  const issued = tokens.get(token);
  const isOfOne = !issued?.isOfSeveral && /\d/.test(token) && !isMask(token);
  return secretOf(token) !== null || isOfOne ? issued : undefined;
}

/** A native app, whose own login no browser shows: all such logins of a file count as one device's. */
const NATIVE_APP: FactPlace = { cookieStore: 'har-app', tab: 'har-app', site: null };

/** Whether a native app asks for a token: KakaoTalk brings it a code that no browser shows. */
export function isOfNativeApp(form: URLSearchParams): boolean {
  return /^kakao\w+:/.test(form.get('redirect_uri') ?? '');
}

/**
 * Where a back end's request belongs: to where its code or token came to or, where that is not known, to its site. What stands in
 * the place of tokens counts for one as long as it was issued in one place.
 */
function backEndPlace(
  entry: HarEntry,
  fact: Fact,
  own: FactPlace,
  { codes, tokens, latestTarget, latestPlace }: HarHistory,
): FactPlace {
  const known = tokens.get(entry.bearer ?? '');
  if (known && !known.isOfSeveral) return known;
  if (fact.type === 'token') {
    const { form } = entry;
    const exchanged =
      codes.get(form.get('code') ?? '') ?? tokens.get(form.get('refresh_token') ?? '');
    if (!exchanged && isOfNativeApp(form)) return NATIVE_APP;
    const told = originOf(fact.redirectUri) ?? exchanged?.site ?? own.site;
    const site = told ?? originOf(latestTarget);
    return { ...(exchanged ?? { ...own, tab: null }), site };
  }
  return { ...own, tab: null, site: own.site ?? latestPlace?.site ?? null };
}
