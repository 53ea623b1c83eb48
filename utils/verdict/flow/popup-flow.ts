import type { Observation, PollFact } from '../../model/observation.ts';
import { MINUTE_MS, SECOND_MS } from '../../model/time.ts';
import { siteOfRequest } from '../attribute/attribute-request.ts';
import { isInStore } from '../attribute/token-bearer.ts';
import type { Flow, LoginState, Poll, Tracking } from '../state/login-state.ts';
import { INSTANT_ERROR_MS } from '../state/time-limits.ts';
import { siteKey } from '../state/tracking-keys.ts';
import { createFlow, flowRunsInTab } from './flow.ts';

/** A poll that ended so long after the screen was answered was also sent after that. */
const POLL_TAKES_MS = 700;

/** A page that has its code asks for a token within this time after its last poll. */
const AT_ONCE_MS = 300;

/** The page that polls has the code within this time after the popup's screen was answered. */
const CODE_COMES_MS = 5 * SECOND_MS;

/** A popup whose screen was answered so long before another began seems to be over: its code was exchanged, or it was refused. */
const ANSWERED_POPUP_MS = MINUTE_MS;

/** A popup's opener asks for the code within this time after it opened the popup, which may be over by then. */
export const FIRST_POLL_MS = 2 * SECOND_MS;

/** A popup's result brings the code with a poll within this time after its page. */
const RESULT_POLLED_MS = 1500;

/**
 * The key by which the polling is kept that an observation is of: its tab. Where a site's service worker passes requests on,
 * neither a poll nor what the back end reports has a tab: then it is the site. Null where neither is known.
 */
export function pollKey({ tab, site, cookieStore, source }: Observation): string | null {
  if (tab !== null) return tab;
  return source !== 'har' && site !== null ? siteKey({ cookieStore, site }) : null;
}

/** The key of the polling by which the code that came to a page may have come: its tab's, or else its site's service worker's. */
export function pollKeyOfPage(
  { tracking }: LoginState,
  { tab, site, cookieStore }: Observation,
): string {
  return tab !== null && tracking.polls[tab] ? tab : siteKey({ cookieStore, site });
}

/** Whether a popup's screen was answered whose page polls for the code, and has none yet as far as was seen. */
export function awaitsCode({ popup, screenAnswered, done }: Flow): boolean {
  return popup === 'poll' && screenAnswered && !done;
}

/** An app's popups that are not over, and for whose codes a page polls. */
export function openPopups({ flows }: Tracking, clientId: Poll['clientId']): Flow[] {
  return Object.values(flows).filter(
    (flow) => flow.popup === 'poll' && !flow.done && flow.clientId === clientId,
  );
}

/** Whether a page may poll for a popup's code: a recording need not say who opened the popup, nor whose page polls. */
export function mayBePolled(
  flow: Flow,
  page: Pick<Observation, 'tab' | 'site' | 'cookieStore'>,
): boolean {
  if (flow.opener !== null) return flowRunsInTab(flow, page.tab);
  return isInStore(flow, page) && [flow.site, null].includes(page.site);
}

/**
 * Notes that the SDK in a tab polls. The poll after a popup's screen was answered gets the code, so another one after it
 * says that none was given.
 */
export function notePoll({ tracking }: LoginState, poll: Observation<PollFact>): void {
  const { clientId, at, popupAt } = poll;
  const flows = Object.values(tracking.flows);
  const named = flows.filter((flow) => flow.popup === 'poll' && flow.startedAt === popupAt);
  for (const flow of named) flow.isNamedByPolls = true;
  for (const flow of named.length ? named : flows.filter((f) => !f.isNamedByPolls)) {
    if (!awaitsCode(flow) || flow.clientId !== clientId || !mayBePolled(flow, poll)) continue;
    if (flow.polledAfterAnswer) {
      flow.done = true;
      if (flow.formLost) flow.brokenOff = true;
    } else flow.polledAfterAnswer = at - flow.lastAt > POLL_TAKES_MS;
  }
}

/** A flow whose code a page polled for, as it ended. */
export interface PolledFlow {
  flow: Flow;
  /** The same if the token surely is for that code; absent where that says no more. */
  ifExchanged?: Flow;
}

