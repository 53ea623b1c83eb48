import type { ArrivalFact, Observation } from '../../model/observation.ts';
import { originOf } from '../../model/url.ts';
import { loginsOfSite } from '../find-logins.ts';
import {
  endFlowReaching,
  flowKey,
  FLOW_TIMEOUT_MS,
  flowFromPoll,
  flowRunsInTab,
  setAsLatest,
} from '../flow.ts';
import type { LoginState } from '../login-state.ts';
import { beginLogin } from '../reduce-context.ts';
import type { FactHandler } from './fact-handler.ts';

/** The redirect URI was reached: the end of a flow whose last step Kakao did not show. */
export const arrivalHandler: FactHandler<ArrivalFact> = {
  begin(context, observation) {
    const { polls, flows } = context.loginState.tracking;
    const { redirectUri, outcome, at } = observation;
    const tab = observation.tab ?? ''; // No tab has this name.
    const poll = polls[tab];
    // The page that a login's own redirect led to ends no other flow.
    const own = flows[flowKey(observation)];
    if (own?.awaitsArrival && own.redirectUri === redirectUri) {
      own.awaitsArrival = false;
      return null;
    }
    const flow = endFlowReaching(context.loginState, observation, redirectUri);

    if (flow && (flow.popup === 'poll' || flowRunsInTab(flow, observation.tab))) {
      delete polls[tab];
      // The opener of a polling popup goes to the redirect URI itself, so the login is that tab's.
      if (flow.popup === 'poll') flow.tab = observation.tab ?? flow.tab;
      if (outcome === 'code') return beginLogin(context, flow, observation);
      flow.done = true;
      return null;
    }

    // Without a flow or a poll in this tab, the code may be of another provider than Kakao.
    if (!poll || at - poll.at > FLOW_TIMEOUT_MS) {
      noteStrayCode(context.loginState, observation);
      return null;
    }
    delete polls[tab];
    if (outcome !== 'code') return null;
    const polled = flowFromPoll(poll, observation);
    const site = poll.site ?? originOf(redirectUri);
    return beginLogin(context, { ...polled, redirectUri, site }, observation);
  },
};

/** Notes a code that came to where Kakao's codes come: a page loaded again, or a login of which no step was seen. */
function noteStrayCode(
  loginState: LoginState,
  { redirectUri, outcome, tab, at }: Observation<ArrivalFact>,
): void {
  const site = originOf(redirectUri);
  if (outcome !== 'code' || tab === null || site === null) return;
  const isKnown = loginsOfSite(loginState, site).some((l) => l.redirectUri === redirectUri);
  if (isKnown) setAsLatest(loginState.tracking.strayCodes, tab, at);
}
