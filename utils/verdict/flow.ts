import type { Observation } from '../model/observation.ts';
import { originOf } from '../model/url.ts';
import {
  asksForAccount,
  isLaterStep,
  popupKind,
  requestsExtraConsent,
  type Step,
} from './authorize-step.ts';
import { loginsOfTab } from './login-index.ts';
import type { Flow, LoginState, Tracking } from './login-state.ts';
import { HOUR_MS, SECOND_MS } from '../model/time.ts';

/** A flow, or a popup's poll, that was still for this long is over. */
export const FLOW_TIMEOUT_MS = HOUR_MS;

/** A browser goes where it is sent within this time. */
const REDIRECT_TAKES_MS = 2 * SECOND_MS;

/** A form that is sent twice by a double click is answered twice within this time. */
const DOUBLE_CLICK_MS = SECOND_MS;

/** The key by which the flow of one tab in one cookie store is kept. */
export function flowKey(o: { cookieStore: string; tab: string | null }): string {
  return `${o.cookieStore}|${o.tab ?? '-'}`;
}

/** The key of a site in one cookie store. */
export function siteKey(o: { cookieStore: string; site: string | null }): string {
  return `${o.cookieStore}|${o.site ?? '-'}`;
}

/**
 * Advances the flow that an authorize step belongs to, or starts a new one, and notes what the step showed. Returns the
 * flow. Also notes that the cookie store may have another Kakao session, as soon as the account may have changed.
 */
export function advanceFlow({ tracking }: LoginState, step: Step): Flow {
  const { flows } = tracking;
  const key = flowKey(step);
  const before = flows[key];
  const flow = continues(before, step) ? before : startFlow(step, before, tracking);
  const { screenShown } = flow;
  if (flow.refused) {
    flow.done = false;
    delete flow.refused;
  } else if (flow.done) flow.awaitsArrival = true;
  noteStep(flow, step, tracking.nextOrdinal);
  const isNewFlow = flow !== before;
  const isOfEarlierScreen = isNewFlow && before !== undefined && step.method === 'POST';
  noteKakaoSession(tracking, flow, step, { isNewFlow, screenShown, isOfEarlierScreen });
  // Where a recording knows no tabs, another login goes on meanwhile in the place of a popup's.
  const isOtherLogin = before !== undefined && before !== flow;
  if (isOtherLogin && before.popup === 'message' && !before.done)
    setAsLatest(flows, `${key}|popup`, before);
  setAsLatest(flows, key, flow);
  return flow;
}

/** Whether a step goes on with a tab's flow. */
function continues(flow: Flow | undefined, step: Step): flow is Flow {
  if (!flow || step.at - flow.lastAt > FLOW_TIMEOUT_MS) return false;
  if (flow.done) return isAgreedAfterAll(flow, step) || isAgreedTwice(flow, step);
  if (step.clientId === null) return !answersAnother(flow, step);
  // The beginning of another login of the app may not have been seen.
  const isOfLogin =
    flow.clientId === step.clientId && flow.redirectUri === (step.redirectUri ?? flow.redirectUri);
  return isOfLogin && isLaterStep(step);
}

/** Whether the screen that was refused was agreed to after all: Back shows it again. */
function isAgreedAfterAll(flow: Flow, step: Step): boolean {
  return flow.refused === true && isAgreement(flow, step);
}

/**
 * Whether the screen's form was sent once more, by a double click, before its first code reached the site: its login has
 * another code now.
 */
function isAgreedTwice(flow: Flow, step: Step): boolean {
  const { agreedAt, awaitsArrival } = flow;
  if (agreedAt === undefined || !awaitsArrival) return false;
  return step.at - agreedAt <= DOUBLE_CLICK_MS && isAgreement(flow, step);
}

