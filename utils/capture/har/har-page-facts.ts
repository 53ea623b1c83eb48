import { endpointOf, isLoginHost, KAUTH } from '../../kakao/endpoints.ts';
import type { AuthorizeFact, Fact, PollFact } from '../../model/observation.ts';
import { hostOf, parseUrl } from '../../model/url.ts';
import { arrivalFact, authorizeFact, authorizeFromArrival } from '../authorize.ts';
import { codeInAddress } from '../recorded-secret.ts';
import { clientIdOf, reduceRedirectUri } from '../reduce-url.ts';
import { koeCodeOnPage, popupMessage } from '../response-body.ts';
import { headerOf, isRedirect, type HarEntry } from './entry/har-entry.ts';
import {
  isRedirectTarget,
  noteRedirect,
  noteRedirectTarget,
  type HarHistory,
} from './har-history.ts';
import type { HarPage } from './place/har-page.ts';

/** Turns the entry of anything but a call into its fact; null where it says nothing of a login. */
export function harPageFact(entry: HarEntry, page: HarPage, history: HarHistory): Fact | null {
  const { method } = entry;
  if (method === 'OPTIONS') return null;
  switch (entry.endpoint) {
    case 'authorize':
    case 'kauth-page':
      if (entry.location) noteRedirect(history, withoutFragment(entry.location.href));
      else noteUnshownRedirect(entry, history);
      // A test answered in Kakao's place: nobody logged in.
      return page.document && !entry.cached ? kauthPageFact(entry, page, history) : null;
    case 'code-poll':
      return pollFact(entry, history);
    case 'sdk-frame':
      return page.document ? { type: 'frame' } : null;
    default:
      if (!page.document || entry.isToKakao) return null;
      return arrivalOrLogin(entry, page, history);
  }
}

/**
 * A poll of a page for a popup's code, when that popup was asked for, and whether it is the first for another popup than the
 * page's before.
 */
function pollFact({ url, pageref }: HarEntry, { polledPopups, popupTimes }: HarHistory): PollFact {
  const fact: PollFact = { type: 'poll', clientId: clientIdOf(url.searchParams), watched: true };
  const popup = url.searchParams.get('auth_tran_id');
  if (popup === null) return fact;
  const known = polledPopups.get(pageref) ?? new Set();
  const isAnother = known.size > 0 && !known.has(popup);
  polledPopups.set(pageref, known.add(popup));
  const popupAt = popupTimes.get(popup) ?? null;
  return {
    ...fact,
    ...(isAnother ? { another: true } : {}),
    ...(popupAt === null ? {} : { popupAt }),
  };
}

/** Notes when a popup that is polled for was asked for, at the instant of its first page. */
function notePopupTime(
  { url, done }: HarEntry,
  { fromKakao, params }: AuthorizeFact,
  { popupTimes }: HarHistory,
): void {
  const popup = url.searchParams.get('auth_tran_id');
  if (popup === null || fromKakao || params.includes('through_account')) return;
  // The SDK names each popup anew: a name that comes twice is what the recorder put in the place of names.
  popupTimes.set(popup, popupTimes.has(popup) ? null : done);
}

/**
 * Notes where a page of a site redirects to with a code, of its own or Kakao's: no redirect of kauth's leads there, though
 * browsers go on naming kauth as the page before.
 */
function noteSitesRedirect({ location }: HarEntry, history: HarHistory): void {
  if (location?.searchParams.has('code'))
    noteRedirectTarget(history, withoutFragment(location.href));
}

/** Notes where the code of an authorize request goes whose answer is a redirect of which the recorder left out the target. */
function noteUnshownRedirect(entry: HarEntry, { unshownRedirects }: HarHistory): void {
  const request = isRedirect(entry) ? requestOf(entry) : undefined;
  const uri = reduceRedirectUri(request?.get('redirect_uri') ?? null);
  if (request && uri) unshownRedirects.set(uri, clientIdOf(request));
}

const withoutFragment = (url: string) => url.split('#', 1)[0] ?? url;

/**
 * Turns an arrival that came from kauth unrecorded, in a file that starts at the redirect URI or shows no redirects, into the
 * login itself. Null for a page that was loaded again.
 */
function arrivalOrLogin(entry: HarEntry, page: HarPage, history: HarHistory): Fact | null {
  const { url, location } = entry;
  const fact = arrivalFact(url, location);
  const target = withoutFragment(url.href);
  const redirectUnrecorded =
    page.origin === `https://${KAUTH}` && !isRedirectTarget(history, target);
  noteSitesRedirect(entry, history);
  if (!fact || noteLoadedCode(entry, history)) return null;
  const { keysOfUris, unshownRedirects } = history;
  const key = keysOfUris.get(fact.redirectUri) ?? unshownRedirects.get(fact.redirectUri);
  if (fact.outcome !== 'code' || (!redirectUnrecorded && key === undefined)) return fact;
  noteRedirect(history, target);
  unshownRedirects.delete(fact.redirectUri);
  const login = { ...authorizeFromArrival(fact), clientId: key ?? null };
  // Where no page of kauth led there, no form was sent, as far as was seen.
  return redirectUnrecorded ? login : { ...login, method: 'GET' };
}

/** Notes the code that a page is loaded with; returns whether the same page was loaded with it before. */
function noteLoadedCode({ url, pageref }: HarEntry, { loadedCodes }: HarHistory): boolean {
  const code = codeInAddress(url);
  if (code === null) return false;
  const loaded = `${pageref} ${url.pathname} ${code}`;
  const isKnown = loadedCodes.has(loaded);
  loadedCodes.add(loaded);
  return isKnown;
}

/** Whether a page of Kakao's login led to a page of kauth, so that it goes on with a login. */
function goesOn({ fromKakao, origin }: HarPage): boolean {
  return fromKakao && (origin === null || isLoginHost(hostOf(origin)));
}

/** Turns a page load on kauth into a step of a login; null where it is none. */
function kauthPageFact(entry: HarEntry, page: HarPage, history: HarHistory): AuthorizeFact | null {
  const { method, url, status, location } = entry;
  const fromKauth = page.origin === `https://${KAUTH}`;
  const fact = authorizeFact({
    method,
    url,
    request: requestOf(entry),
    status,
    location,
    fromKakao: goesOn(page),
    fromKauth,
    watched: true,
    isLostForm: method === 'POST' && fromKauth && status === 0,
  });
  if (fact) notePopupTime(entry, fact, history);
  if (fact?.outcome === 'error-page') return { ...fact, error: koeCodeOnPage(entry.body) };
  const message = fact?.outcome === 'screen' ? popupMessage(entry.body) : null;
  return fact && message ? { ...fact, outcome: message } : fact;
}

/** The parameters of the authorize request that a page of kauth answers, as far as they name the app. */
function requestOf(entry: HarEntry): URLSearchParams | undefined {
  const { searchParams } = entry.url;
  if (searchParams.has('client_id')) return searchParams;
  // A form's POST does not name the app in its URL, but the form or the page it was on does.
  if (entry.form.has('client_id')) return entry.form;
  const referer = parseUrl(headerOf(entry, 'referer'));
  const isOnPage = referer && endpointOf(referer) === 'authorize';
  return isOnPage && referer.searchParams.has('client_id') ? referer.searchParams : undefined;
}
