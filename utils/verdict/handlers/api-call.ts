import { WINDOW_MS } from '../../kakao/policy.ts';
import { appOf } from '../../model/app.ts';
import type { CompletionDoubt, CompletionSlot, Login } from '../../model/login.ts';
import type { ApiFact, Observation } from '../../model/observation.ts';
import { linkModeEvidence } from '../app-knowledge.ts';
import {
  areUnrelated,
  type Attribution,
  attributeRequest,
  siteOfRequest,
} from '../attribute-request.ts';
import { bufferReport } from '../buffered-reports.ts';
import { isCompletingListedCall, isCompletingSignup } from '../evaluate-call.ts';
import { findLogins } from '../find-logins.ts';
import { FLOW_TIMEOUT_MS, flowRunsInTab } from '../flow.ts';
import type { Flow, LoginState } from '../login-state.ts';
import { recordCall } from '../record-call.ts';
import { attachTo, beginLogin, markAppChanged, type ReduceContext } from '../reduce-context.ts';
import type { FactHandler } from './fact-handler.ts';

type ApiCall = Observation<ApiFact>;

/** An API call: recorded on the login it belongs to, and as evidence of its app's link mode. */
export const apiHandler: FactHandler<ApiFact> = {
  begin(context, call) {
    const { loginState } = context;
    if (isPreflight(call) || !call.inFrame) return null;
    const popup = popupHandingOver(loginState, call);
    if (!popup || attributeRequest(loginState, call)) return null;
    return beginLogin(context, popup, call);
  },

  record(context, call, begun) {
    if (isPreflight(call)) return;
    const { loginState } = context;
    const attribution = attributeRequest(loginState, call);
    if (!attribution) {
      bufferReport(loginState, call);
      return;
    }
    const { login, otherCandidates } = attribution;
    const slot = completionSlotOf(call);
    // A popup whose login is not known yet may have issued the token.
    const mayBeOfPopup = begun ? begun !== login : !!popupHandingOver(loginState, call);
    const doubt: CompletionDoubt | null =
      mayBeOfPopup || mayBeOfUnrelatedLogin(attribution, slot)
        ? 'account-unknown'
        : attribution.doubt;

    recordCall(login, call, doubt, slot);
    if (slot) notePossibleCall(context, call, slot, login, doubt ? otherCandidates : []);
    if (!doubt) learnLinkMode(context, call, login.clientId);
    attachTo(context, call, login);
  },
};

function isPreflight(call: ApiCall): boolean {
  return call.method === 'OPTIONS';
}

/** As what the call completes a login, if it does. */
function completionSlotOf(call: ApiCall): CompletionSlot | null {
  if (isCompletingListedCall(call)) return 'listedCall';
  return isCompletingSignup(call) ? 'signupCall' : null;
}

/**
 * Whether a call may be of a login by another key or on another origin of the site instead. Not where that login was
 * surely complete before the login of the call's own tab.
 */
function mayBeOfUnrelatedLogin(
  { login, isOwnTab, otherCandidates }: Attribution,
  slot: CompletionSlot | null,
): boolean {
  const other = otherCandidates.findLast((l) => areUnrelated(login, l));
  if (!other) return false;
  const wasSurelyComplete = slot !== null && other[slot]?.doubt === null;
  return !(isOwnTab && wasSurelyComplete);
}

/** Notes a completing call on the logins that it may be of, besides the one it was recorded on. */
function notePossibleCall(
  { loginState, change }: ReduceContext,
  call: ApiCall,
  slot: CompletionSlot,
  login: Login,
  candidates: readonly Login[],
): void {
  const others = findLogins(
    loginState,
    (l) => candidates.includes(l) || mayShareLink(l, login, call.at),
  );
  for (const other of others) {
    if (other.possibleCalls?.[slot]) continue;
    (other.possibleCalls ??= {})[slot] = call.at;
    change.logins.add(other.id);
  }
}

/**
 * Whether a call at an instant (epoch ms), recorded on `login`, may be about the link that an earlier login made. A
 * link is the app's on every site, and an app may have two keys: docs/kakao-rules.md#links.
 */
function mayShareLink(earlier: Login, login: Login, at: number): boolean {
  const mayBeRepeat = login.consent !== 'shown' || login.extraConsentRequested;
  const isSameApp = earlier.clientId === login.clientId;
  const isSameSite = earlier.site === login.site;
  return (
    mayBeRepeat &&
    isSameApp !== isSameSite &&
    earlier.cookieStore === login.cookieStore &&
    earlier.ordinal < login.ordinal &&
    at - earlier.loggedInAt <= WINDOW_MS
  );
}

/** Infers the app's link mode from a call that is surely its. */
function learnLinkMode(context: ReduceContext, call: ApiCall, clientId: string): void {
  const evidence = linkModeEvidence(call);
  if (!evidence) return;
  const { loginState, change } = context;
  const app = appOf(loginState, clientId);
  loginState.apps.set(clientId, { ...app, ...evidence, inferredAt: call.at });
  change.apps.add(clientId);
  if (evidence.inferredLinkMode !== app.inferredLinkMode) markAppChanged(context, clientId);
}

/**
 * The unfinished flow of a popup that showed a page and may have handed its token over by message: it leaves only the
 * call that uses the token. Undefined where there is none, or where the call was not answered 200.
 */
function popupHandingOver(loginState: LoginState, call: ApiCall): Flow | undefined {
  if (call.status !== 200) return undefined;
  const site = siteOfRequest(loginState, call);
  return Object.values(loginState.tracking.flows).find(
    (flow) =>
      flow.popup === 'message' &&
      !flow.done &&
      flow.screenShown &&
      call.at - flow.lastAt <= FLOW_TIMEOUT_MS &&
      flow.cookieStore === call.cookieStore &&
      (site ? flow.site === site : flowRunsInTab(flow, call.tab)),
  );
}