/**
 * Ends the flow whose code the page in an observation's tab polled for, kept, and exchanges, and returns it. Undefined where
 * its popup seems to be at the login form still. `askedAt`: when the page asked for the token, epoch ms; `mayBeOther`: it may
 * be the token of another login.
 */
export function endPolledFlow(
  { tracking }: LoginState,
  o: Observation,
  poll: Poll,
  { askedAt, mayBeOther }: { askedAt: number; mayBeOther: boolean },
): PolledFlow | undefined {
  const { tab, opener, cookieStore, site } = o;
  const popups = openPopups(tracking, poll.clientId);
  const popup = popups.findLast(
    (flow) =>
      flow.cookieStore === cookieStore &&
      (flow.opener === null || tab === null ? flow.site === site : flow.opener === tab),
  );
  if (popup && !popup.screenShown && askedAt - poll.lastAt > AT_ONCE_MS) return undefined;
  delete tracking.polls[pollKey(o) ?? ''];
  if (!popup?.screenShown) return { flow: flowFromPoll(poll, o) };
  const since = popup.startedAt - ANSWERED_POPUP_MS;
  const isAnotherAnswered = popups.some(
    (flow) => flow !== popup && awaitsCode(flow) && flow.lastAt >= since,
  );
  const hasPolledOn = poll.lastAt - popup.lastAt > CODE_COMES_MS;
  // Whoever led to the popup, the page that polls is the site's. Where its service worker polled, it is the popup's opener.
  const page = tab === null ? { tab: popup.opener, opener: null } : { tab, opener };
  const end = (flow: Flow, isUnsure: boolean): Flow => {
    // Where the code may be of another login, it proves nothing that the popup's screen was answered.
    if ((isUnsure && flow.screenAnswered) || isAnotherAnswered || hasPolledOn)
      Object.assign(flow, { whole: false, screenShown: false, screenAnswered: false });
    else if (!isUnsure) noteResult(tracking, flow, poll);
    return Object.assign(flow, { ...page, site, watched: poll.watched });
  };
  const ifExchanged = mayBeOther ? { ifExchanged: end({ ...popup }, false) } : {};
  return { flow: end(popup, mayBeOther), ...ifExchanged };
}

/** What popups have in common whose screens are answered alike: browser, app, and whether more is asked for. */
function formKey({ cookieStore, clientId, extraConsentRequested }: Flow): string {
  return `${cookieStore} ${clientId} ${extraConsentRequested}`;
}

/** Notes that a form answered the screen of a popup that polls. */
export function noteForm({ popupForms }: Tracking, flow: Flow): void {
  if (flow.popup === 'poll' && flow.screenShown) popupForms[formKey(flow)] = true;
}

/**
 * Notes that a popup's page was its result, and no consent screen: a poll right after it brought the code, no form was sent, and it
 * was a form that answered the screen of such a popup before.
 */
export function noteResult({ popupForms }: Tracking, flow: Flow, poll: Poll): void {
  const polledAfter = poll.lastAt - flow.lastAt;
  const isAtOnce = polledAfter >= -INSTANT_ERROR_MS && polledAfter <= RESULT_POLLED_MS;
  const isOnlyPage = flow.screenShown && !flow.screenAnswered && flow.whole;
  if (!isAtOnce || !isOnlyPage || !popupForms[formKey(flow)]) return;
  Object.assign(flow, { screenShown: false, screenOrdinal: null, resultShown: true });
}

/** A flow of which only the polling was seen. Easy login leaves no page in the browser: docs/kakao-rules.md#easy-login. */
export function flowFromPoll({ clientId, site, watched, at }: Poll, o: Observation): Flow {
  return createFlow(o, { clientId, site, watched, startedAt: at, popup: 'poll' });
}

/**
 * The unfinished flow of a popup that showed a page and may have handed a call's token over by message, however long ago: it
 * leaves only the calls that use the token. Undefined where there is none.
 */
export function popupHandingOver(loginState: LoginState, call: Observation): Flow | undefined {
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
