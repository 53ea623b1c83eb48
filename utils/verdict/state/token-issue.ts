import { isOfEasyLogin, isTokenByMessage, type Evidence, type Login } from '../../model/login.ts';
import type { Observation, TokenFact } from '../../model/observation.ts';
import { MINUTE_MS } from '../../model/time.ts';
import { LONGEST_EXCHANGE_MS, INSTANT_ERROR_MS } from './time-limits.ts';

/** Whether a request sent at an instant (epoch ms) went out before a login's token was issued, so that it carries another. */
export function isBeforeToken(login: Login, sentAt: number): boolean {
  const { tokenAt, reportedByServer } = login;
  // A server tells of its token after it got it: with a page, when all of that has come.
  if (tokenAt === null || reportedByServer || !cameInTime(login)) return false;
  return tokenAt - sentAt > INSTANT_ERROR_MS;
}

/**
 * Whether a server's report came with an answer that another tab had asked for before the server got a login's token: that tab
 * was still in the session of whoever had logged in before.
 */
export function wasAskedElsewhereBefore(
  login: Login,
  { source, tab, at, sentAt }: Pick<Evidence, 'source' | 'tab' | 'at' | 'sentAt'>,
): boolean {
  const { tokenAt, opener } = login;
  const isElsewhere = tab !== undefined && tab !== login.tab && tab !== opener;
  // What is told at once with the token is of the same answer.
  if (source !== 'server' || !isElsewhere || tokenAt === null || at === tokenAt) return false;
  return cameInTime(login) && tokenAt - sentAt > INSTANT_ERROR_MS;
}

/** Whether a login's token was seen to be issued for its code, so that all calls with it come where they were watched for. */
export function wasTokenIssued(login: Login): boolean {
  return !login.tokenUnsure && cameInTime(login);
}

/** Whether the first token that was seen of a login came so soon that its code was exchanged for it. */
export function cameInTime({ tokenAt, loggedInAt }: Login): boolean {
  return tokenAt !== null && tokenAt - loggedInAt <= LONGEST_EXCHANGE_MS;
}

/** From when on (epoch ms) calls with a login's token may have gone unseen; null where all could be seen. */
export function unseenCallsSince(login: Login): number | null {
  const { seenInBrowser, reportedByServer, tokenAt, visibilityGap, loggedInAt } = login;
  const isVisible = (seenInBrowser || reportedByServer) && tokenAt !== null;
  return isVisible ? (visibilityGap?.at ?? null) : loggedInAt;
}

/** A page exchanges its code for a token within this time, unless somebody holds it up. */
const USUAL_EXCHANGE_MS = MINUTE_MS;

/**
 * Whether a token request may have refreshed a token instead of exchanging the login's code: a popup handed the token over, so
 * that no page asks for it; a server reports it after the code came, which may be another provider's; or the grant is not known, and the site's server kept the code, or the request came later than pages
 * exchange theirs.
 */
export function mayBeRefresh(login: Login, request: Observation<TokenFact>): boolean {
  const { source, grant, codeAt, sentAt, at } = request;
  if (grant === 'authorization_code' || codeAt !== undefined) return false;
  if (source === 'server') return isOfEasyLogin(login) && at - login.loggedInAt > INSTANT_ERROR_MS;
  if (isTokenByMessage(login)) return true;
  if (grant !== null) return false;
  return login.codeKept === true || (sentAt ?? at) - login.loggedInAt > USUAL_EXCHANGE_MS;
}
