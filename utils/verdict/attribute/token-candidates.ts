import { CUT_BY_MS, UNLINK, WINDOW_MS } from '../../kakao/policy.ts';
import { firstIndexNot } from '../../model/first-index.ts';
import { isTokenByMessage, type Login } from '../../model/login.ts';
import { loginsOfSite, loginsOfTab } from '../state/login-index.ts';
import type { LoginState } from '../state/login-state.ts';
import { LONGEST_EXCHANGE_MS } from '../state/time-limits.ts';
import { cameInTime } from '../state/token-issue.ts';
import {
  ANY_COOKIE_STORE,
  isInStore,
  isOfAnyStore,
  isReachable,
  mayCarry,
  ownerOfCode,
  ranInOpenerOf,
  ranInTabOf,
  wasAskedBefore,
  wasClockSetBack,
  type TokenBearer,
} from './token-bearer.ts';

/** How many of a site's latest logins, and of a tab's, are looked at: an older one's token is no longer in use. */
export const MAX_LOOKED_AT = 200;

/** How many of a site's latest logins are looked at for the token of a tab that made none itself. */
const MAX_OTHER_TABS = 50;

/** The latest logins whose token a request may carry, in order of arrival. */
function poolOf(loginState: LoginState, request: TokenBearer, site: string | null): Login[] {
  const ofSite = site === null ? [] : loginsOfSite(loginState, site).slice(-MAX_LOOKED_AT);
  const oldest = ofSite[0]?.ordinal ?? Infinity;
  const olderOfTab = (tab: string | null) => {
    const ofTab = tab === null ? [] : loginsOfTab(loginState, tab);
    const end = firstIndexNot(ofTab, (l) => l.ordinal < oldest);
    return ofTab.slice(Math.max(0, ofTab.length - MAX_LOOKED_AT), end);
  };
  const older = [...new Set([request.tab, request.opener].flatMap(olderOfTab))]
    .filter((l) => isReachable(l, request, site) && mayCarry(request, l))
    .sort((a, b) => a.ordinal - b.ordinal);
  const latest = ofSite.filter((l) => mayCarry(request, l));
  return older.length ? [...older, ...latest] : latest;
}

/**
 * The logins that may have got a request's token when it was seen to be issued, the likeliest first. Of several logins that
 * waited for their tokens at the same time each may have got it, unless the code tells which. None where the issue was not seen.
 */
export function issuersOf(request: TokenBearer, logins: readonly Login[]): Login[] {
  const { tokenIssuedAt: at, tokenUnseen } = request;
  const owner = ownerOfCode(request, logins);
  if (owner) return [owner];
  if (at === undefined || tokenUnseen) return [];
  const then = logins.filter((l) => l.tokenAt === at);
  const [issuer] = then;
  if (!issuer || then.length > 1) return then;
  const hasWaited = (l: Login) =>
    l !== issuer &&
    l.loggedInAt <= at &&
    at - l.loggedInAt <= LONGEST_EXCHANGE_MS &&
    (l.tokenAt ?? Infinity) >= issuer.loggedInAt;
  return [issuer, ...logins.filter(hasWaited)];
}

/** A request and the logins whose token it may carry: of other cookie stores too where it may be of any. */
export function requestAndPool(
  loginState: LoginState,
  request: TokenBearer,
  site: string | null,
): { request: TokenBearer; pool: Login[] } {
  if (!isOfAnyStore(request)) return { request, pool: poolOf(loginState, request, site) };
  const inAny = { ...request, cookieStore: ANY_COOKIE_STORE };
  const pool = poolOf(loginState, inAny, site);
  return { request: pool.every((l) => isInStore(l, request)) ? request : inAny, pool };
}

/** The logins of a pool that a request is likeliest of, the likeliest first: its tab's, then the latest of its whole site. */
export function likeliestLogins(pool: readonly Login[], request: TokenBearer): readonly Login[] {
  return pool.length > 1 ? [...ownTabLogins(pool, request), ...latestLogins(pool, request)] : pool;
}

/** The logins of the request's own tab, or else of its opener, whose token it may carry. */
function ownTabLogins(pool: readonly Login[], request: TokenBearer): Login[] {
  const own = pool.filter((l) => ranInTabOf(l, request));
  if (!own.length) {
    const ofOpener = pool.filter((l) => ranInOpenerOf(l, request));
    return latestWithToken(ofOpener, request);
  }
  // A tab that this one opened, and that logged in later, need not be its popup.
  const inTab = own.findLast((l) => l.tab === request.tab);
  // Where the clock was moved, or a file is in no order, the clock may be right and the order wrong.
  const byClock = own.findLast((l) => l.loggedInAt <= request.at);
  return [
    ...latestWithToken(own, request),
    ...latestOfOtherApps(own, request),
    ...earlierSessions(own, request),
    ...(inTab ? [inTab] : []),
    ...(byClock ? [byClock] : []),
  ];
}

