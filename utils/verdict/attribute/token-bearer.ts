import { belongsToSite, type Login } from '../../model/login.ts';
import type { Observation } from '../../model/observation.ts';
import { MINUTE_MS } from '../../model/time.ts';
import {
  CLOCK_ERROR_MS,
  CONNECTED_TOLERANCE_MS,
  INSTANT_ERROR_MS,
  REPORT_ERROR_MS,
} from '../state/time-limits.ts';

/** The cookie store of a request that may be of any: of a normal window or of a private one. */
export const ANY_COOKIE_STORE = 'any';

/** A login may have begun so long before its first step that was seen: its page took that long to load. */
const BEGIN_TOLERANCE_MS = MINUTE_MS;

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
  documentId?: string;
  /** It arrived before the login with this ordinal; absent where it arrives now. */
  before?: number;
};

/** Whether nothing tells for which site a call was made. SDK v1's frame is its tab's, and the admin key names a user. */
export function mayBeOfAnySite(o: Observation): boolean {
  return o.type === 'api' && o.site === null && !o.inFrame && o.target === undefined;
}

/** Whether nothing that a request says of its token speaks against a login's. */
export function mayCarry(request: TokenBearer, login: Login): boolean {
  const isOtherAccount = request.account && login.userHash && login.userHash !== request.account;
  return (
    !isOtherAccount &&
    isInStore(login, request) &&
    !wasSentBefore(request, login) &&
    !carriesTokenFromBefore(request, login) &&
    !isOfAnotherLink(request, login)
  );
}

/**
 * Whether a call whose own login was not seen may be about the link of some login, on whichever site that was made: neither the
 * call's token nor the link that its answer tells of speaks against it.
 */
export function mayShareLink(request: TokenBearer, login: Login): boolean {
  return (
    mayCarry(request, login) &&
    !tellsOfLaterLink(request, login) &&
    !tellsOfEarlierLink(request, login)
  );
}

/** Whether an answer tells of a link from before a login's consent screen, which made another, if the tester's clock is right. */
function tellsOfEarlierLink(
  { connectedAt: linkMadeAt = null }: TokenBearer,
  { consent, startedAt }: Login,
): boolean {
  return linkMadeAt !== null && consent === 'shown' && startedAt - linkMadeAt > CLOCK_ERROR_MS;
}

/** Of some logins the one that a request's code came to; undefined where that was not seen. */
export function ownerOfCode(
  { codeAt }: Pick<TokenBearer, 'codeAt'>,
  logins: readonly Login[],
): Login | undefined {
  if (codeAt === undefined) return undefined;
  const [owner, ...others] = logins.filter((l) => l.loggedInAt === codeAt);
  return others.length ? undefined : owner;
}

/**
 * Whether a request was made where a login's token is: on the login's site, its redirect URI's origin included, because a
 * back end may have an origin of its own. Without a site the tab decides.
 */
export function isReachable(login: Login, request: TokenBearer, site: string | null): boolean {
  return site === null
    ? ranInTabOf(login, request) || ranInOpenerOf(login, request)
    : belongsToSite(login, site);
}

/** Whether a request may be of the cookie store in which a login was made, or is on its way. */
export function isInStore(
  login: { cookieStore: string },
  { cookieStore }: { cookieStore: string },
): boolean {
  return cookieStore === ANY_COOKIE_STORE || cookieStore === login.cookieStore;
}

/** Whether a request may be of another cookie store than it names: of a service worker, which has no tab. */
export function isOfAnyStore({ tab, source, cookieStore }: TokenBearer): boolean {
  return tab === null && source === 'browser' && cookieStore !== ANY_COOKIE_STORE;
}

/** Whether a login was made in a request's tab, or in a popup of that tab. */
export function ranInTabOf({ tab, opener }: Login, request: TokenBearer): boolean {
  return request.tab !== null && (tab === request.tab || opener === request.tab);
}

/** Whether a login was made in the tab that opened a request's tab. */
export function ranInOpenerOf({ tab }: Login, request: TokenBearer): boolean {
  return request.opener !== null && tab === request.opener;
}

/** Whether a request cannot carry a login's token: it arrived before the login ended, or was sent before and answered after. */
export function wasSentBefore(request: TokenBearer, { loggedInAt, ordinal }: Login): boolean {
  const { sentAt, at, before, source } = request;
  if (before !== undefined && ordinal >= before) return true;
  // When a server called, while it was at work on what it was asked for, is not known.
  if (source === 'server') return false;
  return sentAt !== undefined && sentAt < loggedInAt && at >= loggedInAt;
}

/**
 * Whether a server's report came with an answer that the browser had asked for before a login ended: it may be about whoever
 * was logged in until then.
 */
export function wasAskedBefore(
  { source, sentAt, at }: TokenBearer,
  { loggedInAt }: Login,
): boolean {
  if (source !== 'server' || sentAt === undefined) return false;
  return loggedInAt - sentAt > INSTANT_ERROR_MS && at >= loggedInAt;
}

/** Whether a request's token was surely there before a login ended; a server's own clock may be off by more. */
function carriesTokenFromBefore(
  { tokenIssuedAt, source }: TokenBearer,
  { startedAt, loggedInAt }: Login,
): boolean {
  if (tokenIssuedAt === undefined) return false;
  return source === 'server'
    ? startedAt - tokenIssuedAt > BEGIN_TOLERANCE_MS
    : loggedInAt - tokenIssuedAt > REPORT_ERROR_MS;
}

/** Whether an answer names another link than a login was told of: tokens of a link that was cut are no good. */
function isOfAnotherLink(
  { connectedAt: linkMadeAt = null, hasSignedUp = null }: TokenBearer,
  { connectedAt }: Login,
): boolean {
  if (linkMadeAt === null || connectedAt === null) return false;
  // Under manual link, the sign-up moves `connected_at`: docs/kakao-rules.md#connected-at.
  if (hasSignedUp === true && linkMadeAt > connectedAt) return false;
  return Math.abs(linkMadeAt - connectedAt) > CONNECTED_TOLERANCE_MS;
}

/** Whether an answer tells of a link that was made after a login that was told of none, if the tester's clock is right. */
function tellsOfLaterLink(request: TokenBearer, login: Login): boolean {
  return linkedAfter(request, login) > CLOCK_ERROR_MS;
}

/**
 * Whether an answer perhaps tells of such a link: it does, unless the tester's clock is slow by minutes. An answer to the login's
 * own token shows that the clock is slow.
 */
export function mayTellOfLaterLink(request: TokenBearer, login: Login): boolean {
  const { tokenIssuedAt } = request;
  const isOwnToken = tokenIssuedAt !== undefined && tokenIssuedAt === login.tokenAt;
  return !isOwnToken && linkedAfter(request, login) > CONNECTED_TOLERANCE_MS;
}

/** How long after a login that was told of no link an answer says that its link was made, in ms; 0 where it does not say. */
function linkedAfter(
  { connectedAt: linkMadeAt = null, hasSignedUp = null }: TokenBearer,
  { connectedAt, loggedInAt }: Login,
): number {
  if (linkMadeAt === null || connectedAt !== null) return 0;
  // Under manual link, the sign-up moves `connected_at`: docs/kakao-rules.md#connected-at.
  return hasSignedUp === true ? 0 : linkMadeAt - loggedInAt;
}

/** Whether the clock was set back while a request was on its way: nobody knows which login ended before it was sent. */
export function wasClockSetBack({ sentAt, at }: TokenBearer): boolean {
  return sentAt !== undefined && sentAt > at;
}
