import type { LoginContext } from '../login-context.ts';

/**
 * Returns the instant (epoch ms) at which the login's site came to be watched after a visibility gap; null if it is
 * not watched.
 */
export function watchedSince({ login, ruleContext }: LoginContext): number | null {
  const { tracking } = ruleContext.input.loginState;
  const site = login.site ? tracking.sites[login.site] : undefined;
  const gap = login.visibilityGap?.at ?? login.loggedInAt;
  return site?.watched && site.since >= gap ? site.since : null;
}
