import { originOf } from '../../model/url.ts';
import { endFlowReaching, flowFromPoll, setAsLatest, flowRunsInTab, advanceFlow } from '../flow.ts';
import type { LoginState } from '../login-state.ts';
import type { ArrivalFact, AuthorizeFact, Observation, PollFact } from '../../model/observation.ts';
import type { ReduceContext } from '../reduce-context.ts';

const HOUR = 3_600_000;
/** Flows, frames and polls remembered, each. */
const MOST_KEPT = 100;

/** Takes in a page of kauth: a step of a flow, perhaps its last. */
export function handleAuthorize(
  { loginState, begin }: ReduceContext,
  o: Observation<AuthorizeFact>,
): void {
  const flow = advanceFlow(loginState, o);
  forgetOldFlows(loginState);
  if (flow.done) return;
  const handedOver = flow.popup === 'message' && o.outcome === 'screen' && o.method === 'POST';
  if (o.outcome === 'code' || o.outcome === 'token' || handedOver) begin(flow);
}

/** Keeps the list small by number alone: what happens on one site must not make another's flow be forgotten. */
function forgetOldFlows(loginState: LoginState): void {
  const { flows, frames, polls } = loginState.tracking;
  for (const list of [flows, frames, polls])
    for (const key of Object.keys(list).slice(0, -MOST_KEPT)) delete list[key];
}

/** Takes in the arrival at a redirect URI: the end of a flow whose last step Kakao did not show. */
export function handleArrival(
  { loginState, begin }: ReduceContext,
  o: Observation<ArrivalFact>,
): void {
  const { polls } = loginState.tracking;
  const tab = o.tab ?? ''; // which is no tab's name
  const poll = polls[tab];
  const flow = endFlowReaching(loginState, o, o.redirectUri);
  if (flow && (flow.popup === 'poll' || flowRunsInTab(flow, o.tab))) {
    // A popup's opener goes to the redirect URI itself, so the login is that tab's.
    if (flow.popup === 'poll') flow.tab = o.tab ?? flow.tab;
    if (o.outcome === 'code') begin(flow);
    else flow.done = true;
    delete polls[tab];
    return;
  }
  // Without a flow of Kakao's in this tab the code may be another provider's.
  if (!poll || o.at - poll.at > HOUR) return;
  delete polls[tab];
  if (o.outcome === 'code') {
    const polled = flowFromPoll(poll, o);
    begin({ ...polled, redirectUri: o.redirectUri, site: poll.site ?? originOf(o.redirectUri) });
  }
}

/** Takes in an SDK's question whether a popup or an easy login has ended. */
export function handlePoll({ loginState }: ReduceContext, o: Observation<PollFact>): void {
  if (!o.tab || !o.clientId) return;
  const { polls } = loginState.tracking;
  const before = polls[o.tab];
  const { clientId, site, watched, at } = o;
  const same = before?.clientId === clientId;
  setAsLatest(polls, o.tab, same ? { ...before, watched } : { clientId, site, watched, at });
}
