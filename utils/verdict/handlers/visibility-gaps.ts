import { WINDOW_MS } from '../../kakao/policy.ts';
import { appOf } from '../../model/app.ts';
import { belongsToSite, type Evidence, type GapReason, type Login } from '../../model/login.ts';
import type { Observation } from '../../model/observation.ts';
import { deadlineOf } from '../decide/deadline.ts';
import { findLogins } from '../state/login-index.ts';
import type { LoginState } from '../state/login-state.ts';

/**
 * Notes that from an instant (epoch ms) on calls of a site (null: of every site) may go unseen. Returns the logins that
 * this concerns: those whose window is not over.
 */
export function openVisibilityGap(
  loginState: LoginState,
  at: number,
  reason: GapReason,
  site: string | null,
): Login[] {
  const concerned = loginsInWindow(loginState, at).filter(
    (l) => !l.visibilityGap && (site === null || belongsToSite(l, site)),
  );
  for (const login of concerned) login.visibilityGap = { at, reason };
  return concerned;
}

/**
 * Notes that the browser started at an instant (epoch ms): its first moments may be unseen. Returns the logins that
 * this concerns: those whose window is not over.
 */
export function noteBrowserRestart(loginState: LoginState, at: number): Login[] {
  const concerned = loginsInWindow(loginState, at).filter((l) => l.restartedAt === null);
  for (const login of concerned) login.restartedAt = at;
  return concerned;
}

/**
 * Notes that something was lost with the worker at an instant (epoch ms). Returns the logins that it may be of: those whose
 * window is not over.
 */
export function noteLoss(loginState: LoginState, at: number): Login[] {
  const concerned = loginsInWindow(loginState, at).filter((l) => l.lostAt === undefined);
  for (const login of concerned) login.lostAt = at;
  return concerned;
}

/**
 * Notes that another account may have logged in before what came after a loss, but was recorded before it was told. Returns the
 * logins that this concerns.
 */
export function noteToldLate(loginState: LoginState, { id, at }: Observation): Login[] {
  const since = findLogins(loginState, (l) => l.startedAt > at);
  const ids = since.map((l) => l.id);
  for (const login of since) login.kakaoSession = `${id} ${login.kakaoSession}`;
  const isUnsure = (e: Evidence) =>
    e.at > at && e.account === null && !e.of.some((of) => ids.includes(of));
  const called = findLogins(loginState, (l) => l.evidence.some(isUnsure));
  for (const e of called.flatMap((l) => l.evidence.filter(isUnsure))) e.doubt ??= 'account-unknown';
  return [...since, ...called];
}

/**
 * The logins whose window is not over at an instant; also one before the login, because clocks are set back. A rehearsal's
 * window may be taken back later: Kakao's own counts as well.
 */
export function loginsInWindow(loginState: LoginState, at: number): Login[] {
  return findLogins(loginState, (l) => {
    const deadline = deadlineOf(l, appOf(loginState, l.clientId));
    return at <= Math.max(deadline, l.loggedInAt + WINDOW_MS);
  });
}
