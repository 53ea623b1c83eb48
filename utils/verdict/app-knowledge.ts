import { SIGNUP } from '../kakao/policy.ts';
import { appOf, type App } from '../model/app.ts';
import type { ApiFact, AppFact, Observation, SilenceFact } from '../model/observation.ts';
import type { LoginState } from './login-state.ts';

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
 * Returns what one successful call says of the app's link mode, or null. `has_signed_up` exists only on manual link,
 * and sign-up succeeds only there: docs/kakao-rules.md#manual-link.
 */
export function linkModeEvidence(
  call: ApiFact,
): Pick<App, 'inferredLinkMode' | 'inferredBecause'> | null {
  if (call.status !== 200) return null;
  if (call.hasSignedUp !== null)
    return { inferredLinkMode: 'manual', inferredBecause: 'has_signed_up' };
  if (call.path === SIGNUP.path && call.method === SIGNUP.method && !call.cached)
    return { inferredLinkMode: 'manual', inferredBecause: 'signup-200' };
  if (call.path === '/v2/user/me' && call.wholeBody)
    return { inferredLinkMode: 'auto', inferredBecause: 'no-has_signed_up' };
  return null;
}
