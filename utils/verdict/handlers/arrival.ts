import type { Login } from '../../model/login.ts';
import type { ArrivalFact, Observation } from '../../model/observation.ts';
import { MINUTE_MS } from '../../model/time.ts';
import { originOf, registeredDomain } from '../../model/url.ts';
import { flowRunsInTab } from '../flow/flow.ts';
import {
  FIRST_POLL_MS,
  flowFromPoll,
  mayBePolled,
  noteResult,
  openPopups,
  pollKeyOfPage,
} from '../flow/popup-flow.ts';
import { endFlowReaching } from '../flow/reached-flow.ts';
import { forgetIndex, loginsOfTab } from '../state/login-index.ts';
import type { Flow, LoginState, Poll, Tracking } from '../state/login-state.ts';
import { FLOW_TIMEOUT_MS, LONGEST_EXCHANGE_MS, REDIRECT_TAKES_MS } from '../state/time-limits.ts';
import { flowKey, setAsLatest } from '../state/tracking-keys.ts';
import type { FactHandler } from './fact-handler.ts';
import { beginLogin, markChanged, type ReduceContext } from './reduce-context.ts';

/** A popup's opener asks for the code every second or so, and goes to the redirect URI when it has it. */
const POPUP_ENDS_MS = MINUTE_MS;

type Arrival = Observation<ArrivalFact>;

/** The redirect URI was reached: the end of a flow whose last step Kakao did not show. */
export const arrivalHandler: FactHandler<ArrivalFact> = {
  begin(context, arrival) {
    const { loginState } = context;
    if (isOfOwnRedirect(loginState.tracking, arrival)) return null;
    const popup = findEndedPopup(loginState, arrival);
    if (popup) {
      popup.awaitsArrival = false;
      endPoll(loginState, arrival);
      noteOpener(context, popup, arrival);
      return null;
    }
    const flow = endFlowReaching(loginState, arrival, arrival.redirectUri);
    return flow && isEndedAt(arrival, flow, pollOf(loginState, arrival))
      ? endFlow(context, flow, arrival)
      : beginPolledLogin(context, arrival);
  },

  record(context, arrival, begun) {
    const { codeKept, tab, redirectUri, at } = arrival;
    if (!codeKept) return;
    const logins = tab === null ? [] : loginsOfTab(context.loginState, tab);
    const latest = logins.findLast((l) => l.redirectUri === redirectUri);
    const isOwn = latest !== undefined && at - latest.loggedInAt <= LONGEST_EXCHANGE_MS;
    const login = begun ?? (isOwn ? latest : undefined);
    if (!login) return;
    login.codeKept = true;
    markChanged(context, [login]);
  },
};

/** Whether a login's own redirect led to the page that was reached, which ends no other flow; notes that it was. */
function isOfOwnRedirect({ flows, strayCodes }: Tracking, arrival: Arrival): boolean {
  const own = flows[flowKey(arrival)];
  if (!own?.awaitsArrival || own.redirectUri !== arrival.redirectUri) return false;
  own.awaitsArrival = false;
  // The page that a code came to before is left: a token from now on is for this one.
  delete strayCodes[arrival.tab ?? ''];
  return true;
}

/** The polling of the page that was reached; undefined where none was seen. */
function pollOf(loginState: LoginState, arrival: Arrival): Poll | undefined {
  return loginState.tracking.polls[pollKeyOfPage(loginState, arrival)];
}

/** Whether a page that was reached ends a flow: in the flow's tab, or as the opener of a popup, which polled for its code. */
function isEndedAt({ tab }: Arrival, flow: Flow, poll: Poll | undefined): boolean {
  // A tab whose page polls for another device's code has left the flow that it showed before.
  const isLeft = flow.tab === tab && poll !== undefined && poll.at > flow.lastAt;
  if (flow.popup !== 'poll') return flowRunsInTab(flow, tab) && !isLeft;
  // A page that polls by another key than its popup's was given a later login's code.
  return !poll || poll.clientId === flow.clientId;
}

/** Ends a flow at its redirect URI: with a login, or an error. */
function endFlow(context: ReduceContext, flow: Flow, arrival: Arrival): Login | null {
  const { loginState } = context;
  const poll = pollOf(loginState, arrival);
  endPoll(loginState, arrival);
  if (flow.popup === 'poll') {
    // The opener of a polling popup goes to the redirect URI itself, so the login is that tab's.
    flow.tab = arrival.tab ?? flow.tab;
    if (poll) noteResult(loginState.tracking, flow, poll);
  }
  if (arrival.outcome === 'code') return beginLogin(context, flow, arrival);
  flow.done = true;
  return null;
}

