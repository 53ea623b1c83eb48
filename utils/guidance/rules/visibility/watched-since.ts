import type { LoginScene } from '../../context.ts';

/** Since when (epoch ms) a login's site is watched again after the stretch in which it was not; null if it is not. */
export function watchedSince({ login, whole }: LoginScene): number | null {
  const site = login.site ? whole.context.ledger.track.sites[login.site] : undefined;
  const gap = login.gap?.at ?? login.loggedInAt;
  return site?.watched && site.since >= gap ? site.since : null;
}
