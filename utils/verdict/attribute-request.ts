import { CUT_BY_MS, UNLINK, WINDOW_MS } from '../kakao/policy.ts';
import { firstIndexNot } from '../model/first-index.ts';
import { belongsToSite, type CompletionDoubt, type Login } from '../model/login.ts';
import { MINUTE_MS } from '../model/time.ts';
import type { Observation } from '../model/observation.ts';
import { registeredDomain } from '../model/url.ts';
import { CLOCK_ERROR_MS, CONNECTED_TOLERANCE_MS } from './classify-login.ts';
import { INSTANT_ERROR_MS, LONGEST_EXCHANGE_MS } from './deadline.ts';
import { latestLoginsOfAppsOn, loginsOfAccount, loginsOfSite, loginsOfTab } from './login-index.ts';
import { flowKey, siteKey } from './flow.ts';
import type { LoginState, Tracking } from './login-state.ts';

/** The cookie store of a request that may be of any: of a normal window or of a private one. */
export const ANY_COOKIE_STORE = 'any';

/** How many of a site's latest logins, and of a tab's, are looked at: an older one's token is no longer in use. */
export const MAX_LOOKED_AT = 200;

/** A login that was not seen from its beginning began before it was seen: its page may have taken so long to load. */
const BEGIN_TOLERANCE_MS = MINUTE_MS;

/** How many of a site's latest logins are looked at for the token of a tab that made none itself. */
const MAX_OTHER_TABS = 50;

/** A request that carries a token, is answered with one, or tells of such a request. */
export type TokenBearer = Observation & {
  account?: string | null;
  /** When the link of its token was made, epoch ms. */
  connectedAt?: number | null;
  hasSignedUp?: boolean | null;
  sentAt?: number;
  tokenIssuedAt?: number;
  codeAt?: number;
  tokenUnseen?: true;
  target?: string;
  /** It arrived before the login with this ordinal; absent where it arrives now. */
  arrivedBefore?: number;
};

/** The logins whose token a request may carry. */
export interface Attribution {
  /** The likeliest. */
  login: Login;
  /** All, the likeliest first. */
  candidates: Login[];
  /** Why it is not even certain that it is of one of them; null where it is. */
  doubt: CompletionDoubt | null;
}

/** The site a request was made for. A call out of SDK v1's kapi frame is for the site that opened the frame. */
export function siteOfRequest(loginState: LoginState, request: Observation): string | null {
  if (request.site) return request.site;
  return request.tab ? (loginState.tracking.frames[request.tab]?.site ?? null) : null;
}

