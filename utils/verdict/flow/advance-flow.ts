import { MINUTE_MS } from '../../model/time.ts';
import { originOf } from '../../model/url.ts';
import type { Flow, LoginState, Tracking } from '../state/login-state.ts';
import { REDIRECT_TAKES_MS } from '../state/time-limits.ts';
import { flowKey, setAsLatest } from '../state/tracking-keys.ts';
import {
  asksForAccount,
  isLaterStep,
  popupKind,
  requestsExtraConsent,
  type Step,
} from './authorize-step.ts';
import { continuesFlow } from './flow-continuation.ts';
import { createFlow, noteUnseenMeanwhile } from './flow.ts';
import { noteForm } from './popup-flow.ts';

/** A form's answer comes within this time. A file tells of the form when it was sent, before what came until it was answered. */
const ANSWER_TAKES_MS = MINUTE_MS;

/**
 * Advances the flow that an authorize step belongs to, or starts a new one, and notes what the step showed. Returns the
 * flow. Also notes that the cookie store may have another Kakao session, as soon as the account may have changed.
 */
export function advanceFlow({ tracking }: LoginState, step: Step): Flow {
  const { flows } = tracking;
  const key = flowKey(step);
  const before = flows[key];
  const flow = continuesFlow(before, step) ? before : startFlow(step, before, tracking);
  if (flow.refused) reopen(flow);
  noteKakaoSession(tracking, flow, step, before);
  noteStep(flow, step, tracking);
  flow.atLoginForm = step.outcome === 'login-form';
  if (before && flow !== before) leaveFlow(before, step, tracking);
  setAsLatest(flows, key, flow);
  return flow;
}

/** A flow goes on whose screen was refused: it was agreed to after all. */
function reopen(flow: Flow): void {
  flow.done = false;
  delete flow.refused;
}

/** The tab's flow before is left for another one, which begins with a step. */
function leaveFlow(before: Flow, step: Step, { flows, kakaoSessions }: Tracking): void {
  // A screen that was open since before the latest sign-in tells no more who is signed in.
  if (step.method === 'POST') kakaoSessions[step.cookieStore] = `after ${step.id}`;
  // Where a recording knows no tabs, another login goes on meanwhile in the place of a popup's.
  if (before.popup === 'message' && !before.done)
    setAsLatest(flows, `${flowKey(step)}|popup`, before);
}

/** A flow of which a step is the first one that was seen. `before` is the tab's flow before it. */
function startFlow(step: Step, before: Flow | undefined, tracking: Tracking): Flow {
  const { kakaoSessions, lostAt = -Infinity } = tracking;
  const { clientId, redirectUri } = step;
  // A form names no app. Sent once more after Back, it is of the tab's last login.
  const earlierClientId = before?.redirectUri === redirectUri ? before.clientId : null;
  return createFlow(step, {
    clientId: clientId ?? earlierClientId,
    redirectUri,
    site: step.site ?? originOf(redirectUri),
    // A loss may be told before the steps that came before it.
    whole: clientId !== null && !isLaterStep(step) && step.at > lostAt,
    extraConsentRequested: requestsExtraConsent(step),
    popup: popupKind(step),
    watched: step.watched,
    kakaoSession: kakaoSessions[step.cookieStore] ?? null,
    ...unansweredScreen(step, tracking),
  });
}

/**
 * The consent screen of a step's app, or of another key on its site, which may be of the same app, that was left with no
 * answer seen, if any: one may have been lost on the way.
 */
function unansweredScreen(
  { clientId, cookieStore, site, redirectUri }: Step,
  { flows, nextOrdinal }: Tracking,
): Pick<Flow, 'unansweredScreen'> {
  for (const flow of Object.values(flows).toReversed()) {
    const { screenOrdinal, kakaoSession, extraConsentRequested } = flow;
    // The login form may be shown to the account whose answer was lost.
    const formLost = flow.formLost === true;
    const ordinal = screenOrdinal ?? (formLost ? nextOrdinal : null);
    const isOfApp = flow.clientId === clientId || flow.site === (site ?? originOf(redirectUri));
    // A popup's page may have been its result, and a flow that did not break off had its answer.
    if (
      flow.cookieStore !== cookieStore ||
      !isOfApp ||
      (flow.popup !== null && !formLost) ||
      (flow.done && !flow.brokenOff)
    )
      continue;
    if (ordinal !== null)
      return { unansweredScreen: { ordinal, kakaoSession, formLost, extraConsentRequested } };
    if (flow.unansweredScreen) return { unansweredScreen: flow.unansweredScreen };
  }
  return {};
}