/** Whether a form gives the code of a flow's login: no other screen is open whose form it may be. */
function isAgreement(flow: Flow, { method, outcome, clientId, redirectUri }: Step): boolean {
  return (
    flow.unansweredScreen === undefined &&
    method === 'POST' &&
    outcome === 'code' &&
    flow.redirectUri === redirectUri &&
    [flow.clientId, null].includes(clientId)
  );
}

/** Whether a form's code comes to another redirect URI than a flow's: after Back, the form of an earlier login was sent. */
function answersAnother(flow: Flow, { outcome, redirectUri }: Step): boolean {
  return outcome === 'code' && ![redirectUri, null].includes(flow.redirectUri);
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
  { flows }: Tracking,
): Pick<Flow, 'unansweredScreen'> {
  for (const flow of Object.values(flows).toReversed()) {
    const { screenOrdinal: ordinal, kakaoSession } = flow;
    const isOfApp = flow.clientId === clientId || flow.site === (site ?? originOf(redirectUri));
    if (
      flow.cookieStore !== cookieStore ||
      !isOfApp ||
      flow.popup !== null ||
      (flow.done && !flow.brokenOff)
    )
      continue;
    if (ordinal !== null)
      return { unansweredScreen: { ordinal, kakaoSession, isExtra: flow.extraConsentRequested } };
    if (flow.unansweredScreen) return { unansweredScreen: flow.unansweredScreen };
  }
  return {};
}

function noteStep(flow: Flow, step: Step, nextOrdinal: number): void {
  const { outcome } = step;
  flow.lastAt = step.at;
  // The step that began it may have been of another login, which ended unseen.
  flow.extraConsentRequested ||= requestsExtraConsent(step);
  if (leadsOn(step, flow)) {
    flow.formSentAt = step.at;
    return;
  }
  // A popup's form, or its screen after the login form, names no site, so it cannot tell whether one is watched.
  if (step.site ?? originOf(step.redirectUri)) flow.watched = step.watched;
  if (step.method === 'POST' || isRedirectOfForm(step, flow)) flow.screenAnswered = true;
  else if (flow.screenShown)
    flow.leftScreen = step.params.includes('through_account') && !step.fromKauth;
  if (outcome === 'screen') {
    flow.screenShown = true;
    if (step.method !== 'POST') {
      flow.screenOrdinal = nextOrdinal;
      flow.screenAnswered = false;
      flow.leftScreen = false;
      flow.unseenMeanwhile = false;
      delete flow.formSentAt;
    }
  }
  if (step.method === 'POST' && outcome === 'code' && flow.screenShown) flow.agreedAt ??= step.at;
  if (outcome !== 'error' && outcome !== 'error-page') return;
  flow.done = true;
  if (step.error === 'access_denied' && flow.screenShown) flow.refused = true;
  // A refusal says that nothing was agreed to; after any other error, an answer may have been lost.
  if (!['access_denied', 'consent_required'].includes(step.error ?? '')) flow.brokenOff = true;
}

/**
 * Whether a form was sent whose answer leads on to another page of Kakao's: to one that comes after the consent, or to one
 * that changes the account. Only of a popup that polls is it known that its form's answer ends on a page of kauth.
 */
function leadsOn({ method, outcome, status }: Step, { popup }: Flow): boolean {
  if (outcome === 'screen') return status !== 200 && popup !== 'poll';
  return outcome === 'login-form' && method === 'POST';
}

/** Whether the code came by the redirect that answered a form: nobody changes the account so quickly. */
function isRedirectOfForm({ outcome, at }: Step, { formSentAt }: Flow): boolean {
  return outcome === 'code' && formSentAt !== undefined && at - formSentAt <= REDIRECT_TAKES_MS;
}

/**
 * Gives the cookie store and the flow a new Kakao session where the account may have changed. The login form opens a
 * time in which another tab may log in, so the step after it begins a new session once more. A flow whose beginning was
 * not seen may have passed the form.
 */
