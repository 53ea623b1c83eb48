import { UNKNOWN_APP } from '../../model/app.ts';
import type { KindBecause, Login } from '../../model/login.ts';
import type { Observation } from '../../model/observation.ts';
import type { Flow, Tracking } from '../state/login-state.ts';
import { NOTHING_DERIVED } from '../state/nothing-derived.ts';
import { CONSENT_TAKES_MS, FLOW_TIMEOUT_MS } from '../state/time-limits.ts';
import { awaitsCode } from './popup-flow.ts';

/** Whether an observation shows that the token was handed over, or is a call that carries it. */
function isTokenEnd(observation: Observation): boolean {
  return pageShowsToken(observation) || observation.type === 'api';
}

type Consent = Pick<Login, 'consent' | 'consentUnseenBecause'>;

/** Returns what a flow shows of consent when an observation ends it. */
function consentOf(flow: Flow, observation: Observation): Consent {
  const { popup, screenShown, screenAnswered, whole } = flow;
  if (popup === 'message' && !pageShowsToken(observation)) return unseen('token-by-message');
  if (screenShown && !isSurelyConsent(flow)) return unseen('popup-unseen');
  if (mayHaveSentAnswer(flow)) return unseen('flow-not-seen');
  if (screenShown) return consentAtScreen(flow, observation);
  // Where a form was answered, a screen was shown.
  const isUnasked = whole && !screenAnswered && wasEndSeen(flow, observation);
  if (!isUnasked) return unseen(popup === 'poll' ? 'easy-login' : 'flow-not-seen');
  return mayHaveAgreed(flow)
    ? unseen('consent-answer-unseen')
    : { consent: 'none', consentUnseenBecause: null };
}

/** Returns what a flow shows of consent whose consent screen was seen. */
function consentAtScreen(
  { popup, screenAnswered, leftScreen }: Flow,
  { type }: Observation,
): Consent {
  if (screenAnswered) return { consent: 'shown', consentUnseenBecause: null };
  // The popup came to its token past the screen: another account may have been chosen there.
  if (popup) return unseen('token-by-message');
  // The code came straight from Kakao's account pages, past the screen: the account chosen there was linked.
  if (leftScreen && type === 'authorize')
    return { consent: 'none', consentUnseenBecause: 'account-switched' };
  // The screen's answer is missing.
  return unseen('flow-not-seen');
}

function unseen(consentUnseenBecause: KindBecause): Consent {
  return { consent: 'unseen', consentUnseenBecause };
}

/** Whether a flow's last step at Kakao was seen, and did not come by way of a page of kauth, which asked something. */
function wasEndSeen({ resultShown }: Flow, observation: Observation): boolean {
  return resultShown === true || (observation.type === 'authorize' && !observation.fromKauth);
}

/** Whether a form was sent that may have been the screen's answer, or have changed the account. */
function mayHaveSentAnswer({ formSentAt, screenAnswered }: Flow): boolean {
  return formSentAt !== undefined && !screenAnswered;
}

/** Whether the account was shown the consent screen before: as it is not shown again, an answer went unseen. */
function mayHaveAgreed({ unansweredScreen: screen, kakaoSession }: Flow): boolean {
  return screen !== undefined && (screen.formLost || screen.kakaoSession === kakaoSession);
}

/** Whether a page's body showed the token: that page is the popup's result, so the pages before it were not. */
function pageShowsToken(observation: Observation): boolean {
  return observation.type === 'authorize' && observation.outcome === 'token';
}

/** Whether a flow's screen was no result page: a popup that polls may show one, unless a form answered the screen. */
function isSurelyConsent(flow: Flow): boolean {
  return flow.popup !== 'poll' || flow.screenAnswered;
}

/**
 * Returns the Kakao session that a flow's login belongs to. Where the session changed during the flow, or the flow's
 * beginning was not seen, the account is unknown: the login is a session of its own, named by its id.
 */
function kakaoSessionOf(flow: Flow, { kakaoSessions }: Tracking, loginId: string): string {
  const isUnchanged = flow.kakaoSession === kakaoSessions[flow.cookieStore];
  return (isUnchanged && flow.kakaoSession) || loginId;
}

/** Whether steps of a flow may have been lost with the worker. */
function isTorn({ whole, startedAt }: Flow, { lostAt }: Tracking): boolean {
  return !whole && lostAt !== undefined && startedAt - lostAt <= FLOW_TIMEOUT_MS;
}

/**
 * Whether another popup's screen was answered while a flow was on its way up to an instant (epoch ms), or right before, whose code
 * has not come.
 */
function isCodeOnItsWay({ flows }: Tracking, own: Flow, at: number): boolean {
  const from = own.startedAt - CONSENT_TAKES_MS;
  return Object.values(flows).some(
    (flow) => flow !== own && awaitsCode(flow) && flow.lastAt >= from && flow.lastAt <= at,
  );
}

/** Whether another popup's screen was answered whose code has not come: its page may have kept it, and logged in unseen. */
function isCodeKept({ flows }: Tracking, own: Flow): boolean {
  return Object.values(flows).some((flow) => flow !== own && awaitsCode(flow));
}

/** Returns the login that an observation ends a flow with: the authorization came back with a code or a token. */
export function newLogin(flow: Flow, observation: Observation, tracking: Tracking): Login {
  const { id, source } = observation;
  // A call carries a token that was there when it was sent.
  const at = (observation.type === 'api' ? observation.sentAt : undefined) ?? observation.at;
  const { consent, consentUnseenBecause } = consentOf(flow, observation);
  const login: Login = {
    id,
    ordinal: tracking.nextOrdinal,
    clientId: flow.clientId ?? UNKNOWN_APP,
    site: flow.site,
    redirectUri: flow.redirectUri,
    cookieStore: flow.cookieStore,
    tab: flow.tab,
    opener: flow.opener,
    startedAt: flow.startedAt,
    loggedInAt: at,
    consent,
    consentUnseenBecause,
    extraConsentRequested:
      consentUnseenBecause === 'consent-answer-unseen'
        ? flow.unansweredScreen?.extraConsentRequested === true
        : flow.extraConsentRequested,
    screenOrdinal: flow.screenOrdinal ?? flow.unansweredScreen?.ordinal ?? null,
    kakaoSession: kakaoSessionOf(flow, tracking, id),
    userHash: null,
    label: null,
    connectedAt: null,
    notSignedUp: false,
    tokenAt: isTokenEnd(observation) ? at : null,
    tokenRefused: false,
    // Where its page is not known, calls of it are not either.
    seenInBrowser: pageShowsToken(observation) && flow.site !== null,
    reportedByServer: false,
    visibilityGap: flow.watched || source === 'har' ? null : { at, reason: 'no-site-access' },
    restartedAt: null,
    listedCall: null,
    signupCall: null,
    unlinkCall: null,
    consentRequiredAt: null,
    callback: null,
    testerMark: null,
    evidence: [],
    calls: [],
    kind: 'unknown',
    kindBecause: 'flow-not-seen',
    certainty: 'likely',
    accountId: id,
    ...NOTHING_DERIVED,
  };
  if (isTorn(flow, tracking)) login.lostAt = tracking.lostAt;
  const unseenBefore = Math.max(tracking.unseenBefore, tracking.elsewhereBefore ?? 0);
  if (unseenBefore) login.unseenBefore = unseenBefore;
  if (isCodeKept(tracking, flow)) login.keptCodeBefore = true;
  if (flow.unseenMeanwhile || isCodeOnItsWay(tracking, flow, at)) login.unseenMeanwhile = true;
  return login;
}