/** Notes on a flow what a step shows of it. A screen that it shows is known by the next login's ordinal. */
function noteStep(flow: Flow, step: Step, tracking: Tracking): void {
  const { outcome, method } = step;
  flow.lastAt = step.at;
  // The step that began it may have been of another login, which ended unseen.
  flow.extraConsentRequested ||= requestsExtraConsent(step);
  if (leadsOn(step, flow)) {
    flow.formSentAt = step.at;
    if (step.status === 0) {
      // It may have made the link while the screens of other flows are shown.
      noteUnseenMeanwhile(tracking, flow);
      flow.formLost = true;
    }
    return;
  }
  // A popup's form, or its screen after the login form, names no site, so it cannot tell whether one is watched.
  if (step.site ?? originOf(step.redirectUri)) flow.watched = step.watched;
  if (method === 'POST') noteForm(tracking, flow);
  if (method === 'POST' || isRedirectOfForm(step, flow)) flow.screenAnswered = true;
  else if (flow.screenShown)
    flow.leftScreen = step.params.includes('through_account') && step.fromKakao && !step.fromKauth;
  if (outcome === 'screen') noteScreen(flow, step, tracking);
  if (method === 'POST' && outcome === 'code' && flow.screenShown) flow.agreedAt ??= step.at;
  if (outcome === 'error' || outcome === 'error-page') noteError(flow, step);
}

/** A page of Kakao's is shown: the consent screen, or what follows its form. */
function noteScreen(flow: Flow, step: Step, tracking: Tracking): void {
  flow.screenShown = true;
  if (step.method === 'POST') {
    // The popup's opener may get the code all the same, or never.
    if (step.status === 0) flow.formLost = true;
    return;
  }
  flow.screenOrdinal = tracking.nextOrdinal - endedOnItsWay(flow, step, tracking);
  flow.screenAnswered = false;
  flow.leftScreen = false;
  delete flow.unseenMeanwhile;
  delete flow.formSentAt;
  delete flow.formLost;
}

/**
 * How many other flows ended while the page of a step was on its way: Kakao may have made it before they did. One that ended
 * long after the page came did so by a clock that was set back since.
 */
function endedOnItsWay(own: Flow, step: Step, { flows }: Tracking): number {
  const { at, sentAt } = step;
  if (sentAt !== undefined && sentAt >= at) return 0;
  const from = sentAt ?? at + 1;
  const endedMeanwhile = ({ done, lastAt }: Flow) =>
    done && lastAt >= from && lastAt <= at + ANSWER_TAKES_MS;
  return Object.values(flows).filter((flow) => flow !== own && endedMeanwhile(flow)).length;
}

/** The login ends with an error. */
function noteError(flow: Flow, { error }: Step): void {
  flow.done = true;
  if (error === 'access_denied' && flow.screenShown) flow.refused = true;
  // A refusal says that nothing was agreed to; after any other error, an answer may have been lost.
  if (!['access_denied', 'consent_required'].includes(error ?? '')) flow.brokenOff = true;
}

/**
 * Whether a form was sent whose answer leads on to another page of Kakao's: to one that comes after the consent, or to one
 * that changes the account. Only of a popup that polls is it known that its form's answer ends on a page of kauth.
 */
function leadsOn({ method, outcome, status }: Step, { popup }: Flow): boolean {
  if (outcome === 'screen') return status !== 200 && popup !== 'poll';
  return outcome === 'login-form' && method === 'POST';
}

/**
 * Whether the code came by the redirect that answered a form: nobody changes the account so quickly, but a script that fills
 * in the login form.
 */
function isRedirectOfForm({ outcome, at }: Step, { formSentAt, atLoginForm }: Flow): boolean {
  if (outcome !== 'code' || formSentAt === undefined || atLoginForm) return false;
  return at - formSentAt <= REDIRECT_TAKES_MS;
}

/**
 * Gives the cookie store and the flow a new Kakao session where the account may have changed since the flow's last step or, of
 * a flow that the step begins, since the tab's flow before. The login form opens a time in which another tab may log in, so the
 * step after it begins a new session once more. A flow whose beginning was not seen may have passed the form.
 */
function noteKakaoSession(
  { kakaoSessions }: Tracking,
  flow: Flow,
  step: Step,
  before: Flow | undefined,
): void {
  const hasLeftScreen = flow.screenShown && step.method !== 'POST' && isLaterStep(step);
  const mayBeginWithOther = flow !== before && (asksForAccount(step) || !flow.whole);
  const mayBeOtherAccount =
    hasLeftScreen || step.outcome === 'login-form' || flow.atLoginForm || mayBeginWithOther;
  if (!mayBeOtherAccount && step.cookieStore in kakaoSessions) return;
  kakaoSessions[step.cookieStore] = step.id;
  flow.kakaoSession = step.id;
}