/** Begins the login of which only its page's polling was seen; null, with a note of a code that may be another provider's. */
function beginPolledLogin(context: ReduceContext, arrival: Arrival): Login | null {
  const { loginState } = context;
  const { redirectUri, outcome, at } = arrival;
  const poll = pollOf(loginState, arrival);
  const isPolled =
    poll && at - poll.at <= FLOW_TIMEOUT_MS && !isForAnotherPage(loginState, poll, arrival);
  if (!isPolled) {
    noteStrayCode(loginState, arrival);
    return null;
  }
  endPoll(loginState, arrival);
  if (outcome !== 'code') return null;
  const site = siteOfPoll(poll, redirectUri);
  return beginLogin(context, { ...flowFromPoll(poll, arrival), redirectUri, site }, arrival);
}

/** The page that was reached polls no more. */
function endPoll(loginState: LoginState, arrival: Arrival): void {
  delete loginState.tracking.polls[pollKeyOfPage(loginState, arrival)];
}

/** The site that a login is for: the page that polled or, where the tab has gone to another site since, the one it arrived at. */
function siteOfPoll(poll: Poll, redirectUri: string): string | null {
  const reached = originOf(redirectUri);
  if (poll.site === null || reached === null) return poll.site ?? reached;
  return registeredDomain(poll.site) === registeredDomain(reached) ? poll.site : reached;
}

/**
 * Whether the popup that a tab polls for gives its code to another page of the origin that was reached, where it would have been
 * seen: the person left the popup and logged in at another provider.
 */
function isForAnotherPage(
  { tracking }: LoginState,
  { clientId, site }: Poll,
  { tab, cookieStore, redirectUri }: Arrival,
): boolean {
  const popups = openPopups(tracking, clientId).filter((flow) =>
    mayBePolled(flow, { tab, site, cookieStore }),
  );
  const isAnother = (flow: Flow) =>
    flow.redirectUri !== redirectUri && originOf(flow.redirectUri) === originOf(redirectUri);
  return popups.length > 0 && popups.every(isAnother);
}

/**
 * The popup that Kakao sent a code for just before, and whose opener, which polls since it opened it, now brings the code to
 * the redirect URI: its login has begun already. Undefined where there is none.
 */
function findEndedPopup(loginState: LoginState, arrival: Arrival): Flow | undefined {
  const { tracking } = loginState;
  const { cookieStore, tab, redirectUri, outcome, at } = arrival;
  const poll = pollOf(loginState, arrival);
  if (outcome !== 'code' || !poll) return undefined;
  return Object.values(tracking.flows).findLast(
    (flow) =>
      flow.popup === 'poll' &&
      flow.awaitsArrival &&
      flow.clientId === poll.clientId &&
      flow.cookieStore === cookieStore &&
      flow.redirectUri === redirectUri &&
      (flow.opener === null || flow.opener === tab) &&
      poll.at - flow.lastAt <= FIRST_POLL_MS &&
      at - flow.lastAt <= POPUP_ENDS_MS,
  );
}

/** Notes which tab a popup's login was for, where the recording did not say. */
function noteOpener(context: ReduceContext, popup: Flow, { tab }: Observation): void {
  const { loginState } = context;
  const logins = popup.tab === null ? [] : loginsOfTab(loginState, popup.tab);
  const login = logins.findLast((l) => l.tab === popup.tab);
  if (!login || login.opener !== null) return;
  login.opener = tab;
  forgetIndex(loginState);
  markChanged(context, [login]);
}

/** Notes a code to which no step of a login led: another provider's, that of a page loaded again, or of a login not seen. */
function noteStrayCode(loginState: LoginState, arrival: Arrival): void {
  const { outcome, tab, at } = arrival;
  if (outcome !== 'code' || tab === null || isLedOn(loginState, arrival)) return;
  setAsLatest(loginState.tracking.strayCodes, tab, at);
}

/** Whether a site led the code of a tab's latest login, which is not exchanged yet, on to another address of its own. */
function isLedOn(loginState: LoginState, arrival: Arrival): boolean {
  const { tab, redirectUri, at } = arrival;
  const latest = tab === null ? undefined : loginsOfTab(loginState, tab).at(-1);
  if (latest?.tokenAt !== null || latest.redirectUri === redirectUri) return false;
  const isOfSite = domainOf(latest.redirectUri) === domainOf(redirectUri);
  // What leads on unseen, on an origin that is not watched, is a redirect.
  const isUnseen = loginState.tracking.flows[flowKey(arrival)]?.awaitsArrival;
  return isOfSite && at - latest.loggedInAt <= (isUnseen ? REDIRECT_TAKES_MS : LONGEST_EXCHANGE_MS);
}

function domainOf(url: string | null): string | null {
  const origin = originOf(url);
  return origin && registeredDomain(origin);
}
