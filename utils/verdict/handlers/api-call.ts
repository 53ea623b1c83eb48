import { appOf, UNKNOWN_APP } from '../../model/app.ts';
import {
  areOfOneSite,
  type CompletionDoubt,
  type CompletionSlot,
  type EvidenceKind,
  type Login,
} from '../../model/login.ts';
import type {
  ApiFact,
  BadReportFact,
  Observation,
  TokenHandedFact,
} from '../../model/observation.ts';
import { attributeRequest, neighbourOf } from '../attribute/attribute-request.ts';
import { bufferReport } from '../attribute/buffered-reports.ts';
import {
  isCompletingListedCall,
  isCompletingSignup,
  isSuccess,
} from '../attribute/evaluate-call.ts';
import { addEvidence, evidenceKindsOf, isAfterJob } from '../attribute/evidence.ts';
import { noteDocument } from '../attribute/left-documents.ts';
import { recordCall, showsToken } from '../attribute/record-call.ts';
import { popupHandingOver } from '../flow/popup-flow.ts';
import {
  findAnswer,
  keepRequest,
  mayBeAnswered,
  takeAnswer,
  withAnswer,
} from '../state/join-answers.ts';
import { indexAccount, loginsOfApp } from '../state/login-index.ts';
import type { WaitingRequest } from '../state/login-state.ts';
import { FLOW_TIMEOUT_MS } from '../state/time-limits.ts';
import { linkModeEvidence } from './app-knowledge.ts';
import type { FactHandler } from './fact-handler.ts';
import {
  attachTo,
  beginLogin,
  markAppChanged,
  markChanged,
  type ReduceContext,
} from './reduce-context.ts';
import { loginsBeforeUnseen, noteStrayCall, noteUnseenLinks } from './stray-call.ts';

type ApiCall = Observation<ApiFact>;

/** An API call: evidence on every login whose token it may carry, and of its app's link mode. */
export const apiHandler: FactHandler<ApiFact> = {
  begin(context, call) {
    if (isPreflight(call)) return null;
    const { unjoined, nextOrdinal: before } = context.loginState.tracking;
    const answer = findAnswer(unjoined, call);
    return beginPopupLogin(context, answer ? withAnswer(call, answer) : call, before);
  },

  record(context, call, begun) {
    if (isPreflight(call)) return;
    const { loginState } = context;
    const { unjoined, nextOrdinal: before } = loginState.tracking;
    noteDocument(loginState.tracking, call);
    // A popup whose login is not known yet may have issued the token.
    const tells = call.status === 200 || evidenceKindsOf(call).length > 0;
    const maybeOther = !begun && tells && !!popupHandingOver(loginState, call);
    const answer = takeAnswer(unjoined, call);
    const whole = answer ? withAnswer(call, answer) : call;
    const recorded = recordApiCall(context, whole, { before, maybeOther, begun });
    if (answer) {
      if (recorded.login) attachTo(context, answer, recorded.login);
    } else if (mayBeAnswered(call)) {
      keepRequest(unjoined, {
        request: call,
        before,
        login: recorded.login?.id ?? null,
        candidates: recorded.candidates.map((l) => l.id),
        maybeOther,
        firstSight: recorded.firstSight,
      });
    }
  },
};

/**
 * Begins the login of a popup that handed its token over by message, which only the calls with that token show. Does so for a
 * call out of SDK v1's frame that can be of no login with an ordinal below `before`; returns null otherwise.
 */
export function beginPopupLogin(
  context: ReduceContext,
  call: ApiCall,
  before: number,
): Login | null {
  const { loginState } = context;
  if (!call.inFrame || call.status !== 200 || call.target !== undefined) return null;
  const popup = popupHandingOver(loginState, call);
  const isOver = !popup || call.at - popup.lastAt > FLOW_TIMEOUT_MS;
  if (isOver || attributeRequest(loginState, { ...call, before })) return null;
  return beginLogin(context, popup, call);
}

/** When a call arrived: before which ordinal, and what was not sure then. */
interface CallArrival extends Pick<WaitingRequest, 'before' | 'maybeOther'> {
  /** The login that the call itself began. */
  begun: Login | null;
}

/** What a call was recorded on. */
interface RecordedCall {
  /** The login that it likeliest belongs to; null where it may at most be of one. */
  login: Login | null;
  /** All logins that have it as evidence. */
  candidates: Login[];
  /** It was the first to show in the browser that login's token. */
  firstSight: boolean;
}

