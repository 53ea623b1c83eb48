import { UNKNOWN_APP } from '../../model/app.ts';
import type { Login } from '../../model/login.ts';
import type { Observation, TokenFact } from '../../model/observation.ts';
import { loginsOfSite } from '../state/login-index.ts';
import type { LoginState } from '../state/login-state.ts';
import { LONGEST_EXCHANGE_MS } from '../state/time-limits.ts';
import { attributeRequest, siteOfRequest } from './attribute-request.ts';
import { isInStore, ownerOfCode, ranInTabOf, type TokenBearer } from './token-bearer.ts';
import { MAX_LOOKED_AT } from './token-candidates.ts';

// Of which login a token request is: the one whose code it exchanges, or whose token it refreshes.

export type TokenRequest = Observation<TokenFact>;

/** The latest logins of a request's site and cookie store, in order of arrival: an older one waits for no token. */
export function loginsNear(loginState: LoginState, request: TokenRequest): Login[] {
  return latestOfSite(loginState, request).filter((l) => isInStore(l, request));
}

/** The latest logins of a request's site, in any cookie store, in order of arrival. */
function latestOfSite(loginState: LoginState, request: TokenRequest): readonly Login[] {
  const site = siteOfRequest(loginState, request);
  return site === null ? [] : loginsOfSite(loginState, site).slice(-MAX_LOOKED_AT);
}

/** The login that a token request belongs to, as far as is known, and how sure that is. */
export function loginOfToken(
  loginState: LoginState,
  request: TokenRequest & Pick<TokenBearer, 'before'>,
): { login: Login | undefined; surely: boolean } {
  const { codeAt } = request;
  const owner =
    codeAt === undefined ? undefined : ownerOfCode(request, loginsNear(loginState, request));
  if (owner) return { login: owner, surely: true };
  const attribution = attributeRequest(loginState, request);
  const login = attribution?.login;
  // A page may open a popup of its own and exchange the code itself: the last login of its own tab is then too old.
  if (isRecordedExchange(request) && !(login && mayHaveIssued(login, request)))
    return { login: latestIssuer(loginState, request), surely: true };
  // A page may refresh the token of an earlier login while the latest waits for its own.
  const isFirstToken =
    request.grant !== 'refresh_token' && login?.tokenAt === null && login.tab === request.tab;
  const isOnly = attribution?.candidates.length === 1 && attribution.doubt !== 'other-tab';
  return { login, surely: isOnly || isFirstToken };
}

/** Of the logins near a request, the latest of its site, in any tab, whose code or token it may carry. */
export function latestIssuer(loginState: LoginState, request: TokenRequest): Login | undefined {
  const site = siteOfRequest(loginState, request);
  const isOtherAccount = ({ userHash }: Login) =>
    request.account && userHash && userHash !== request.account;
  return latestOfSite(loginState, request).findLast(
    (l) =>
      l.site === site && isInStore(l, request) && !isOtherAccount(l) && mayHaveIssued(l, request),
  );
}

/** Whether a login may be the one whose code or token a request carries. */
export function mayHaveIssued(login: Login, request: TokenRequest): boolean {
  // A page asks for the code with the app's JavaScript key, and its server for the token with the REST key.
  const isSameApp =
    !request.clientId ||
    [UNKNOWN_APP, request.clientId].includes(login.clientId) ||
    login.loggedInAt === request.codeAt;
  const isInTime =
    !isRecordedExchange(request) || Math.abs(request.at - login.loggedInAt) <= LONGEST_EXCHANGE_MS;
  // A code serves once: the next token is another login's.
  const isTaken = isRecordedExchange(request) && login.tokenAt !== null;
  return isSameApp && isInTime && !isTaken;
}

/**
 * Whether a recording leaves it open which of several logins a token request is of: other logins of its tab, or of any tab where
 * it has none, waited for their tokens, too, and the code does not tell.
 */
export function othersWait(loginState: LoginState, login: Login, request: TokenRequest): boolean {
  const { source, codeAt, tab, at } = request;
  if (source !== 'har' || codeAt === login.loggedInAt) return false;
  return latestOfSite(loginState, request).some(
    (l) =>
      l !== login &&
      l.tokenAt === null &&
      isInStore(l, request) &&
      (tab === null || ranInTabOf(l, request)) &&
      Math.abs(at - l.loggedInAt) <= LONGEST_EXCHANGE_MS &&
      mayHaveIssued(l, request),
  );
}

/** Whether a recording shows a code exchanged for a token: there was a login then, seen or not. */
export function isRecordedExchange({ grant, status, source }: TokenRequest): boolean {
  return grant === 'authorization_code' && status === 200 && source === 'har';
}
