import { applyAppSettings } from '../verdict/app-knowledge.ts';
import { reduce } from '../verdict/reduce.ts';
import { createLoginState, type LoginState } from '../verdict/login-state.ts';
import type { AppFact, Observation, AttributedObservation } from '../model/observation.ts';
import { deriveLogins } from '../verdict/derive-logins.ts';
import { appOf, newApp } from '../model/app.ts';

/** An observation of a report; where several browsers are merged, with the one it was taken in. */
export type ReportObservation = AttributedObservation & { browser?: string };

export interface ReplayResult {
  /** Logins and apps; what the fold tracks in between is left out. */
  loginState: LoginState;
  /** Those judged, in their order, each with the login it was placed on. */
  observations: ReportObservation[];
}

/**
 * Folds observations into logins as they stood at an instant (epoch ms): later ones are ignored. Each browser's are
 * folded apart; what is known of an app holds for all.
 */
export function replayObservations(
  observations: readonly ReportObservation[],
  at = Infinity,
): ReplayResult {
  const loginStates = new Map<string, LoginState>();
  const placed: ReportObservation[] = [];
  for (const { loginId: _loginId, ...o } of observations) {
    if (o.at > at) continue;
    const { browser, ...fact } = o as ReportObservation;
    const loginState = loginStates.get(browser ?? '') ?? createLoginState();
    loginStates.set(browser ?? '', loginState);
    const { loginId, attached } = reduce(loginState, fact as Observation);
    placed.push({ ...o, ...(loginId ? { loginId } : {}) } as ReportObservation);
    for (const [id, login] of attached) {
      const earlier = placed.find((p) => p.id === id && p.browser === browser);
      if (earlier) earlier.loginId ??= login;
    }
  }
  const all = [...loginStates.values()];
  if (all.length > 1) shareApps(all, placed);
  const loginState = createLoginState();
  for (const one of all) {
    for (const login of one.logins.values()) loginState.logins.set(login.id, login);
    for (const app of one.apps.values()) loginState.apps.set(app.clientId, app);
  }
  return { loginState, observations: placed };
}

/** Lets each browser's loginState know of the apps what any of them knows: the latest word of testers and of traffic. */
function shareApps(
  loginStates: readonly LoginState[],
  observations: readonly ReportObservation[],
): void {
  const words = createLoginState();
  const set = observations
    .filter((o): o is ReportObservation & Observation<AppFact> => o.type === 'app')
    .sort((a, b) => a.at - b.at);
  for (const o of set) applyAppSettings(words, o);
  for (const id of new Set(loginStates.flatMap((l) => [...l.apps.keys()]))) {
    if (id === 'unknown') continue;
    const known = loginStates.flatMap((l) => l.apps.get(id) ?? []);
    const latest = known.sort((a, b) => (b.inferredAt ?? 0) - (a.inferredAt ?? 0))[0] ?? newApp(id);
    const { linkModeOverride, fixedUserId, windowMs } = appOf(words, id);
    for (const loginState of loginStates) {
      loginState.apps.set(id, { ...latest, linkModeOverride, fixedUserId, windowMs });
      const logins = [...loginState.logins.values()].filter((l) => l.clientId === id);
      for (const site of new Set(logins.map((l) => l.site))) deriveLogins(loginState, id, site);
    }
  }
}
