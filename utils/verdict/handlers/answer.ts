import type { Login } from '../../model/login.ts';
import type { AnswerFact, ApiFact, Observation, TokenFact } from '../../model/observation.ts';
import { dropEmptyGroups, takeBackCall } from '../attribute/record-call.ts';
import { keepAnswer, takeRequest, withAnswer } from '../state/join-answers.ts';
import { indexAccount } from '../state/login-index.ts';
import type { WaitingRequest } from '../state/login-state.ts';
import { beginPopupLogin, recordApiCall } from './api-call.ts';
import type { FactHandler } from './fact-handler.ts';
import { attachTo, markChanged, type ReduceContext } from './reduce-context.ts';
import { noteGrant } from './token.ts';

type Answer = Observation<AnswerFact>;

/**
 * What the developer tools told of an answer. Its request is judged anew as if its body had been known from the start;
 * an answer that comes before its request waits for it.
 */
export const answerHandler: FactHandler<AnswerFact> = {
  record(context, answer) {
    const { unjoined } = context.loginState.tracking;
    const waiting = takeRequest(unjoined, answer);
    if (!waiting) return keepAnswer(unjoined, answer);
    const { request } = waiting;
    if (request.type === 'api') judgeCallAnew(context, { ...waiting, request }, answer);
    else judgeTokenAnew(context, { ...waiting, request }, answer);
  },
};

function judgeCallAnew(
  context: ReduceContext,
  waiting: WaitingRequest & { request: Observation<ApiFact> },
  answer: Answer,
): void {
  const { request, before, maybeOther } = waiting;
  const { logins } = context.loginState;
  takeBackEvidence(context, waiting);
  const first = logins.get(waiting.login ?? '');
  if (first) {
    takeBackCall(first, request);
    takeBackOwnFacts(first, request);
  }
  const answered = withAnswer(request, answer);
  const known = logins.get(request.id);
  const late = known ? null : beginPopupLogin(context, answered, before);
  const { login } = recordApiCall(context, answered, {
    before: late ? late.ordinal + 1 : before,
    maybeOther: maybeOther && !late,
    begun: known ?? late,
  });
  if (first) dropEmptyGroups(first);
  if (first && first !== login) takeBackSight(context, first, waiting);
  if (login) attachTo(context, answer, login);
}

/** Takes back what a call was said to show, on every login whose token it was thought to carry. */
function takeBackEvidence(context: ReduceContext, { request, candidates }: WaitingRequest): void {
  for (const id of candidates) {
    const login = context.loginState.logins.get(id);
    if (!login) continue;
    login.evidence = login.evidence.filter((e) => e.id !== request.id);
    markChanged(context, [login]);
  }
  context.retracted.add(request.id);
}

/** Takes back what a call was noted as on its login: the answer may say otherwise. */
function takeBackOwnFacts(login: Login, { at }: Observation<ApiFact>): void {
  const isOfCall = (one: { at: number } | null) => one?.at === at;
  if (isOfCall(login.listedCall)) login.listedCall = null;
  if (isOfCall(login.signupCall)) login.signupCall = null;
  if (isOfCall(login.unlinkCall)) login.unlinkCall = null;
}

/** The call was not of this login: that its token was seen in the browser goes, too. */
function takeBackSight(
  context: ReduceContext,
  login: Login,
  { request: call, firstSight }: WaitingRequest,
): void {
  if (firstSight) login.seenInBrowser = false;
  const { attached } = context.change;
  if (!attached.has(call.id)) attached.set(call.id, null);
}

function judgeTokenAnew(
  context: ReduceContext,
  waiting: WaitingRequest & { request: Observation<TokenFact> },
  answer: Answer,
): void {
  const login = context.loginState.logins.get(waiting.login ?? '');
  if (!login) return;
  const request = withAnswer(waiting.request, answer);
  noteGrant(context, login, request, waiting);
  const { account, grant } = request;
  // A refreshed token is this login's where the login had one.
  const isOwn = grant !== 'refresh_token' || login.tokenAt !== null;
  if (account && isOwn && !waiting.maybeOther) {
    login.userHash ??= account;
    indexAccount(context.loginState, login);
  }
  attachTo(context, answer, login);
}
