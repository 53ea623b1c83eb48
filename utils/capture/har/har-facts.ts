import { blockedBy } from '../blocked.ts';
import { endpointOf, isLoginHost, KAUTH } from '../../kakao/endpoints.ts';
import { SIGNUP } from '../../kakao/policy.ts';
import type { ApiFact, Fact, PollFact, TokenFact } from '../../model/observation.ts';
import {
  apiBodyFacts,
  koeCodeOnPage,
  popupMessage,
  tokenBodyFacts,
  type HashUserId,
} from '../response-body.ts';
import { secretOf } from '../recorded-secret.ts';
import { arrivalFact, authorizeFromArrival, authorizeFact } from '../authorize.ts';
import { fieldsOf, headerOf, type HarEntry } from './entry/har-entry.ts';
import {
  isRedirectTarget,
  noteRedirect,
  noteRedirectTarget,
  type HarHistory,
} from './har-history.ts';
import type { HarPage } from './place/har-page.ts';
import { findAdminKey, findClientSecret, findTokenInUrl } from '../leaked-secrets.ts';
import { hostOf, parseUrl } from '../../model/url.ts';
import { reducePath } from '../reduce-path.ts';
import { clientIdOf, reduceRedirectUri } from '../reduce-url.ts';

/**
 * Turns the entry of a call into its fact; null where it is a page instead, and where no host issued a token. What a person
 * opens with a token in its address is a call.
 */
export async function harCallFact(
  entry: HarEntry,
  page: HarPage,
  hash: HashUserId,
): Promise<ApiFact | TokenFact | null> {
  if (entry.endpoint === 'token') return entry.cached ? null : harTokenFact(entry, hash);
  return page.document && entry.bearer === null ? null : harApiFact(entry, page.inFrame, hash);
}

/** Turns the entry of anything but a call into its fact; null where it says nothing of a login. */
export function harPageFact(entry: HarEntry, page: HarPage, history: HarHistory): Fact | null {
  const { method } = entry;
  if (method === 'OPTIONS') return null;
  switch (entry.endpoint) {
    case 'authorize':
    case 'kauth-page':
      if (entry.location) noteRedirect(history, withoutFragment(entry.location.href));
      // A test answered in Kakao's place: nobody logged in.
      return page.document && !entry.cached ? kauthPageFact(entry, page) : null;
    case 'code-poll':
      return pollFact(entry, history);
    case 'sdk-frame':
      return page.document ? { type: 'frame' } : null;
    default:
      if (!page.document || entry.isToKakao) return null;
      return arrivalOrLogin(entry, page, history);
  }
}

/** A poll of a page for a popup's code, and whether it is the first for another popup than the page's before. */
function pollFact({ url, pageref }: HarEntry, { polledPopups }: HarHistory): PollFact {
  const fact: PollFact = { type: 'poll', clientId: clientIdOf(url.searchParams), watched: true };
  const popup = url.searchParams.get('auth_tran_id');
  if (popup === null) return fact;
  const known = polledPopups.get(pageref) ?? new Set();
  const isAnother = known.size > 0 && !known.has(popup);
  polledPopups.set(pageref, known.add(popup));
  return isAnother ? { ...fact, another: true } : fact;
}

/** Turns the entry of a token request into its fact. */
export async function harTokenFact(entry: HarEntry, hash: HashUserId): Promise<TokenFact> {
  const form = fieldsOf(entry);
  const grant = form.get('grant_type');
  return {
    type: 'token',
    method: entry.method,
    status: entry.status,
    grant: grant === 'authorization_code' || grant === 'refresh_token' ? grant : null,
    clientId: clientIdOf(form),
    redirectUri: reduceRedirectUri(form.get('redirect_uri')),
    sentAt: entry.at,
    ...(await tokenBodyFacts(entry.body, hash)),
  };
}

/** Turns the entry of an API call into its fact. */
export async function harApiFact(
  entry: HarEntry,
  inFrame: boolean,
  hash: HashUserId,
): Promise<ApiFact> {
  const { method, url, status } = entry;
  const target = await targetOf(entry, hash);
  const body = await apiBodyFacts(
    url.pathname,
    entry.body,
    `${url.search}&${entry.sentText ?? ''}`,
    hash,
  );
  return {
    type: 'api',
    method,
    path: reducePath(url.pathname),
    status,
    cached: entry.cached,
    ...(status === 0 ? blockedBy(entry.error) : {}),
    ...(entry.maybeCached && !entry.cached ? { maybeCached: true as const } : {}),
    inFrame,
    sentAt: entry.at,
    // Whoever such a call is about, its answer names that user.
    ...(mayNameUser(entry) ? { target: body.account ?? 'other' } : target),
    ...body,
    wholeBody: body.wholeBody && !isFormMissing(entry),
  };
}