function noteKakaoSession(
  { kakaoSessions }: Tracking,
  flow: Flow,
  step: Step,
  {
    isNewFlow,
    screenShown,
    isOfEarlierScreen,
  }: { isNewFlow: boolean; screenShown: boolean; isOfEarlierScreen: boolean },
): void {
  const isAtLoginForm = step.outcome === 'login-form';
  const hasLeftScreen = screenShown && step.method !== 'POST' && isLaterStep(step);
  const mayBeOtherAccount =
    hasLeftScreen ||
    isAtLoginForm ||
    flow.atLoginForm ||
    (isNewFlow && (asksForAccount(step) || !flow.whole));
  if (mayBeOtherAccount || !(step.cookieStore in kakaoSessions)) {
    kakaoSessions[step.cookieStore] = step.id;
    flow.kakaoSession = step.id;
  }
  // A screen that was open since before the latest sign-in tells no more who is signed in.
  if (isOfEarlierScreen) kakaoSessions[step.cookieStore] = `after ${step.id}`;
  flow.atLoginForm = isAtLoginForm;
}

/** Sets a value by its key and makes it the last one, so that the oldest come first. */
export function setAsLatest<T>(values: Record<string, T>, key: string, value: T): void {
  delete values[key];
  values[key] = value;
}

/** Whether a flow runs in a tab, or in a popup of it. */
export function flowRunsInTab(flow: Flow, tab: string | null): boolean {
  return flow.tab === tab || (tab !== null && flow.opener === tab);
}

/**
 * Finds the unfinished flow whose redirect URI was reached: the latest in the tab or its popups, else the latest of the
 * cookie store. Ends all of the tab and its popups. Undefined where there is none.
 */
export function endFlowReaching(
  loginState: LoginState,
  o: { cookieStore: string; tab: string | null; at: number },
  redirectUri: string,
): Flow | undefined {
  const open = Object.values(loginState.tracking.flows).filter(
    (flow) =>
      !flow.done &&
      flow.cookieStore === o.cookieStore &&
      flow.redirectUri === redirectUri &&
      (mayEndUnseen(flow) || isFirstOfTab(loginState, flow)) &&
      o.at - flow.lastAt <= FLOW_TIMEOUT_MS,
  );
  const ofTab = open.filter((flow) => flowRunsInTab(flow, o.tab));
  // Popups that were closed before are over as well, or a reload of the redirect URI would end them.
  for (const flow of ofTab) flow.done = true;
  // A popup of another tab answers to that tab.
  return ofTab.at(-1) ?? open.findLast((flow) => o.tab === null || flow.opener === null);
}

/** Whether the tab has no earlier login at the redirect URI, so that the page reached is no old one loaded again. */
function isFirstOfTab(loginState: LoginState, { tab, redirectUri }: Flow): boolean {
  if (tab === null) return false;
  return !loginsOfTab(loginState, tab).some((l) => l.redirectUri === redirectUri);
}

/**
 * Whether a flow may end without Kakao's redirect being seen: in a popup, or after its screen was answered. Any other
 * page at the redirect URI is an old one that was loaded again.
 */
function mayEndUnseen(flow: Flow): boolean {
  return flow.popup !== null || (flow.screenShown && flow.screenAnswered);
}

/** A flow that begins with an observation and of which only `known` is known. */
export function createFlow(
  o: Observation,
  known: Partial<Flow> & Pick<Flow, 'clientId' | 'site' | 'watched'>,
): Flow {
  return {
    redirectUri: null,
    cookieStore: o.cookieStore,
    tab: o.tab,
    opener: o.opener,
    startedAt: o.at,
    lastAt: o.at,
    whole: false,
    screenShown: false,
    screenOrdinal: null,
    screenAnswered: false,
    leftScreen: false,
    extraConsentRequested: false,
    popup: null,
    polledAfterAnswer: false,
    kakaoSession: null,
    atLoginForm: false,
    done: false,
    awaitsArrival: false,
    ...known,
  };
}
