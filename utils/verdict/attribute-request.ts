import { CUT_BY_MS, UNLINK, WINDOW_MS } from '../kakao/policy.ts';
import { firstIndexNot } from '../model/first-index.ts';
import {
  belongsToSite,
  isTokenByMessage,
  type CompletionDoubt,
  type Login,
} from '../model/login.ts';
import { registeredDomain } from '../model/url.ts';
import { isOfSdkV1 } from './authorize-step.ts';
import { LONGEST_EXCHANGE_MS } from './token-issue.ts';
import { flowKey, siteKey } from './flow.ts';
import { latestLoginsOfAppsOn, loginsOfAccount, loginsOfSite, loginsOfTab } from './login-index.ts';
import type { LoginState, Tracking } from './login-state.ts';
import {
  ANY_COOKIE_STORE,
  isInStore,
  isOfAnyStore,
  isReachable,
  mayBeOfAnySite,
  mayCarry,
  ownerOfCode,
  ranInOpenerOf,
  ranInTabOf,
  tellsOfLaterLink,
  wasAskedBefore,
  wasClockSetBack,
  wasSentBefore,
  type TokenBearer,
} from './token-bearer.ts';

/** How many of a site's latest logins, and of a tab's, are looked at: an older one's token is no longer in use. */
export const MAX_LOOKED_AT = 200;

/** How many of a site's latest logins are looked at for the token of a tab that made none itself. */
const MAX_OTHER_TABS = 50;

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
  const found =
    pool.length > 1 ? [...ownTabLogins(pool, request), ...latestLogins(pool, request)] : pool;
  const ofAccount = found.filter((l) => request.account && l.userHash === request.account);
  const ownLatest = pool.findLast((l) => ranInTabOf(l, request));
  const isNamed = ofAccount.length > 0 || ownLatest !== undefined || issuers.length === 1;
  const latestKnown = isNamed ? undefined : latestOfAccount(loginState, request, site);
  // Another login whose account is not known may be of the same one.
  const named = latestKnown ? [latestKnown] : ofAccount;
  const own = ofAccount.length && ownLatest ? [ownLatest] : [];
  const candidates = [...new Set([...own, ...named, ...found, ...issuers])];
  const [login] = candidates;
  if (!login) return null;
  const doubt = attributionDoubt(loginState.tracking, request, candidates);
  return { login, candidates, doubt };
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

