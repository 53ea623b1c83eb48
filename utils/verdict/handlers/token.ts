import { appOf, UNKNOWN_APP } from '../../model/app.ts';
import { isTokenByMessage, type Login } from '../../model/login.ts';
import type { TokenFact } from '../../model/observation.ts';
import { originOf } from '../../model/url.ts';
import { bufferReport } from '../attribute/buffered-reports.ts';
import { addEvidence, isAfterJob } from '../attribute/evidence.ts';
import { noteDocument, noteTokenOfDocument, wasLeftFor } from '../attribute/left-documents.ts';
import { recordTokenRequest } from '../attribute/record-call.ts';
import { ownerOfCode, ranInTabOf, wasAskedBefore } from '../attribute/token-bearer.ts';
import {
  isRecordedExchange,
  latestIssuer,
  loginOfToken,
  loginsNear,
  mayHaveIssued,
  othersWait,
  type TokenRequest,
} from '../attribute/token-issuer.ts';
import { createFlow, noteUnseenMeanwhile } from '../flow/flow.ts';
import { newLogin } from '../flow/new-login.ts';
import { endPolledFlow, FIRST_POLL_MS, pollKey, type PolledFlow } from '../flow/popup-flow.ts';
import {
  findAnswer,
  keepRequest,
  mayBeAnswered,
  takeAnswer,
  withAnswer,
} from '../state/join-answers.ts';
import {
  forgetIndex,
  indexAccount,
  loginsOfSite,
  loginsOfTab,
  recentLogins,
} from '../state/login-index.ts';
import type { KnownConsent, LoginState, Tracking, WaitingRequest } from '../state/login-state.ts';
import { LONGEST_EXCHANGE_MS } from '../state/time-limits.ts';
import { mayBeRefresh } from '../state/token-issue.ts';
import { flowKey, setAsLatest, siteKey } from '../state/tracking-keys.ts';
import type { FactHandler } from './fact-handler.ts';
import { noteLateToken } from './late-token.ts';
import { attachTo, beginLogin, forgetUnknownMode, type ReduceContext } from './reduce-context.ts';
import { noteUnseenLogin } from './unseen-login.ts';
import { noteUnwatchedHosts } from './unwatched-hosts.ts';

/** A token request. It may be all that ends a login: of a page that polled for its code, or in a recording that starts late. */
export const tokenHandler: FactHandler<TokenFact> = {
  begin(context, request) {
    const { clientId, redirectUri } = request;
    const answer = findAnswer(context.loginState.tracking.unjoined, request);
    const polled = takePolledFlow(
      context.loginState,
      answer ? withAnswer(request, answer) : request,
    );
    if (polled) return beginPolledLogin(context, polled, request);
    if (!isRecordedExchange(request) || !clientId) return null;
    const { loginState } = context;
    if (latestIssuer(loginState, request) ?? loginOfToken(loginState, request).login) return null;
    const site = request.site ?? originOf(redirectUri);
    const flow = createFlow(request, { clientId, redirectUri, site, watched: true });
    return beginLogin(context, flow, request);
  },

  record(context, request, begun) {
    noteDocument(context.loginState.tracking, request);
    const isOfLostLogin =
      takeStrayCode(context.loginState, request) || isOfUnseenSite(context.loginState, request);
    if (isOfLostLogin && !begun) noteLostLogin(context, request);
    const { unjoined } = context.loginState.tracking;
    const answer = takeAnswer(unjoined, request);
    const whole = answer ? withAnswer(request, answer) : request;
    if (begun) recordToken(context, begun, whole, true);
    const issuer = begun ? { login: begun, surely: true } : recordIssuer(context, whole);
    if (answer) {
      if (issuer) attachTo(context, answer, issuer.login);
    } else if (!begun) letWait(context.loginState, request, issuer);
  },
};

/** Begins the login whose code a page polled for, kept and, it seems, exchanges. What the request was for may be told later. */
function beginPolledLogin(
  context: ReduceContext,
  { flow, ifExchanged }: PolledFlow,
  request: TokenRequest,
): Login {
  const { loginState } = context;
  const login = beginLogin(context, flow, request);
  const known = ifExchanged && newLogin(ifExchanged, request, loginState.tracking);
  letWait(loginState, request, { login, surely: true }, known);
  return login;
}

/** Lets a request wait for its answer, with the login on which it is recorded, if any, and how sure that is. */
function letWait(
  { tracking }: LoginState,
  request: TokenRequest,
  issuer: { login: Login; surely: boolean } | null,
  known?: KnownConsent,
): void {
  const { unjoined, nextOrdinal: before } = tracking;
  if (!mayBeAnswered(request) || findAnswer(unjoined, request)) return;
  const login = issuer?.login.id ?? null;
  keepRequest(unjoined, {
    request,
    before,
    login,
    candidates: login ? [login] : [],
    maybeOther: !issuer?.surely,
    firstSight: false,
    ...(known && { ifExchanged: consentOfLogin(known) }),
  });
}

