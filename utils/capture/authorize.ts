import {
  endpointOf,
  isAccountPage,
  isBusinessPage,
  isKakaoHost,
  isLoginForm,
} from '../kakao/endpoints.ts';
import { isPolledFor } from '../model/login.ts';
import type { ArrivalFact, AuthorizeFact, AuthorizeOutcome } from '../model/observation.ts';
import {
  clientIdOf,
  errorWord,
  notedParams,
  promptsOf,
  reduceRedirectTarget,
  reduceRedirectUri,
  sdkOf,
} from './reduce-url.ts';

/** One response to a page load on kauth.kakao.com. */
export interface KauthPage {
  method: string;
  url: URL;
  /** Parameters of the authorize request it answers, where the URL itself does not carry them. */
  request?: URLSearchParams | undefined;
  status: number;
  /** Target of a redirect; null where there is none. */
  location: URL | null;
  fromKakao: boolean;
  /** A page of kauth itself led there. */
  fromKauth: boolean;
  watched: boolean;
  /** It is a form's request, to which no answer came: Kakao may have taken it; absent where that is not known. */
  isLostForm?: boolean;
}

/** Reads the outcome of an OAuth redirect from its parameter names alone; null where it has none of OAuth's. */
function redirectOutcome(
  target: URL,
): { outcome: 'code' | 'token' | 'error'; error: string | null } | null {
  if (!target.search && !target.hash) return null;
  const query = target.searchParams;
  const fragment = new URLSearchParams(target.hash.slice(1));
  const error = query.get('error') ?? fragment.get('error');
  if (error !== null) return { outcome: 'error', error: errorWord(error) };
  if (query.has('code')) return { outcome: 'code', error: null };
  if (fragment.has('access_token') || fragment.has('id_token'))
    return { outcome: 'token', error: null };
  return null;
}

/** Decides what a kauth page turned out to be; null where it is no step of a login. */
function outcomeOf(
  page: KauthPage,
  isAuthorize: boolean,
): { outcome: AuthorizeOutcome; error: string | null } | null {
  const target = page.location;
  // Where the consent form is sent to is not known: docs/kakao-rules.md#consent.
  const isForm = page.method === 'POST' && page.fromKakao;
  // Somebody may sign in on the way to that consent, and later logins are then of that account.
  if (isBusinessPage(page.url) && !(target && isLoginForm(target))) return null;
  if (target) {
    const isStep = isAuthorize || isForm;
    if (isLoginForm(target) || (isStep && isAccountPage(target)))
      return { outcome: 'login-form', error: null };
    if (!isKakaoHost(target.host)) return redirectOutcome(target);
    // Kakao may ask for more on another page, and a popup that polls ends on one of kauth's own.
    const isPopup = isAuthorize && isPolledFor({ params: notedParams(page.url.searchParams) });
    const isEnd = isForm || (isPopup && endpointOf(target) === 'kauth-page');
    return isEnd ? { outcome: 'screen', error: null } : null;
  }
  if ((page.status === 200 && (isAuthorize || isForm)) || page.isLostForm)
    return { outcome: 'screen', error: null };
  return isAuthorize && page.status >= 400 ? { outcome: 'error-page', error: null } : null;
}

/** Turns one kauth page response into a step of a login; null where it is none. See docs/kakao-rules.md#authorize. */
export function authorizeFact(page: KauthPage): AuthorizeFact | null {
  const isAuthorize = endpointOf(page.url) === 'authorize';
  const found = outcomeOf(page, isAuthorize);
  if (!found) return null;
  const query = page.url.searchParams;
  const request = page.request ?? query;
  const asked = isAuthorize ? request.get('redirect_uri') : null;
  const redirected = ['code', 'token', 'error'].includes(found.outcome) ? page.location : null;
  return {
    type: 'authorize',
    method: page.method,
    status: page.status,
    clientId: isAuthorize ? clientIdOf(request) : null,
    redirectUri: asked ? reduceRedirectUri(asked) : redirected && reduceRedirectTarget(redirected),
    params: isAuthorize ? notedParams(query) : [],
    prompt: isAuthorize ? promptsOf(query) : [],
    sdk: sdkOf(query),
    ...(isAuthorize && request.get('response_type') === 'token' ? { implicit: true } : {}),
    ...found,
    fromKakao: page.fromKakao,
    ...(page.fromKauth && page.method === 'GET' ? { fromKauth: true } : {}),
    watched: page.watched,
  };
}

/**
 * Turns a page load on a watched site that carries a code or an error into a fact; null for every other page. `location` is
 * where it redirects to, null where it is a page.
 */
export function arrivalFact(url: URL, location: URL | null): ArrivalFact | null {
  const found = redirectOutcome(url);
  if (!found || found.outcome === 'token') return null;
  const redirectUri = reduceRedirectTarget(url);
  if (!redirectUri) return null;
  const { outcome, error } = found;
  const isKept = outcome === 'code' && location !== null && !carriesCodeOf(url, location);
  const codeKept = isKept ? { codeKept: true as const } : {};
  return { type: 'arrival', redirectUri, outcome, error, ...codeKept };
}

/** Whether an address carries on the code of another, which is compared in memory and never stored. */
function carriesCodeOf(url: URL, to: URL): boolean {
  const code = url.searchParams.get('code') ?? '';
  return [code, encodeURIComponent(code)].some((form) => to.href.includes(form));
}

/**
 * Makes the authorize step that an arrival proves where kauth's own redirect was not recorded: a page of kauth led there, so
 * its form was sent.
 */
export function authorizeFromArrival(arrival: ArrivalFact): AuthorizeFact {
  return {
    type: 'authorize',
    method: 'POST',
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