/** Whether a form was sent that the recorder left out: it may have asked for a part of the answer only. */
function isFormMissing(entry: HarEntry): boolean {
  const isForm = headerOf(entry, 'content-type')?.startsWith('application/x-www-form-urlencoded');
  const isEmpty = headerOf(entry, 'content-length') === '0';
  return entry.method === 'POST' && entry.sentText === null && isForm === true && !isEmpty;
}

/** The user that a call with the admin key is about, as a salted hash; nothing where it is about who is logged in. */
async function targetOf(entry: HarEntry, hash: HashUserId): Promise<{ target?: string }> {
  const id = entry.url.searchParams.get('target_id') ?? entry.form.get('target_id');
  const hasAdminKey = /^kakaoak /i.test(headerOf(entry, 'authorization') ?? '');
  if (id === null && !hasAdminKey) return {};
  return { target: id !== null && /^\d{1,20}$/.test(id) ? await hash(id) : 'other' };
}

/**
 * Whether a call may have named its user in a form that the recorder left out, along with the header that would tell: no
 * call of the SDK, which says what it is in `KA`, nor a sign-up.
 */
function mayNameUser(entry: HarEntry): boolean {
  const { method, sentText, url } = entry;
  if (method !== 'POST' || sentText !== null || url.pathname === SIGNUP.path) return false;
  const isEmpty = headerOf(entry, 'content-length') === '0';
  return !isEmpty && headerOf(entry, 'authorization') === null && headerOf(entry, 'ka') === null;
}

/**
 * Notes where a page of a site redirects to with a code, of its own or Kakao's: no redirect of kauth's leads there, though
 * browsers go on naming kauth as the page before.
 */
function noteSitesRedirect({ location }: HarEntry, history: HarHistory): void {
  if (location?.searchParams.has('code'))
    noteRedirectTarget(history, withoutFragment(location.href));
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
  if (!fact || isLoadedAgain(entry, history)) return null;
  const key = history.keysOfUris.get(fact.redirectUri);
  if (fact.outcome !== 'code' || (!redirectUnrecorded && key === undefined)) return fact;
  noteRedirect(history, target);
  const login = { ...authorizeFromArrival(fact), clientId: key ?? null };
  // Where no page of kauth led there, no form was sent, as far as was seen.
  return redirectUnrecorded ? login : { ...login, method: 'GET' };
}

/** Whether the same page was loaded with the same code before. */
function isLoadedAgain({ url, pageref }: HarEntry, { loadedCodes }: HarHistory): boolean {
  const code = secretOf(url.searchParams.get('code'));
  if (code === null) return false;
  const loaded = `${pageref} ${url.pathname} ${code}`;
  const isKnown = loadedCodes.has(loaded);
  loadedCodes.add(loaded);
  return isKnown;
}

function goesOn({ fromKakao, origin }: HarPage): boolean {
  return fromKakao && (origin === null || isLoginHost(hostOf(origin)));
}

/** Turns a page load on kauth into a step of a login; null where it is none. */
function kauthPageFact(entry: HarEntry, page: HarPage) {
  const { method, url, status, location } = entry;
  const request = requestOf(entry);
  const fact = authorizeFact({
    method,
    url,
    request,
    status,
    location,
    fromKakao: goesOn(page),
    fromKauth: page.origin === `https://${KAUTH}`,
    watched: true,
  });
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

/** Finds a secret that an entry carries where it does not belong; null where there is none. */
export function harLeak(entry: HarEntry, page: HarPage): Fact | null {
  const { url, method } = entry;
  if (method === 'OPTIONS') return null;
  if (!entry.isToKakao) return page.document && url.search ? findTokenInUrl(url) : null;
  if (entry.endpoint === 'token') return findClientSecret(fieldsOf(entry));
  return entry.endpoint === 'api' ? findAdminKey(url, headerOf(entry, 'authorization')) : null;
}
