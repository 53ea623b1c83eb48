import type { AuthorizeFact } from '../../model/observation.ts';
import { advanceFlow, flowKey } from '../flow.ts';
import type { LoginState } from '../login-state.ts';
import { loginsNearPopup, loginsOfApp } from '../login-index.ts';
import { beginLogin, markChanged } from '../reduce-context.ts';
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
    const { outcome, error, clientId, cookieStore, at } = observation;
    const flow = context.loginState.tracking.flows[flowKey(observation)];
    // The popup's page may be the one that hands over a token.
    if (!begun && outcome === 'screen' && flow?.popup === 'message')
      noteUnseenLogin(context, observation, loginsNearPopup(context.loginState, flow, at));
    if (outcome !== 'error' || error !== 'consent_required' || clientId === null) return;
    const session = context.loginState.tracking.kakaoSessions[cookieStore];
    const login = loginsOfApp(context.loginState, clientId).at(-1);
    if (!login || login.kakaoSession !== session || login.loggedInAt > at) return;
    login.consentRequiredAt = at;
    markChanged(context, [login]);
  },
};

/** Keeps what is remembered small. Counts only: what happens on one site must not expire another site's flow. */
function forgetOldest({ tracking }: LoginState): void {
  const { flows, frames, polls, strayCodes, lostBefore } = tracking;
  for (const remembered of [flows, frames, polls, strayCodes, lostBefore])
    for (const key of Object.keys(remembered).slice(0, -MAX_REMEMBERED)) delete remembered[key];
}
