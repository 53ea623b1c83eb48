import type { LoginContext } from '../../context.ts';

/** Since when (epoch ms) a login's site is watched again after the stretch in which it was not; null if it is not. */
export function watchedSince({ login, whole }: LoginContext): number | null {
  const site = login.site ? whole.context.loginState.tracking.sites[login.site] : undefined;
  const gap = login.visibilityGap?.at ?? login.loggedInAt;
  return site?.watched && site.since >= gap ? site.since : null;
}