/** The latest login of the account that an answer named, where its token can be used at all. */
function latestOfAccount(
  loginState: LoginState,
  request: TokenBearer,
  site: string | null,
): Login | undefined {
  if (!request.account) return undefined;
  return loginsOfAccount(loginState, request.account).findLast(
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
  const recent = latestLoginsOfAppsOn(loginState, site, MAX_LOOKED_AT).filter(
    (l) =>
      (l.userHash === target || request.at - l.loggedInAt <= 2 * WINDOW_MS) &&
      !wasSentBefore(request, l),
  );
  const known = recent.findLast((l) => l.userHash === target);
  // A login after it that told no user id may be of the same user, whose link was made anew.
  const unknown = recent.filter(
    (l) => (l.userHash === null || target === 'other') && l.ordinal > (known?.ordinal ?? -1),
  );
  const candidates = [...unknown.reverse(), ...(known ? [known] : [])];
  const [login] = candidates;
  if (!login) return null;
  return { login, candidates, doubt: known && !unknown.length ? null : 'account-unknown' };
}

/** The latest logins whose token a request may carry, in order of arrival. */
function poolOf(loginState: LoginState, request: TokenBearer, site: string | null): Login[] {
  const ofSite = site === null ? [] : loginsOfSite(loginState, site);
  const first = Math.max(0, ofSite.length - MAX_LOOKED_AT);
  const oldest = ofSite[first]?.ordinal ?? Infinity;
  const older: Login[] = [];
  for (const tab of [request.tab, request.opener]) {
    const ofTab = tab === null ? [] : loginsOfTab(loginState, tab);
    const end = firstIndexNot(ofTab, (l) => l.ordinal < oldest);
    for (const login of ofTab.slice(Math.max(0, ofTab.length - MAX_LOOKED_AT), end))
      if (isReachable(login, request, site) && mayCarry(request, login)) older.push(login);
  }
  const pool = [...new Set(older)].sort((a, b) => a.ordinal - b.ordinal);
  for (let i = first; i < ofSite.length; i += 1) {
    const login = ofSite[i];
    if (login && mayCarry(request, login)) pool.push(login);
  }
  return pool;
}

/**
 * Of some logins those that may have got a request's token when it was seen to be issued, the likeliest first: of logins
 * that waited for their tokens at once, either may have got each, unless the code tells which. None where its issue was
 * not seen.
 */
function issuersOf(request: TokenBearer, logins: readonly Login[]): Login[] {
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
function requestAndPool(
  loginState: LoginState,
  request: TokenBearer,
  site: string | null,
): { request: TokenBearer; pool: Login[] } {
  if (!isOfAnyStore(request)) return { request, pool: poolOf(loginState, request, site) };
  const inAny = { ...request, cookieStore: ANY_COOKIE_STORE };
  const pool = poolOf(loginState, inAny, site);
  return { request: pool.every((l) => isInStore(l, request)) ? request : inAny, pool };
}

/** The logins of the request's own tab, or else of its opener, whose token it may carry. */
function ownTabLogins(pool: readonly Login[], request: TokenBearer): Login[] {
  const own = pool.filter((l) => ranInTabOf(l, request));
  if (!own.length)
    return latestWithToken(
      pool.filter((l) => ranInOpenerOf(l, request)),
      request,
    );
  const latest = latestWithToken(own, request);
  // A tab that this one opened, and that logged in later, need not be its popup.
  const inTab = own.findLast((l) => l.tab === request.tab) ?? [];
  const others = [...latestOfOtherApps(own, request), ...earlierSessions(own, request)];
  // Where the clock was moved, or a file is in no order, the clock may be right and the order wrong.
  const byClock = own.findLast((l) => l.loggedInAt <= request.at) ?? [];
  return [...latest, ...others].concat(inTab, byClock);
}

/**
 * What cuts a link is no routine of the page, which may still have the token of an account that logged in before: the
 * latest login of each Kakao session but the last one's. None where the request is no such thing.
 */
function earlierSessions(logins: readonly Login[], request: TokenBearer): Login[] {
  return cutsLink(request) ? latestOfOthers(logins, request, (l) => l.kakaoSession) : [];
}

function cutsLink(request: TokenBearer): boolean {
  return request.type === 'api' && request.path === UNLINK;
}

/** A site may keep a token for each app that logged in: the latest login by each key but the last one's. */
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

/** The logins of the whole site that a token which all tabs share may be of: the latest of each cookie store. */
function latestLogins(pool: readonly Login[], request: TokenBearer): Login[] {
  const byStore = Map.groupBy(pool, (l) => l.cookieStore);
  const ofStores = [...byStore.values()].flatMap((own) => [
    ...latestWithToken(own, request),
    ...latestOfOtherApps(own, request),
  ]);
  if (pool.some((l) => ranInTabOf(l, request))) return ofStores;
  // A site may keep a token for each of an app's keys.
  const keys = [...new Set(pool.map((l) => l.clientId))];
  // A tab may have been opened from any of the others, with its token.
  const recent = pool.slice(-MAX_OTHER_TABS);
  const ofTabs = recent.filter((l, i) => !recent.slice(i + 1).some((o) => o.tab === l.tab));
  const ofKeys = keys.flatMap(
    (key) =>
      pool.findLast((l) => l.clientId === key && request.at - l.loggedInAt <= WINDOW_MS) ?? [],
  );
  const others = [...ofKeys, ...ofTabs].sort((a, b) => b.ordinal - a.ordinal);
  return [...ofStores.sort((a, b) => b.ordinal - a.ordinal), ...others];
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
    if (isIssued) break;
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

/**
 * Whether a call came out of a frame of SDK v1 that another site's page, to which the tab has gone, may have opened: who did is
 * not told, or no frame was seen and none of the logins is SDK v1's.
 */
function isOfUnknownFrame(
  frames: Tracking['frames'],
  request: TokenBearer,
  candidates: readonly Login[],
): boolean {
  const { source, site, tab } = request;
  const isFromFrame = request.type === 'api' && request.inFrame && source === 'browser';
  if (!isFromFrame || site !== null) return false;
  const frame = frames[tab ?? ''];
  return frame ? frame.site === null : !candidates.some(isOfSdkV1);
}

/** Why it is not certain that a request is of any of its candidates; null where it is. */
function attributionDoubt(
  { unseenBefore, lostBefore, frames }: Tracking,
  request: TokenBearer,
  candidates: readonly Login[],
): CompletionDoubt | null {
  if (candidates.every((l) => tellsOfLaterLink(request, l))) return 'account-unknown';
  if (request.account && candidates.every((l) => l.userHash === request.account)) return null;
  if (request.tokenUnseen && candidates.every((l) => l.tokenAt !== null)) return 'account-unknown';
  // While nothing was recorded another account may have logged in.
  const isBefore = (l: Login) =>
    l.ordinal < unseenBefore || l.ordinal < (lostBefore[siteKey(l)] ?? 0);
  if (candidates.every(isBefore)) return 'account-unknown';
  // A tab whose own login was lost goes on with that one's token.
  const lostInTab = lostBefore[flowKey(request)];
  const isOfTab = (l: Login) => l.tab === request.tab && l.ordinal >= (lostInTab ?? 0);
  if (lostInTab !== undefined && !candidates.some(isOfTab)) return 'account-unknown';
  if (request.cookieStore === ANY_COOKIE_STORE) return 'other-tab';
  // A person may open any address with any token, and a frame of no origin may be anybody's.
  if (request.source === 'browser' && mayBeOfAnySite(request)) return 'account-unknown';
  if (isOfUnknownFrame(frames, request, candidates)) return 'account-unknown';
  if (wasClockSetBack(request)) return 'clock-moved';
  if (candidates.every((l) => wasAskedBefore(request, l))) return 'account-unknown';
  if (candidates.every((l) => request.at >= l.loggedInAt)) return null;
  return request.source === 'server' ? 'reported-before' : 'clock-moved';
}
