import { endpointOf, isKakaoHost, isLoginForm } from '../kakao/endpoints.ts';
import type { ArrivalFact, AuthorizeFact, AuthorizeOutcome } from '../model/observation.ts';
import { parseUrl } from '../model/url.ts';
import {
  clientIdOf,
  errorWord,
  notedParams,
  promptsOf,
  reduceRedirectUri,
  sdkOf,
} from './reduce-url.ts';

/** One response to a page load on kauth. */
export interface KauthPage {
  method: string;
  url: URL;
  /** The authorize request it answers, where the URL itself does not carry it. */
  asked?: URLSearchParams | undefined;
  status: number;
  /** Absolute target of a redirect; null where there is none. */
  location: string | null;
  fromKakao: boolean;
  watched: boolean;
}

/** What an OAuth redirect carries, by parameter names alone; null where it carries nothing of OAuth's. */
function redirectOutcome(
  target: URL,
): { outcome: 'code' | 'token' | 'error'; error: string | null } | null {
  const query = target.searchParams;
  const fragment = new URLSearchParams(target.hash.slice(1));
  const error = query.get('error') ?? fragment.get('error');
  if (error !== null) return { outcome: 'error', error: errorWord(error) };
  if (query.has('code')) return { outcome: 'code', error: null };
  if (fragment.has('access_token') || fragment.has('id_token'))
    return { outcome: 'token', error: null };
  return null;
}

function outcomeOf(page: KauthPage): { outcome: AuthorizeOutcome; error: string | null } | null {
  const target = parseUrl(page.location);
  if (target) {
    if (isLoginForm(target)) return { outcome: 'login-form', error: null };
    return isKakaoHost(target.host) ? null : redirectOutcome(target);
  }
  if (endpointOf(page.url) !== 'authorize') return null;
  if (page.status === 200) return { outcome: 'screen', error: null };
  return page.status >= 400 ? { outcome: 'error-page', error: null } : null;
}

/** Turns one kauth page response into a step of a login; null where it is none. */
export function authorizeFact(page: KauthPage): AuthorizeFact | null {
  const found = outcomeOf(page);
  if (!found) return null;
  const query = page.url.searchParams;
  const isAuthorize = endpointOf(page.url) === 'authorize';
  const asked = page.asked ?? query;
  const redirected = ['code', 'token', 'error'].includes(found.outcome) ? page.location : null;
  return {
    type: 'authorize',
    method: page.method,
    status: page.status,
    clientId: isAuthorize ? clientIdOf(asked) : null,
    redirectUri: reduceRedirectUri((isAuthorize && asked.get('redirect_uri')) || redirected),
    params: isAuthorize ? notedParams(query) : [],
    prompt: isAuthorize ? promptsOf(query) : [],
    sdk: sdkOf(query),
    ...(isAuthorize && asked.get('response_type') === 'token' ? { implicit: true } : {}),
    ...found,
    fromKakao: page.fromKakao,
    watched: page.watched,
  };
}

/** A page load on a watched site that carries a code or an error; null for every other page. */
export function arrivalFact(url: URL): ArrivalFact | null {
  const found = redirectOutcome(url);
  const redirectUri = reduceRedirectUri(url.href);
  if (!found || found.outcome === 'token' || !redirectUri) return null;
  return { type: 'arrival', redirectUri, outcome: found.outcome, error: found.error };
}

/** The login that an arrival shows where kauth's own redirect was not recorded. */
export function arrivedFromKauth(arrival: ArrivalFact): AuthorizeFact {
  return {
    type: 'authorize',
    method: 'GET',
    status: 302,
    clientId: null,
    redirectUri: arrival.redirectUri,
    params: [],
    prompt: [],
    sdk: null,
    outcome: 'code',
    error: null,
    fromKakao: true,
    watched: true,
  };
}