function consentOfLogin(login: KnownConsent): KnownConsent {
  const { consent, consentUnseenBecause, extraConsentRequested, screenOrdinal } = login;
  return { consent, consentUnseenBecause, extraConsentRequested, screenOrdinal };
}

/**
 * Notes what a token request, of which that was not known, was for: whether it gave the login on which it is recorded its token,
 * or refreshed one, perhaps of another login.
 */
export function noteGrant(
  { loginState }: ReduceContext,
  login: Login,
  request: TokenRequest,
  { before, ifExchanged }: WaitingRequest,
): void {
  const { grant, at, status } = request;
  const { tracking } = loginState;
  if (status !== 200 || grant === null) return;
  if (grant === 'refresh_token') {
    if (login.tokenAt === at) takeBackToken(login, request);
    const found = loginOfToken(loginState, { ...request, before });
    noteLinkAlive(login, request, { surely: found.surely && found.login === login, before });
    return;
  }
  login.tokenAt ??= at;
  if (login.tokenAt !== at) return;
  delete login.tokenUnsure;
  Object.assign(login, ifExchanged);
  noteTokenOfDocument({ documents: tracking.documents, nextOrdinal: before }, request);
}

/** Takes back what a login was thought to have by a request that only refreshed a token: that, and perhaps all of the login. */
function takeBackToken(login: Login, { id }: TokenRequest): void {
  login.tokenAt = null;
  delete login.tokenUnsure;
  if (isTokenByMessage(login)) login.tokenUnsure = true;
  if (login.id === id)
    Object.assign(login, { consent: 'unseen', consentUnseenBecause: 'easy-login' });
}

/**
 * Ends the flow whose code a page polled for and exchanges, or has its server exchange, without going to the redirect URI, and
 * returns it. Undefined for any other token request.
 */
function takePolledFlow(loginState: LoginState, request: TokenRequest): PolledFlow | undefined {
  const { status, grant, tab, site, at, sentAt } = request;
  const poll = loginState.tracking.polls[pollKey(request) ?? ''];
  if (!poll || poll.site !== site || status !== 200 || grant === 'refresh_token') return undefined;
  const askedAt = sentAt ?? at;
  if (askedAt - poll.lastAt > LONGEST_EXCHANGE_MS) return undefined;
  const near = loginsNear(loginState, request);
  const isEnded = near.some(
    (l) =>
      l.tokenAt === null &&
      (tab === null || ranInTabOf(l, request)) &&
      l.loggedInAt >= poll.at - FIRST_POLL_MS,
  );
  if (isEnded) return undefined;
  // The token of an earlier login may have been refreshed while the popup was open.
  const mayBeOther = grant === null && near.some((l) => hasToken(l, askedAt));
  return endPolledFlow(loginState, request, poll, { askedAt, mayBeOther });
}

/** Whether a token of a login was seen that may still be good at an instant (epoch ms): it was surely not used to unlink before. */
function hasToken({ tokenAt, evidence }: Login, at: number): boolean {
  const isGone = evidence.some(
    (e) => e.what === 'unlink' && e.of.length === 1 && e.doubt === null && e.at < at,
  );
  return tokenAt !== null && !isGone;
}

/**
 * Takes note of a token for a code to which no step of a login led: that login was lost, and later calls may carry its token
 * instead of an earlier one's. Returns whether it is so; not where a login was seen since, whose token it is, or where the
 * request tells that its code is a seen login's, which a server led on to another page.
 */
function takeStrayCode(loginState: LoginState, request: TokenRequest): boolean {
  const { tracking } = loginState;
  const { tab, status, at } = request;
  const codeAt = tracking.strayCodes[tab ?? ''];
  if (codeAt === undefined || status !== 200) return false;
  delete tracking.strayCodes[tab ?? ''];
  const near = loginsNear(loginState, request);
  const isOfSeen =
    ownerOfCode(request, near) !== undefined ||
    near.some((l) => ranInTabOf(l, request) && l.loggedInAt >= codeAt);
  if (isOfSeen || at - codeAt > LONGEST_EXCHANGE_MS) return false;
  for (const key of [siteKey(request), flowKey(request)])
    setAsLatest(tracking.lostBefore, key, tracking.nextOrdinal);
  return true;
}

