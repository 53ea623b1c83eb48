import { appOf, windowMs } from './app-knowledge.ts';
import type { Ledger } from './login-state.ts';
import type { GapReason, Login } from '../model/login.ts';
import { isOf } from '../model/url.ts';

/** Logins so far whose window is not over at an instant. A clock set back does not take a login out of its window. */
function inWindow(ledger: Ledger, at: number): Login[] {
  return [...ledger.logins.values()].filter((l) => {
    const app = appOf(ledger, l.clientId);
    return at <= l.loggedInAt + windowMs(app);
  });
}

/** From this instant (epoch ms) on, calls of the site (null: of every site) may go unseen. Returns the logins concerned. */
export function openGap(
  ledger: Ledger,
  at: number,
  reason: GapReason,
  site: string | null,
): string[] {
  const hit = inWindow(ledger, at).filter((l) => !l.gap && (site === null || isOf(l, site)));
  for (const l of hit) l.gap = { at, reason };
  return hit.map((l) => l.id);
}

/** The browser started at this instant (epoch ms): its first moments may be unseen. Returns the logins concerned. */
export function noteRestart(ledger: Ledger, at: number): string[] {
  const hit = inWindow(ledger, at).filter((l) => l.restartedAt === null);
  for (const l of hit) l.restartedAt = at;
  return hit.map((l) => l.id);
}
