import { appOf } from '../model/app.ts';
import { windowMs } from './deadline.ts';
import type { LoginState } from './login-state.ts';
import { type GapReason, type Login, belongsToSite } from '../model/login.ts';

/** Logins so far whose window is not over at an instant. A clock set back does not take a login out of its window. */
function inWindow(loginState: LoginState, at: number): Login[] {
  return [...loginState.logins.values()].filter((l) => {
    const app = appOf(loginState, l.clientId);
    return at <= l.loggedInAt + windowMs(app);
  });
}

/** From this instant (epoch ms) on, calls of the site (null: of every site) may go unseen. Returns the logins concerned. */
export function openVisibilityGap(
  loginState: LoginState,
  at: number,
  reason: GapReason,
  site: string | null,
): string[] {
  const hit = inWindow(loginState, at).filter(
    (l) => !l.visibilityGap && (site === null || belongsToSite(l, site)),
  );
  for (const l of hit) l.visibilityGap = { at, reason };
  return hit.map((l) => l.id);
}

/** The browser started at this instant (epoch ms): its first moments may be unseen. Returns the logins concerned. */
export function noteBrowserRestart(loginState: LoginState, at: number): string[] {
  const hit = inWindow(loginState, at).filter((l) => l.restartedAt === null);
  for (const l of hit) l.restartedAt = at;
  return hit.map((l) => l.id);
}