/** Whether a page got a token on a site of no known login, and its tab has none that may wait for it. */
function isOfUnseenSite(loginState: LoginState, request: TokenRequest): boolean {
  const { source, status, site, tab } = request;
  if (source !== 'browser' || status !== 200 || site === null) return false;
  const ofTab = tab === null ? [] : loginsOfTab(loginState, tab);
  return !loginsOfSite(loginState, site).length && ofTab.at(-1)?.tokenAt !== null;
}

/** Notes a lost login: it may be of any account, in whichever cookie store, and may have made its link while a screen was shown. */
function noteLostLogin(context: ReduceContext, request: TokenRequest): void {
  const { loginState } = context;
  noteUnseenMeanwhile(loginState.tracking);
  noteUnseenLogin(context, request, recentLogins(loginState, request.at));
}

/** Records a token request on the login whose code or token it carries; returns that and how sure it is, or null. */
function recordIssuer(
  context: ReduceContext,
  request: TokenRequest,
): { login: Login; surely: boolean } | null {
  const { login, surely } = loginOfToken(context.loginState, request);
  if (!login) {
    bufferReport(context.loginState, request);
    return null;
  }
  if (!mayHaveIssued(login, request)) return null;
  nameUnknownApp(context, login, request.clientId);
  recordToken(context, login, request, surely);
  attachTo(context, request, login);
  return { login, surely };
}

/** Records a token request on its login, with what it shows of token and link, and by which account that is found from now on. */
function recordToken(
  context: ReduceContext,
  login: Login,
  request: TokenRequest,
  surely: boolean,
): void {
  const { loginState } = context;
  const { userHash, tokenAt } = login;
  const mayBeOthers =
    othersWait(loginState, login, request) ||
    (!surely && isElsewhere(login, request)) ||
    wasAskedByLeftDocument(loginState.tracking, login, request);
  recordTokenRequest(login, request, surely && !mayBeOthers);
  if (tokenAt === null) {
    noteFirstToken(loginState, login, request, mayBeOthers);
    noteLateToken(context, login);
  }
  noteLinkAlive(login, request, { surely, before: loginState.tracking.nextOrdinal });
  if (request.source === 'server')
    noteUnwatchedHosts(loginState, request, [login], Object.keys(loginState.tracking.sites));
  if (userHash !== null && login.userHash !== userHash) forgetIndex(loginState);
  indexAccount(loginState, login);
}

/** Whether a page of another tab than a login's asked for a token: nothing tells that it has the login's code. */
function isElsewhere(login: Login, request: TokenRequest): boolean {
  const { source, grant, tab } = request;
  return source === 'browser' && grant === null && tab !== null && !ranInTabOf(login, request);
}

/**
 * Whether a page asked for a token that its tab had left for a login, and that the browser shows again: it has not the login's
 * code, and may refresh a token of its own. Not where the request is all that shows the login.
 */
function wasAskedByLeftDocument(tracking: Tracking, login: Login, request: TokenRequest): boolean {
  return request.grant === null && login.id !== request.id && wasLeftFor(tracking, login, request);
}

/**
 * Notes of a login that had no token before a request whether the token that calls carry from now on may be another's and, if it
 * is surely the login's own, which document has it.
 */
function noteFirstToken(
  { tracking }: LoginState,
  login: Login,
  request: TokenRequest,
  mayBeOthers: boolean,
): void {
  const isIssued = login.tokenAt !== null;
  // A page that a popup hands its token to asks for none: it refreshes one that it had before.
  const isFromBefore = isRefreshed(request) && isTokenByMessage(login);
  const isUnsure = mayBeOthers || mayBeRefresh(login, request) || wasAskedBefore(request, login);
  if (isIssued ? isUnsure : isFromBefore) login.tokenUnsure = true;
  else if (isIssued) noteTokenOfDocument(tracking, request);
}

/** Notes that a token was refreshed when Kakao's job had had its time: it left the link. */
function noteLinkAlive(
  login: Login,
  request: TokenRequest,
  { surely, before }: { surely: boolean; before: number },
): void {
  if (!isRefreshed(request) || !isAfterJob(request, [login])) return;
  const doubt = surely ? null : 'account-unknown';
  addEvidence(request, ['link-alive'], [login], { doubt, before });
}

function isRefreshed({ grant, status }: TokenRequest): boolean {
  return grant === 'refresh_token' && status === 200;
}

/** The request names the app of a login whose `client_id` was not seen: the login moves to that app. */
function nameUnknownApp(context: ReduceContext, login: Login, clientId: string | null): void {
  if (login.clientId !== UNKNOWN_APP || !clientId) return;
  const { loginState, change } = context;
  login.clientId = clientId;
  forgetIndex(loginState);
  forgetUnknownMode(context);
  loginState.apps.set(clientId, appOf(loginState, clientId));
  change.apps.add(clientId);
}