/** Whether nothing tells for which site a call was made. SDK v1's frame is its tab's, and the admin key names a user. */
export function mayBeOfAnySite(o: Observation): boolean {
  return o.type === 'api' && o.site === null && !o.inFrame && o.target === undefined;
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

/** Whether nothing that a request says of its token speaks against a login's. */
function mayCarry(request: TokenBearer, login: Login): boolean {
  const isOtherAccount = request.account && login.userHash && login.userHash !== request.account;
  return (
    !isOtherAccount &&
    isInStore(login, request) &&
    !wasSentBefore(request, login) &&
    !carriesTokenFromBefore(request, login) &&
    !isOfAnotherLink(request, login)
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

/** Of some logins the one that a request's code came to; undefined where that was not seen. */
export function ownerOfCode(
  { codeAt }: Pick<TokenBearer, 'codeAt'>,
  logins: readonly Login[],
): Login | undefined {
  const [owner, ...others] = logins.filter((l) => l.loggedInAt === codeAt);
  return others.length ? undefined : owner;
}

/**
 * Whether a request was made where a login's token is: on the login's site, its redirect URI's origin included, because a
 * back end may have an origin of its own. Without a site the tab decides.
 */
function isReachable(login: Login, request: TokenBearer, site: string | null): boolean {
  return site === null
    ? ranInTabOf(login, request) || ranInOpenerOf(login, request)
    : belongsToSite(login, site);
}

function isInStore(login: Login, { cookieStore }: TokenBearer): boolean {
  return cookieStore === ANY_COOKIE_STORE || cookieStore === login.cookieStore;
}

/** Whether a request may be of another cookie store than it names: of a service worker, which has no tab. */
function isOfAnyStore({ tab, source, cookieStore }: TokenBearer): boolean {
  return tab === null && source === 'browser' && cookieStore !== ANY_COOKIE_STORE;
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

/** Whether a request was surely sent before a login ended, though it was answered after it. */
function wasSentBefore(request: TokenBearer, { loggedInAt, ordinal }: Login): boolean {
  const { sentAt, at, arrivedBefore, source } = request;
  if (arrivedBefore !== undefined && ordinal >= arrivedBefore) return true;
  // When a server called, while it was at work on what it was asked for, is not known.
  if (source === 'server') return false;
  return sentAt !== undefined && sentAt < loggedInAt && at >= loggedInAt;
}

/**
 * Whether a server reports something with an answer that it was asked for before a login ended: it may be of whoever was
 * logged in then.
 */
export function wasAskedBefore(
  { source, sentAt, at }: TokenBearer,
  { loggedInAt }: Login,
): boolean {
  if (source !== 'server' || sentAt === undefined) return false;
  return loggedInAt - sentAt > INSTANT_ERROR_MS && at >= loggedInAt;
}

/** Whether a request's token was surely issued before a login began. */
function carriesTokenFromBefore({ tokenIssuedAt }: TokenBearer, { startedAt }: Login): boolean {
  return tokenIssuedAt !== undefined && startedAt - tokenIssuedAt > BEGIN_TOLERANCE_MS;
}

/** Whether an answer names another link than a login was told of: tokens of a link that was cut are no good. */
function isOfAnotherLink(
  { connectedAt: told = null, hasSignedUp = null }: TokenBearer,
  { connectedAt }: Login,
): boolean {
  if (told === null || connectedAt === null) return false;
  // Under manual link, the sign-up moves `connected_at`: docs/kakao-rules.md#connected-at.
  if (hasSignedUp === true && told > connectedAt) return false;
  return Math.abs(told - connectedAt) > CONNECTED_TOLERANCE_MS;
}

/** Whether an answer tells of a link that was made after a login that was told of none, if the tester's clock is right. */
function mayBeOfLaterLink(
  { connectedAt: told = null, hasSignedUp = null }: TokenBearer,
  { connectedAt, loggedInAt }: Login,
): boolean {
  if (told === null || connectedAt !== null) return false;
  // Under manual link, the sign-up moves `connected_at`: docs/kakao-rules.md#connected-at.
  return hasSignedUp !== true && told - loggedInAt > CLOCK_ERROR_MS;
}

/**
 * Whether a call whose own login was not seen may be of a login's link, wherever it was made: neither its token nor the link
 * that its answer tells of speaks against that.
 */
export function mayShareLink(request: TokenBearer, login: Login): boolean {
  return (
    mayCarry(request, login) &&
    !mayBeOfLaterLink(request, login) &&
    !tellsOfEarlierLink(request, login)
  );
}

/** Whether an answer tells of a link that was there before a login whose consent was seen, if the tester's clock is right. */
function tellsOfEarlierLink(
  { connectedAt: told = null }: TokenBearer,
  { consent, startedAt }: Login,
): boolean {
  return told !== null && consent === 'shown' && startedAt - told > CLOCK_ERROR_MS;
}

/** Whether a login was made in a request's tab, or in a popup of that tab. */
function ranInTabOf({ tab, opener }: Login, request: TokenBearer): boolean {
  return request.tab !== null && (tab === request.tab || opener === request.tab);
}

/** Whether a login was made in the tab that opened a request's tab. */
function ranInOpenerOf({ tab }: Login, request: TokenBearer): boolean {
  return request.opener !== null && tab === request.opener;
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
    const isUnsure = login.tokenUnsure || login.consentUnseenBecause === 'token-by-message';
    const mayBeEarlier =
      isUnsure || login.tokenRefused || logins.slice(0, i).some((l) => l.tokenAt !== null);
    if (!mayBeEarlier) break;
  }
  return found;
}

/** Whether the clock was set back while a request was on its way: nobody knows which login ended before it was sent. */
function wasClockSetBack({ sentAt, at }: TokenBearer): boolean {
  return sentAt !== undefined && sentAt > at;
}

/**
 * Whether a call came out of a frame of SDK v1 which another site's page may have opened, where the tab has gone to one: it was
 * not told who did, or nothing was seen of a frame, nor that one of the logins is SDK v1's.
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
  return frame ? frame.site === null : !candidates.some(isByMessage);
}

/** Whether a login was made with SDK v1, whose popup hands the token over by message. */
function isByMessage({ redirectUri }: Login): boolean {
  return redirectUri === 'kakaojs';
}

/** Why it is not certain that a request is of any of its candidates; null where it is. */
function attributionDoubt(
  { pausedBefore, lostBefore, frames }: Tracking,
  request: TokenBearer,
  candidates: readonly Login[],
): CompletionDoubt | null {
  if (candidates.every((l) => mayBeOfLaterLink(request, l))) return 'account-unknown';
  if (request.account && candidates.every((l) => l.userHash === request.account)) return null;
  if (request.tokenUnseen && candidates.every((l) => l.tokenAt !== null)) return 'account-unknown';
  // While nothing was recorded another account may have logged in.
  const isBefore = (l: Login) =>
    l.ordinal < pausedBefore || l.ordinal < (lostBefore[siteKey(l)] ?? 0);
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
