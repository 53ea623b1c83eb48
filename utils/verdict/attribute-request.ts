import { WINDOW_MS } from '../kakao/policy.ts';
import { belongsToSite, type CompletionDoubt, type Login } from '../model/login.ts';
import type { ApiFact, Observation, TokenFact } from '../model/observation.ts';
import { findLogins } from './find-logins.ts';
import type { LoginState } from './login-state.ts';

/** The cookie store of a request that may be of any: of a normal window or of a private one. */
export const ANY_COOKIE_STORE = 'any';

/** A request that carries a token or is answered with one. */
type TokenBearer = Observation<ApiFact | TokenFact>;

/** The login that a request belongs to. */
export interface Attribution {
  login: Login;
  doubt: CompletionDoubt | null;
  /** The login was made in the request's tab, or in a popup of it. */
  isOwnTab: boolean;
  /** Logins of other Kakao sessions, apps or sites, still in their window: the request may be theirs if in doubt. */
  otherCandidates: Login[];
}

/** The site a request was made for. A call out of SDK v1's kapi frame is for the site that opened the frame. */
export function siteOfRequest(loginState: LoginState, request: Observation): string | null {
  if (request.site) return request.site;
  return request.tab ? (loginState.tracking.frames[request.tab]?.site ?? null) : null;
}

/** Whether two logins are of different apps or sites, so that neither is derived from the other. */
export function areUnrelated(a: Login, b: Login): boolean {
  return a.clientId !== b.clientId || a.site !== b.site;
}

/**
 * Finds the login that a request belongs to: the latest one before it of its site and cookie store, preferring its tab.
 * A login known to be another account's is passed over. Returns null where there is none.
 */
export function attributeRequest(loginState: LoginState, request: TokenBearer): Attribution | null {
  const { account } = request;
  const site = siteOfRequest(loginState, request);
  const reachable = findLogins(loginState, (l) => isReachable(l, request, site));
  const candidates = account
    ? reachable.filter((l) => !l.userHash || l.userHash === account)
    : reachable;
  const login =
    candidates.findLast((l) => ranInTabOf(l, request)) ??
    candidates.findLast((l) => ranInOpenerOf(l, request)) ??
    (account ? candidates.findLast((l) => l.userHash === account) : undefined) ??
    candidates.at(-1);
  if (!login) return null;

  return {
    login,
    doubt: attributionDoubt(request, login, reachable),
    isOwnTab: ranInTabOf(login, request),
    otherCandidates: candidates.filter(
      (l) =>
        (!isSameSession(l, login) || areUnrelated(l, login)) &&
        request.at - l.loggedInAt <= WINDOW_MS,
    ),
  };
}

/**
 * Whether a request may carry a login's token by where it was made: in the same cookie store, and on the login's site,
 * its redirect URI's origin included, because a back end may have an origin of its own. Without a site the tab decides.
 */
function isReachable(login: Login, request: TokenBearer, site: string | null): boolean {
  if (request.cookieStore !== ANY_COOKIE_STORE && request.cookieStore !== login.cookieStore)
    return false;
  if (site !== null) return belongsToSite(login, site);
  return ranInTabOf(login, request) || ranInOpenerOf(login, request);
}

/** Whether a login was made in a request's tab, or in a popup of that tab. */
function ranInTabOf({ tab, opener }: Login, request: TokenBearer): boolean {
  return request.tab !== null && (tab === request.tab || opener === request.tab);
}

/** Whether a login was made in the tab that opened a request's tab. */
function ranInOpenerOf({ tab }: Login, request: TokenBearer): boolean {
  return request.opener !== null && tab === request.opener;
}

function isSameSession(a: Login, b: Login): boolean {
  return a.kakaoSession === b.kakaoSession;
}

/** Why it is not certain that a request belongs to a login; null where it is. */
function attributionDoubt(
  request: TokenBearer,
  login: Login,
  reachable: readonly Login[],
): CompletionDoubt | null {
  if (request.account && login.userHash === request.account) return null;
  if (request.cookieStore === ANY_COOKIE_STORE) return 'other-tab';
  if (reachable.some((l) => competesFor(request, login, l))) return 'other-tab';
  if (request.at >= login.loggedInAt) return null;
  return request.source === 'server' ? 'reported-before' : 'clock-moved';
}

/**
 * Whether another login, of another Kakao session and tab than the chosen one, may have replaced the token that the
 * request carries.
 */
function competesFor(request: TokenBearer, chosen: Login, other: Login): boolean {
  if (isSameSession(other, chosen) || other.tab === chosen.tab) return false;
  // The request's own tab logged in itself; a tab that it opened and that logged in later need not be its popup.
  if (other.tab === request.tab) return true;
  if (ranInTabOf(other, request)) return false;
  // The request's tab never logged in, or a third tab did so after it.
  return !ranInTabOf(chosen, request) || other.ordinal > chosen.ordinal;
}