/** Records a call on the logins whose token it may carry, as it arrived. */
export function recordApiCall(
  context: ReduceContext,
  call: ApiCall,
  { before, maybeOther, begun }: CallArrival,
): RecordedCall {
  const { loginState } = context;
  const attribution = attributeRequest(loginState, {
    ...call,
    ...(call.cached || call.maybeCached ? { account: null } : {}),
    before,
  });
  if (!attribution) {
    bufferReport(loginState, call);
    const candidates = noteStrayCall(loginState, { ...call, before });
    markChanged(context, candidates);
    return { login: null, candidates, firstSight: false };
  }
  const { login } = attribution;
  const others = loginsBeforeUnseen(loginState, call, attribution);
  const candidates = [...new Set([...attribution.candidates, ...others])];
  const mayBeOfPopup = begun ? begun !== login : maybeOther;
  const ownDoubt = attribution.doubt ?? (call.maybeCached ? 'answer-unknown' : null);
  const doubt = mayBeOfPopup ? 'account-unknown' : ownDoubt;

  const wasSeen = login.seenInBrowser;

  learnLinkMode(context, call, attribution.candidates, doubt === null);
  const kept = addEvidence(call, whatItShows(call, candidates), candidates, { doubt, before });
  const unseen = isAfterUnlink(call, candidates)
    ? noteUnseenLinks(loginState, { ...call, before })
    : [];
  recordCall(login, call, doubtAmong(candidates) ?? doubt, completionSlotOf(call));
  indexAccount(loginState, login);
  // A page may call every second: a login that learns nothing new by that need not be stored again.
  const noted = [...new Set([...kept, ...unseen])];
  markChanged(context, noted);
  attachTo(context, call, login);
  return { login, candidates: noted, firstSight: !wasSeen && login.seenInBrowser };
}

/** Whether a call was answered though all logins whose token it may carry were unlinked before: it is of one that was not seen. */
function isAfterUnlink(call: ApiCall, candidates: readonly Login[]): boolean {
  const sentAt = call.sentAt ?? call.at;
  return (
    isSuccess(call) && candidates.every(({ unlinkCall }) => unlinkCall && unlinkCall.at < sentAt)
  );
}

/** What a call shows of the links of the logins whose token it may carry; if nothing else, that they are there still. */
function whatItShows(call: ApiCall, candidates: readonly Login[]): EvidenceKind[] {
  const kinds = evidenceKindsOf(call);
  const isAlive = isSuccess(call) && showsToken(call) && isAfterJob(call, candidates);
  return !kinds.length && isAlive ? ['link-alive'] : kinds;
}

/** A report that could not be read: what it meant to tell may be a completing call of its site's login. */
export const badReportHandler: FactHandler<BadReportFact> = {
  record: (context, report) => noteSignOfCalls(context, report, 'unreadable'),
};

/** The token was handed to the site's own server, which may call with it where nobody sees. */
export const tokenHandedHandler: FactHandler<TokenHandedFact> = {
  record: (context, request) => noteSignOfCalls(context, request, 'handed-over'),
};

/** Notes, on the logins whose token it may be about, a sign of calls that were not seen themselves. */
function noteSignOfCalls(
  context: ReduceContext,
  request: Observation,
  what: 'unreadable' | 'handed-over',
): void {
  const { loginState } = context;
  const attribution = attributeRequest(loginState, request);
  const neighbour = attribution ? undefined : neighbourOf(loginState, request);
  const candidates = attribution?.candidates ?? (neighbour ? [neighbour] : []);
  const doubt = attribution ? attribution.doubt : 'account-unknown';
  addEvidence(request, [what], candidates, { doubt, before: loginState.tracking.nextOrdinal });
  for (const login of candidates) attachTo(context, request, login);
}

/** Why it is not certain which of several logins a call is of; null where there is one. */
function doubtAmong(candidates: readonly Login[]): CompletionDoubt | null {
  if (candidates.length === 1) return null;
  return areOfOneSite(candidates) ? 'other-tab' : 'account-unknown';
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
function learnLinkMode(
  context: ReduceContext,
  call: ApiCall,
  candidates: readonly Login[],
  surely: boolean,
): void {
  const [login] = candidates;
  if (!login || candidates.some((l) => l.clientId !== login.clientId)) return;
  // Where no token was given, the page has one from before, perhaps of another app.
  if (!surely && candidates.every((l) => l.tokenAt === null && l.tokenRefused)) return;
  const { loginState, change } = context;
  // Several logins of unknown apps need not be of one.
  if (login.clientId === UNKNOWN_APP && loginsOfApp(loginState, UNKNOWN_APP).length > 1) return;
  const app = appOf(loginState, login.clientId);
  const evidence = linkModeEvidence(call, app, surely ? candidates : []);
  if (!evidence) return;
  loginState.apps.set(login.clientId, { ...app, ...evidence, inferredAt: call.at });
  change.apps.add(login.clientId);
  if (evidence.inferredLinkMode !== app.inferredLinkMode) markAppChanged(context, login.clientId);
}
