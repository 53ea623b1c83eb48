import { WINDOW_MS } from '../kakao/policy.ts';
import type { LoginState } from './login-state.ts';
import { type Completion, type Login, belongsToSite } from '../model/login.ts';
import type { Observation } from '../model/observation.ts';

/** The cookie store of a request that may be of any: out of a normal window or a private one. */
export const ANY_COOKIE_STORE = 'any';

/** The site a request was made for; SDK v1's kapi frame works for the site that opened it. */
export function siteOfRequest(loginState: LoginState, o: Observation): string | null {
  if (o.site) return o.site;
  return o.tab ? (loginState.tracking.frames[o.tab]?.site ?? null) : null;
}

/** Whether two logins are of different apps or sites: they are not settled together, so what is one's is lost on the other. */
export const areUnrelated = (a: Login, b: Login): boolean =>
  a.clientId !== b.clientId || a.site !== b.site;

/** Where a request belongs. */
interface Attribution {
  login: Login;
  doubt: Completion['doubt'];
  /** The login was made in the request's tab, or in a popup of it. */
  isOwnTab: boolean;
  /** Logins of other Kakao sessions, apps or sites whose call it may be instead, where there is any doubt, still in their window. */
  otherCandidates: Login[];
}

/**
 * Finds the login a request belongs to: the latest one before it of the same site (or whose redirect URI is there)
 * and cookie store, preferring the same tab. A login known to be another account's is passed over: a user id that is known of both
 * overrides. Null where there is none.
 */
export function attributeRequest(
  loginState: LoginState,
  o: Observation,
  account: string | null,
): Attribution | null {
  const site = siteOfRequest(loginState, o);
  const inTab = (l: Login) => o.tab !== null && (l.tab === o.tab || l.opener === o.tab);
  const inOpener = (l: Login) => o.opener !== null && l.tab === o.opener;
  const anyStore = o.cookieStore === ANY_COOKIE_STORE;
  // A site's back end, and with it the redirect URI, may have an origin of its own.
  const possible = [...loginState.logins.values()].filter(
    (l) =>
      (anyStore || l.cookieStore === o.cookieStore) &&
      (site === null ? inTab(l) || inOpener(l) : belongsToSite(l, site)),
  );
  const fits = account ? possible.filter((l) => !l.userHash || l.userHash === account) : possible;
  const login =
    fits.findLast(inTab) ||
    fits.findLast(inOpener) ||
    (account && fits.findLast((l) => l.userHash === account)) ||
    fits.at(-1);
  if (!login) return null;

  const known = account && login.userHash === account;
  const apart = (l: Login) => l.kakaoSession !== login.kakaoSession;
  // Another account logged in elsewhere on the site since, or the call's own tab never logged in; or that
  // tab logged in itself, and another that it opened did so later, which need not be its popup.
  const isOwnTab = inTab(login);
  const otherTab = possible.some(
    (l) =>
      apart(l) &&
      l.tab !== login.tab &&
      (l.tab === o.tab || (!inTab(l) && (!isOwnTab || l.ordinal > login.ordinal))),
  );
  const doubt = known
    ? null
    : otherTab || anyStore
      ? 'other-tab'
      : o.at >= login.loggedInAt
        ? null
        : o.source === 'server'
          ? 'reported-before'
          : 'clock-moved';
  const otherCandidates = fits.filter(
    (l) => (apart(l) || areUnrelated(login, l)) && o.at - l.loggedInAt <= WINDOW_MS,
  );
  return { login, doubt, isOwnTab, otherCandidates };
}
