import type { Login } from '../../model/login.ts';
import type { AuthorizeFact, Observation } from '../../model/observation.ts';
import { advanceFlow } from '../flow/advance-flow.ts';
import { loginsNearPopup, loginsOfApp } from '../state/login-index.ts';
import type { Flow, LoginState } from '../state/login-state.ts';
import { flowKey } from '../state/tracking-keys.ts';
import type { FactHandler } from './fact-handler.ts';
import { beginLogin, markChanged, type ReduceContext } from './reduce-context.ts';
import { noteUnseenLogin } from './unseen-login.ts';

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
    const { outcome, at, method } = observation;
    const flow = context.loginState.tracking.flows[flowKey(observation)];
    const mayEndUnseen = !!flow && !begun && endsUnseen(flow, observation);
    if (flow && method === 'POST' && (begun || mayEndUnseen)) takeBackUnknownEnd(context, flow, at);
    if (mayEndUnseen && outcome === 'screen') notePopupOfUnknownEnd(context, observation, flow);
    if (outcome === 'error') noteConsentRequired(context, observation);
  },
};

/** A silent login was refused for want of consent: noted on the app's latest login, if that was of the same Kakao session. */
function noteConsentRequired(
  context: ReduceContext,
  { error, clientId, cookieStore, at }: Observation<AuthorizeFact>,
): void {
  if (error !== 'consent_required' || clientId === null) return;
  const session = context.loginState.tracking.kakaoSessions[cookieStore];
  const login = loginsOfApp(context.loginState, clientId).at(-1);
  if (!login || login.kakaoSession !== session || login.loggedInAt > at) return;
  login.consentRequiredAt = at;
  markChanged(context, [login]);
}

/**
 * Whether nothing shows that a popup has its result: it hands over a token by message, or a page polls for the code that the
 * browser does not show, since its site is not watched. A file shows every page's polling.
 */
function endsUnseen({ popup, watched }: Flow, { source }: Observation): boolean {
  return popup === 'message' || (popup === 'poll' && !watched && source === 'browser');
}

/**
 * A popup's page may be the result that hands over a token, or a code: of a login that nobody saw, whose calls may complete the
 * link that a recent login made.
 */
function notePopupOfUnknownEnd(
  context: ReduceContext,
  page: Observation<AuthorizeFact>,
  popup: Flow,
): void {
  const recent = loginsNearPopup(context.loginState, popup, page.at);
  const found = recent.filter((login) => !agreedToLaterLink(login, popup, page));
  noteUnseenLogin(context, page, found);
  popup.unknownEnd = page.id;
}

/** Whether the form of a popup agreed to a later link than a login's: Kakao asked for consent after that. */
function agreedToLaterLink(
  { ordinal }: Login,
  { extraConsentRequested, screenOrdinal }: Flow,
  { method }: Observation<AuthorizeFact>,
): boolean {
  const isConsent = method === 'POST' && !extraConsentRequested;
  return isConsent && screenOrdinal !== null && ordinal < screenOrdinal;
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

/**
 * Forgets the oldest of what all handlers remember: at the steps of logins, which come sooner or later. It goes by numbers, not by
 * time: what happens on one site must not expire another site's flow.
 */
function forgetOldest({ tracking }: LoginState): void {
  const { flows, frames, polls, popupForms, strayCodes, lostBefore } = tracking;
  for (const remembered of [flows, frames, polls, popupForms, strayCodes, lostBefore])
    for (const key of Object.keys(remembered).slice(0, -MAX_REMEMBERED)) delete remembered[key];
}
