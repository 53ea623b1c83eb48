import { appOf } from '../model/app.ts';
import { SIGNUP } from '../kakao/policy.ts';
import type { LoginState } from './login-state.ts';
import type { App } from '../model/app.ts';
import type { ApiFact, AppFact, Observation, SilenceFact } from '../model/observation.ts';

/** Applies what the tester set. Returns the app that changed. */
export function applyAppSettings(loginState: LoginState, o: Observation<AppFact>): App {
  const before = appOf(loginState, o.clientId);
  const app: App = {
    ...before,
    linkModeOverride: o.linkMode ?? before.linkModeOverride,
    fixedUserId: o.fixedUserId ?? before.fixedUserId,
    windowMs: o.windowMs === undefined ? before.windowMs : o.windowMs,
  };
  loginState.apps.set(o.clientId, app);
  return app;
}

/** Silences a rule's findings about an app, or brings them back. */
export function applySilence(loginState: LoginState, o: Observation<SilenceFact>): void {
  const app = appOf(loginState, o.clientId);
  const others = (app.silenced ?? []).filter((rule) => rule !== o.rule);
  loginState.apps.set(o.clientId, { ...app, silenced: o.silenced ? [...others, o.rule] : others });
}

/**
 * What one successful call says of the app's link mode, or null.
 * Kakao: `has_signed_up` exists only while auto-link is off; sign-up succeeds only there (kakao.md 4, 5.3).
 */
export function linkModeEvidence(
  o: ApiFact,
): Pick<App, 'inferredLinkMode' | 'inferredBecause'> | null {
  if (o.status !== 200) return null;
  if (o.hasSignedUp !== null)
    return { inferredLinkMode: 'manual', inferredBecause: 'has_signed_up' };
  if (o.path === SIGNUP.path && o.method === SIGNUP.method && !o.cached)
    return { inferredLinkMode: 'manual', inferredBecause: 'signup-200' };
  if (o.path === '/v2/user/me' && o.wholeBody)
    return { inferredLinkMode: 'auto', inferredBecause: 'no-has_signed_up' };
  return null;
}
