import { endpointOf, isKakaoHost, isLoginForm, KAUTH } from '../../kakao/endpoints.ts';
import type { ApiFact, Fact, TokenFact } from '../../model/observation.ts';
import {
  apiBodyFacts,
  koeCodeOnPage,
  popupMessage,
  tokenBodyFacts,
  type HashUserId,
} from '../response-body.ts';
import { arrivalFact, authorizeFromArrival, authorizeFact } from '../authorize.ts';
import { headerOf, type HarEntry } from './har-entry.ts';
import type { HarPage, HarHistory } from './har-page.ts';
import { findTokenInUrl, findLeakToKakao } from '../leaked-secrets.ts';
import { parseUrl } from '../../model/url.ts';
import { reducePath } from '../reduce-path.ts';
import { clientIdOf, reduceRedirectUri } from '../reduce-url.ts';

/** Turns a HAR entry into a secret-free fact; null where it says nothing of a login. */
export async function harFact(
  entry: HarEntry,
  page: HarPage,
  history: HarHistory,
  hash: HashUserId,
): Promise<Fact | null> {
  const { method, url } = entry;
  if (method === 'OPTIONS') return null;
  switch (endpointOf(url)) {
    case 'authorize':
    case 'kauth-page':
      if (entry.location) history.redirectTargets.add(withoutFragment(entry.location));
      return page.document ? kauthPageFact(entry, page.fromKakao) : null;
    case 'code-poll':
      return { type: 'poll', clientId: clientIdOf(url.searchParams), watched: true };
    case 'sdk-frame':
      return page.document ? { type: 'frame' } : null;
    case 'token':
      return harTokenFact(entry, hash);
    case 'api':
      return page.document ? null : harApiFact(entry, page.inFrame, hash);
    default:
      if (!page.document || isKakaoHost(url.host) || isLoginForm(url)) return null;
      return arrivalOrLogin(url, page, history);
  }
}

/** Turns the entry of a token request into its fact. */
export async function harTokenFact(entry: HarEntry, hash: HashUserId): Promise<TokenFact> {
  const form = new URLSearchParams(entry.form ?? entry.url.search);
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
  return {
    type: 'api',
    method,
    path: reducePath(url.pathname),
    status,
    cached: entry.cached,
    inFrame,
    sentAt: entry.at,
    ...(await targetOf(entry, hash)),
    ...(await apiBodyFacts(url.pathname, entry.body, `${url.search}&${entry.form ?? ''}`, hash)),
  };
}

/** The user that a call with the admin key is about, as a salted hash; nothing where it is about who is logged in. */
async function targetOf(entry: HarEntry, hash: HashUserId): Promise<{ target?: string }> {
  const form = new URLSearchParams(entry.form ?? '');
  const id = entry.url.searchParams.get('target_id') ?? form.get('target_id');
  const hasAdminKey = /^kakaoak /i.test(headerOf(entry, 'authorization') ?? '');
  if (id === null && !hasAdminKey) return {};
  return { target: id !== null && /^\d{1,20}$/.test(id) ? await hash(id) : 'other' };
}

const withoutFragment = (url: string) => url.replace(/#.*$/s, '');

/** Turns an arrival that came from kauth unrecorded, in a file that starts at the redirect URI, into the login itself. */
function arrivalOrLogin(url: URL, page: HarPage, history: HarHistory): Fact | null {
  const fact = arrivalFact(url);
  const target = withoutFragment(url.href);
  const redirectUnrecorded =
    page.origin === `https://${KAUTH}` && !history.redirectTargets.has(target);
  if (fact?.outcome !== 'code' || !redirectUnrecorded) return fact;
  history.redirectTargets.add(target);
  return authorizeFromArrival(fact);
}

/** Turns a page load on kauth into a step of a login; null where it is none. */
function kauthPageFact(entry: HarEntry, fromKakao: boolean) {
  const { method, url, status, location } = entry;
  // A form's POST does not name the app in its URL, but the form or the page it was on does.
  const referer = parseUrl(headerOf(entry, 'referer'));
  const request = [
    url.searchParams,
    new URLSearchParams(entry.form ?? ''),
    ...(referer && endpointOf(referer) === 'authorize' ? [referer.searchParams] : []),
  ].find((q) => q.has('client_id'));
  const fact = authorizeFact({ method, url, request, status, location, fromKakao, watched: true });
  if (fact?.outcome === 'error-page') return { ...fact, error: koeCodeOnPage(entry.body) };
  const message = fact?.outcome === 'screen' ? popupMessage(entry.body) : null;
  return fact && message ? { ...fact, outcome: message } : fact;
}

/** Finds a secret that an entry carries where it does not belong; null where there is none. */
export function harLeak(entry: HarEntry, page: HarPage): Fact | null {
  const { url, method } = entry;
  if (method === 'OPTIONS') return null;
  if (!isKakaoHost(url.host)) return page.document ? findTokenInUrl(url) : null;
  const form = new URLSearchParams(entry.form ?? url.search);
  return findLeakToKakao(url, form, headerOf(entry, 'authorization'));
}
