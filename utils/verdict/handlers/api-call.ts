import { appOf } from '../../model/app.ts';
import type { CompletionDoubt, CompletionSlot, Login } from '../../model/login.ts';
import type {
  ApiFact,
  BadReportFact,
  Observation,
  TokenHandedFact,
} from '../../model/observation.ts';
import { linkModeEvidence } from '../app-knowledge.ts';
import { attributeRequest, siteOfRequest } from '../attribute-request.ts';
import { bufferReport } from '../buffered-reports.ts';
import { isCompletingListedCall, isCompletingSignup } from '../evaluate-call.ts';
import { indexAccount } from '../find-logins.ts';
import { FLOW_TIMEOUT_MS, flowRunsInTab } from '../flow.ts';
import type { Flow, LoginState } from '../login-state.ts';
import { addEvidence, evidenceKindsOf, recordCall } from '../record-call.ts';
import {
  attachTo,
  beginLogin,
  markAppChanged,
  markDirty,
  type ReduceContext,
} from '../reduce-context.ts';
import type { FactHandler } from './fact-handler.ts';

type ApiCall = Observation<ApiFact>;

/** An API call: evidence on every login whose token it may carry, and of its app's link mode. */
export const apiHandler: FactHandler<ApiFact> = {
  begin(context, call) {
    const { loginState } = context;
    if (isPreflight(call) || !call.inFrame) return null;
    const popup = popupHandingOver(loginState, call);
    const isOver = !popup || call.at - popup.lastAt > FLOW_TIMEOUT_MS;
    if (isOver || attributeRequest(loginState, call)) return null;
    return beginLogin(context, popup, call);
  },

  record(context, call, begun) {
    if (isPreflight(call)) return;
    const { loginState } = context;
    const attribution = attributeRequest(
      loginState,
      call.cached ? { ...call, account: null } : call,
    );
    if (!attribution) {
      bufferReport(loginState, call);
      return;
    }
    const { login, candidates } = attribution;
    // A popup whose login is not known yet may have issued the token.
    const mayBeOfPopup = begun ? begun !== login : !!popupHandingOver(loginState, call);
    const doubt = mayBeOfPopup ? 'account-unknown' : attribution.doubt;

    learnLinkMode(context, call, candidates);
    addEvidence(call, evidenceKindsOf(call), candidates, doubt, loginState.tracking.nextOrdinal);
    recordCall(login, call, doubt ?? doubtAmong(candidates), completionSlotOf(call));
    indexAccount(loginState, login);
    for (const other of candidates) {
      context.change.logins.add(other.id);
      markDirty(context, other);
    }
    attachTo(context, call, login);
  },
};

/** A report that could not be read: what it meant to tell may be a completing call of its site's login. */
export const badReportHandler: FactHandler<BadReportFact> = {
  record: (context, report) => noteUnreadable(context, report, 'unreadable'),
};

/** The token was handed to the site's own server, which may call with it where nobody sees. */
export const tokenHandedHandler: FactHandler<TokenHandedFact> = {
  record: (context, request) => noteUnreadable(context, request, 'handed-over'),
};

function noteUnreadable(
  context: ReduceContext,
  request: Observation,
  what: 'unreadable' | 'handed-over',
): void {
  const attribution = attributeRequest(context.loginState, request);
  if (!attribution) return;
  const { candidates, doubt } = attribution;
  const { nextOrdinal } = context.loginState.tracking;
  addEvidence(request, [what], candidates, doubt, nextOrdinal);
  for (const login of candidates) attachTo(context, request, login);
}

/** Why it is not certain which of several logins a call is of; null where there is one. */
function doubtAmong(candidates: readonly Login[]): CompletionDoubt | null {
  const [first, ...others] = candidates;
  if (!first || others.length === 0) return null;
  return others.every((l) => l.clientId === first.clientId && l.site === first.site)
    ? 'other-tab'
    : 'account-unknown';
}

function isPreflight(call: ApiCall): boolean {
  return call.method === 'OPTIONS';
}

/** As what the call completes a login, if it does. */
function completionSlotOf(call: ApiCall): CompletionSlot | null {
  if (isCompletingListedCall(call)) return 'listedCall';
  return isCompletingSignup(call) ? 'signupCall' : null;
}

/** Infers the app's link mode from a call that is surely its, whichever login it is of. */
function learnLinkMode(context: ReduceContext, call: ApiCall, candidates: readonly Login[]): void {
  const [login] = candidates;
  if (!login || candidates.some((l) => l.clientId !== login.clientId)) return;
  const { loginState, change } = context;
  const app = appOf(loginState, login.clientId);
  const evidence = linkModeEvidence(call, app, candidates);
  if (!evidence) return;
  loginState.apps.set(login.clientId, { ...app, ...evidence, inferredAt: call.at });
  change.apps.add(login.clientId);
  if (evidence.inferredLinkMode !== app.inferredLinkMode) markAppChanged(context, login.clientId);
}

/**
 * The unfinished flow of a popup that showed a page and may have handed its token over by message, however long ago: it
 * leaves only the calls that use the token. Undefined where there is none, or where the call was not answered 200.
 */
function popupHandingOver(loginState: LoginState, call: ApiCall): Flow | undefined {
  if (call.status !== 200) return undefined;
  const site = siteOfRequest(loginState, call);
  return Object.values(loginState.tracking.flows).find(
    (flow) =>
      flow.popup === 'message' &&
      !flow.done &&
      flow.screenShown &&
      flow.cookieStore === call.cookieStore &&
      (site ? flow.site === site : flowRunsInTab(flow, call.tab)),
  );
}
