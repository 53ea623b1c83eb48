import type { AuthorizeFact, Observation } from '../../model/observation.ts';
import { advanceFlow } from '../advance-flow.ts';
import { flowKey } from '../flow.ts';
import type { Flow, LoginState } from '../login-state.ts';
import { loginsNearPopup, loginsOfApp } from '../login-index.ts';
import { beginLogin, markChanged, type ReduceContext } from '../reduce-context.ts';
import { noteUnseenLogin } from '../unseen-login.ts';
import type { FactHandler } from './fact-handler.ts';

/** How many flows, frames and the like are remembered, each. */
const MAX_REMEMBERED = 100;

/** A page of kauth: a step of a flow, perhaps its last. */
export const authorizeHandler: FactHandler<AuthorizeFact> = {
  begin(context, observation) {
    const flow = advanceFlow(context.loginState, observation);
    forgetOldest(context.loginState);
    if (flow.done) return null;
    const { outcome, method, status } = observation;
    flow.awaitsArrival = outcome === 'code';
    const isFormsPage = outcome === 'screen' && method === 'POST' && status === 200;
    const tokenHandedOver = flow.popup === 'message' && isFormsPage;
    return outcome === 'code' || outcome === 'token' || tokenHandedOver
      ? beginLogin(context, flow, observation)
      : null;
  },

  record(context, observation, begun) {
    const { outcome, error, clientId, cookieStore, at, method } = observation;
    const flow = context.loginState.tracking.flows[flowKey(observation)];
    if (!begun && outcome === 'screen' && flow?.popup === 'message')
      notePopupOfUnknownEnd(context, observation, flow);
    if (begun && method === 'POST' && flow) takeBackUnknownEnd(context, flow, at);
    if (outcome !== 'error' || error !== 'consent_required' || clientId === null) return;
    const session = context.loginState.tracking.kakaoSessions[cookieStore];
    const login = loginsOfApp(context.loginState, clientId).at(-1);
    if (!login || login.kakaoSession !== session || login.loggedInAt > at) return;
    login.consentRequiredAt = at;
    markChanged(context, [login]);
  },
};

/**
 * A popup's page may be the result that hands over a token: of a login that nobody saw, whose calls may complete the link
 * that a recent login made.
 */
function notePopupOfUnknownEnd(
  context: ReduceContext,
  page: Observation<AuthorizeFact>,
  popup: Flow,
): void {
  noteUnseenLogin(context, page, loginsNearPopup(context.loginState, popup, page.at));
  popup.unknownEnd = page.id;
}

/** A popup's page had a form, which was sent at an instant (epoch ms): it was the consent screen, and no result. */
function takeBackUnknownEnd(context: ReduceContext, popup: Flow, at: number): void {
  const { unknownEnd } = popup;
  if (unknownEnd === undefined) return;
  for (const login of loginsNearPopup(context.loginState, popup, at)) {
    const others = login.evidence.filter((e) => e.id !== unknownEnd);
    if (others.length === login.evidence.length) continue;
    login.evidence = others;
    markChanged(context, [login]);
  }
  context.retracted.add(unknownEnd);
}

/** Keeps what is remembered small. Counts only: what happens on one site must not expire another site's flow. */
function forgetOldest({ tracking }: LoginState): void {
  const { flows, frames, polls, strayCodes, lostBefore } = tracking;
  for (const remembered of [flows, frames, polls, strayCodes, lostBefore])
    for (const key of Object.keys(remembered).slice(0, -MAX_REMEMBERED)) delete remembered[key];
}
