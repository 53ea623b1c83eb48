import { isSignupCall, SIGNUP } from '../../kakao/policy.ts';
import { appOf, type App } from '../../model/app.ts';
import type { Login } from '../../model/login.ts';
import type { ApiFact, AppFact, Observation, SilenceFact } from '../../model/observation.ts';
import { MINUTE_MS } from '../../model/time.ts';
import { isSuccess } from '../attribute/evaluate-call.ts';
import { evidenceKindsOf } from '../attribute/evidence.ts';
import type { LoginState } from '../state/login-state.ts';
import { wasTokenIssued } from '../state/token-issue.ts';

/** Applies what the tester set for an app. */
export function applyAppSettings(loginState: LoginState, settings: Observation<AppFact>): void {
  const { clientId, linkMode, fixedUserId, windowMs } = settings;
  const app = appOf(loginState, clientId);
  loginState.apps.set(clientId, {
    ...app,
    linkModeOverride: linkMode ?? app.linkModeOverride,
    fixedUserId: fixedUserId ?? app.fixedUserId,
    windowMs: windowMs === undefined ? app.windowMs : windowMs,
  });
}

/** Silences a rule's findings about an app, or brings them back. */
export function applySilence(
  loginState: LoginState,
  { clientId, rule, silenced }: Observation<SilenceFact>,
): void {
  const app = appOf(loginState, clientId);
  const others = (app.silenced ?? []).filter((name) => name !== rule);
  loginState.apps.set(clientId, { ...app, silenced: silenced ? [...others, rule] : others });
}

/**
 * A link this young was made by the login itself, and nothing else can have signed it up unseen: for as long, a page's
 * requests are watched for a token that it hands to its server.
 */
const BRAND_NEW_MS = 2 * MINUTE_MS;

/** What is inferred of an app's link mode, and why. */
type ModeEvidence = Pick<App, 'inferredLinkMode' | 'inferredBecause'>;

/**
 * Returns what is to be inferred of the app's link mode after one call, or null where that says nothing. `candidates` are the
 * logins of one app that the call is surely of one of; none where it may be of another.
 */
export function linkModeEvidence(
  call: Observation<ApiFact>,
  app: App,
  candidates: readonly Login[],
): ModeEvidence | null {
  if (mayHaveSignedUpBefore(call, app))
    return { inferredLinkMode: 'unknown', inferredBecause: 'no-evidence' };
  const shown = modeShownBy(call, app, candidates);
  if (!shown || app.inferredLinkMode === shown.inferredLinkMode) return shown;
  const isFirst = app.inferredLinkMode === 'unknown' && app.inferredBecause !== 'contradiction';
  // Somebody changed it in Kakao's console: which links were made before that is not known.
  return isFirst ? shown : { inferredLinkMode: 'unknown', inferredBecause: 'contradiction' };
}

/** Whether a sign-up of unknown answer was on its way when another was refused, from which the mode was inferred. */
function mayHaveSignedUpBefore(call: Observation<ApiFact>, app: App): boolean {
  const { inferredBecause, inferredAt } = app;
  if (inferredBecause !== 'signup-refused' || inferredAt === null) return false;
  const isUnanswered = evidenceKindsOf(call).includes('signup-unanswered');
  return isUnanswered && (call.sentAt ?? call.at) <= inferredAt;
}

/**
 * What one call by itself says of the link mode. `has_signed_up` exists only on manual link, and sign-up succeeds only
 * there; "already registered" about a brand-new link is auto-link's answer: docs/kakao-rules.md#manual-link.
 */
function modeShownBy(
  call: Observation<ApiFact>,
  app: App,
  candidates: readonly Login[],
): ModeEvidence | null {
  if (isSignupRefusedAtOnce(call, candidates) && app.inferredLinkMode === 'unknown')
    return { inferredLinkMode: 'auto', inferredBecause: 'signup-refused' };
  // A test may have answered in Kakao's place.
  if (call.status !== 200 || call.cached || call.maybeCached) return null;
  if (call.hasSignedUp !== null)
    return { inferredLinkMode: 'manual', inferredBecause: 'has_signed_up' };
  if (isSignupCall(call) && isSuccess(call))
    return { inferredLinkMode: 'manual', inferredBecause: 'signup-200' };
  if (call.path === '/v2/user/me' && call.wholeBody)
    return { inferredLinkMode: 'auto', inferredBecause: 'no-has_signed_up' };
  return null;
}

/** Whether sign-up is "already registered" for a link that was just made and that no sign-up call was tried on. */
function isSignupRefusedAtOnce(call: Observation<ApiFact>, candidates: readonly Login[]): boolean {
  const [login, ...others] = candidates;
  if (!login || others.length || call.code !== SIGNUP.alreadyRegistered) return false;
  return (
    isSignupCall(call) &&
    !call.cached &&
    login.consent === 'shown' &&
    !login.extraConsentRequested &&
    login.screenOrdinal === login.ordinal &&
    call.at >= login.loggedInAt &&
    call.at - login.loggedInAt <= BRAND_NEW_MS &&
    // A server that has the token may have signed up before, unseen.
    wasTokenIssued(login) &&
    !login.reportedByServer &&
    !login.evidence.some((e) => e.what.startsWith('sign') || e.what === 'handed-over')
  );
}