/**
 * For a request that cuts the link: the latest login of each Kakao session but the last one. People unlink by hand, and a page
 * may still have the token of an account that logged in before. None for every other request.
 */
function earlierSessions(logins: readonly Login[], request: TokenBearer): Login[] {
  return cutsLink(request) ? latestOfOthers(logins, request, (l) => l.kakaoSession) : [];
}

function cutsLink(request: TokenBearer): boolean {
  return request.type === 'api' && request.path === UNLINK;
}

/** The latest login by each key but the last login's: a site may keep a token for each app that logged in. */
function latestOfOtherApps(logins: readonly Login[], request: TokenBearer): Login[] {
  return latestOfOthers(logins, request, (l) => l.clientId);
}

/** Of the logins of the 48 h before a request, the latest of each group but the last login's. */
function latestOfOthers<K>(
  logins: readonly Login[],
  request: TokenBearer,
  groupOf: (login: Login) => K,
): Login[] {
  const lastLogin = logins.at(-1);
  const recent = logins.filter((l) => request.at - l.loggedInAt <= CUT_BY_MS);
  const groups = Map.groupBy(recent, groupOf);
  if (lastLogin) groups.delete(groupOf(lastLogin));
  return [...groups.values()].flatMap((own) => own.slice(-1));
}

/** The latest logins of the whole site: its tabs may share their token, and another tab may have handed its own on. */
function latestLogins(pool: readonly Login[], request: TokenBearer): Login[] {
  const byStore = Map.groupBy(pool, (l) => l.cookieStore);
  const ofStores = [...byStore.values()].flatMap((own) => [
    ...latestWithToken(own, request),
    ...latestOfOtherApps(own, request),
  ]);
  if (pool.some((l) => ranInTabOf(l, request))) return ofStores;
  // A site may keep a token for each of an app's keys.
  const keys = [...new Set(pool.map((l) => l.clientId))];
  const ofKeys = keys.flatMap(
    (key) =>
      pool.findLast((l) => l.clientId === key && request.at - l.loggedInAt <= WINDOW_MS) ?? [],
  );
  const others = [...ofKeys, ...loginsOfOtherTabs(pool, request)].sort(
    (a, b) => b.ordinal - a.ordinal,
  );
  return [...ofStores.sort((a, b) => b.ordinal - a.ordinal), ...others];
}

/**
 * The logins from whose tab another may have been opened, with the token that it had then, though one more account has logged in
 * there since. What all tabs share, a server's session or a service worker, has at most the latest of each.
 */
function loginsOfOtherTabs(pool: readonly Login[], { source, tab }: TokenBearer): Login[] {
  const recent = pool.slice(-MAX_OTHER_TABS);
  if (source !== 'server' && tab !== null) return recent;
  return recent.filter((l, i) => !recent.slice(i + 1).some((o) => o.tab === l.tab));
}

/** The logins that came before one and got their tokens after it, the latest first. */
function withLaterToken(before: readonly Login[], { tokenAt }: Login): Login[] {
  const isLater = (l: Login) => l.tokenAt !== null && tokenAt !== null && l.tokenAt > tokenAt;
  return before.filter((l) => isLater(l) && cameInTime(l)).reverse();
}

/** The latest of some logins, with those before it whose token may still be in use because its own was not seen. */
function latestWithToken(logins: readonly Login[], request: TokenBearer): Login[] {
  const found: Login[] = [];
  // A server tells of its calls and its token at once, when its answer comes.
  const sentAt = request.source === 'server' ? request.at : (request.sentAt ?? request.at);
  for (let i = logins.length - 1; i >= 0; i -= 1) {
    const login = logins[i];
    if (!login) break;
    found.push(login);
    const isIssued =
      login.tokenAt !== null &&
      !login.tokenUnsure &&
      !wasClockSetBack(request) &&
      !wasAskedBefore(request, login) &&
      (login.tokenAt <= sentAt || request.at < login.loggedInAt);
    if (isIssued) return [...found, ...withLaterToken(logins.slice(0, i), login)];
    // A popup's last page may have said as well that nothing was agreed to.
    const isUnsure = login.tokenUnsure || isTokenByMessage(login);
    const mayBeEarlier =
      isUnsure ||
      login.tokenRefused ||
      logins.slice(0, i).some((l) => l.tokenAt !== null || isTokenByMessage(l));
    if (!mayBeEarlier) break;
  }
  return found;
}
