import { WINDOW_MS } from '../../kakao/policy.ts';
import { belongsToSite, type CompletionDoubt, type Login } from '../../model/login.ts';
import { registeredDomain } from '../../model/url.ts';
import { latestLoginsOfAppsOn, loginsOfAccount, loginsOfTab } from '../state/login-index.ts';
import type { LoginState } from '../state/login-state.ts';
import { attributionDoubt } from './attribution-doubt.ts';
import { loginsOfLeftDocument } from './left-documents.ts';
import {
  isReachable,
  mayCarry,
  ranInTabOf,
  wasSentBefore,
  type TokenBearer,
} from './token-bearer.ts';
import { issuersOf, likeliestLogins, MAX_LOOKED_AT, requestAndPool } from './token-candidates.ts';

/** The logins whose token a request may carry. */
export interface Attribution {
  /** The likeliest. */
  login: Login;
  /** All, the likeliest first. */
  candidates: Login[];
  /** Why it is not even certain that it is of one of them; null where it is. */
  doubt: CompletionDoubt | null;
}

/**
 * The site a request was made for. A call out of SDK v1's kapi frame is for the site that opened the frame: the latest of its
 * tab, unless its token was seen to be issued on another.
 */
export function siteOfRequest(loginState: LoginState, request: TokenBearer): string | null {
  const { site, tab, tokenIssuedAt } = request;
  if (site || tab === null) return site;
  const framed = loginState.tracking.frames[tab]?.site ?? null;
  if (framed === null || tokenIssuedAt === undefined) return framed;
  const issuer = loginsOfTab(loginState, tab)
    .slice(-MAX_LOOKED_AT)
    .findLast((l) => l.tokenAt === tokenIssuedAt);
  return !issuer || belongsToSite(issuer, framed) ? framed : null;
}

/**
 * Finds the logins whose token a request may carry: the latest of its tab and the latest of its site and cookie store
 * that ended before it was sent. Where a login's token was never seen to be issued though an earlier one's was, the
 * earlier one's may still be in use. Returns null where there is none.
 */
export function attributeRequest(loginState: LoginState, asked: TokenBearer): Attribution | null {
  if (asked.target !== undefined) return attributeByTarget(loginState, asked, asked.target);
  const site = siteOfRequest(loginState, asked);
  const { request, pool: all } = requestAndPool(loginState, asked, site);
  const issuers = issuersOf(request, all);
  const pool = issuers.length === 1 ? issuers : all;
  const likeliest = likeliestLogins(pool, request);
  const named = loginsOfNamedAccount(loginState, request, { site, issuers, pool, likeliest });
  const kept = loginsOfLeftDocument(loginState.tracking, pool, request);
  const unplaced = unplacedLoginOf(loginState, request);
  const candidates = [...new Set([...unplaced, ...named, ...likeliest, ...issuers, ...kept])];
  const [login] = candidates;
  if (!login) return null;
  const doubt = attributionDoubt(loginState.tracking, request, candidates);
  return { login, candidates, doubt };
}

/** The latest login of a request's tab where nothing told its site: as easy login of SDK v1, whose frame names none. */
function unplacedLoginOf(loginState: LoginState, request: TokenBearer): Login[] {
  const latest = request.tab === null ? undefined : loginsOfTab(loginState, request.tab).at(-1);
  return latest?.site === null && mayCarry(request, latest) ? [latest] : [];
}

/**
 * The logins that come before all other candidates where an answer named an account: the latest of the tab and those of the
 * account. A candidate whose account is not known may be of the same one.
 */
function loginsOfNamedAccount(
  loginState: LoginState,
  request: TokenBearer,
  found: {
    site: string | null;
    issuers: readonly Login[];
    pool: readonly Login[];
    likeliest: readonly Login[];
  },
): Login[] {
  const { account } = request;
  if (!account) return [];
  const ofTab = found.pool.findLast((l) => ranInTabOf(l, request));
  const named = found.likeliest.filter((l) => l.userHash === account);
  if (named.length) return ofTab ? [ofTab, ...named] : named;
  if (ofTab || found.issuers.length === 1) return [];
  const latest = latestOfAccount(loginState, request, account, found.site);
  return latest ? [latest] : [];
}

/**
 * The latest login of a request's tab, or of its opener, on another host of the domain that the request's site is of: a page
 * there may have its token. Undefined where there is none.
 */
export function neighbourOf(loginState: LoginState, request: TokenBearer): Login | undefined {
  const { site, tab, opener, target } = request;
  if (site === null || target !== undefined) return undefined;
  const domain = registeredDomain(site);
  const ofTabs = [tab, opener].flatMap((t) => (t === null ? [] : loginsOfTab(loginState, t)));
  return ofTabs.findLast(
    (l) =>
      l.site !== null &&
      !belongsToSite(l, site) &&
      registeredDomain(l.site) === domain &&
      mayCarry(request, l),
  );
}

/** The latest login of an account whose token the request can carry at all. */
function latestOfAccount(
  loginState: LoginState,
  request: TokenBearer,
  account: string,
  site: string | null,
): Login | undefined {
  return loginsOfAccount(loginState, account).findLast(
    (l) => isReachable(l, request, site) && mayCarry(request, l),
  );
}

/** The logins that a call with the admin key may be about: of its target, or of any account that is not known. */
function attributeByTarget(
  loginState: LoginState,
  request: TokenBearer,
  target: string,
): Attribution | null {
  const site = siteOfRequest(loginState, request);
  const ofSite = new Set(latestLoginsOfAppsOn(loginState, site, MAX_LOOKED_AT));
  const recent = latestLoginsOfAppsOn(loginState, null, MAX_LOOKED_AT).filter(
    (l) =>
      (l.userHash === target || request.at - l.loggedInAt <= 2 * WINDOW_MS) &&
      !wasSentBefore(request, l),
  );
  const known = recent.findLast((l) => l.userHash === target);
  // A login after it that told no user id may be of the same user, whose link was made anew.
  const unknown = recent.filter(
    (l) => (l.userHash === null || target === 'other') && l.ordinal > (known?.ordinal ?? -1),
  );
  // Which app's key it is, is not told: the logins by other keys may be of the same one.
  const likeliest = unknown.filter((l) => ofSite.has(l)).reverse();
  const candidates = [...new Set([...likeliest, ...(known ? [known] : []), ...unknown.reverse()])];
  const [login] = candidates;
  if (!login) return null;
  return { login, candidates, doubt: known && !unknown.length ? null : 'account-unknown' };
}
