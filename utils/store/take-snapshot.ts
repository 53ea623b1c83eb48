import { summarizeLogins } from '../verdict/decide/summarize-logins.ts';
import type { LoginState, Tracking } from '../verdict/state/login-state.ts';
import { readHealth, readSettings } from './meta.ts';
import { DB_VERSION } from './migrations.ts';
import type { Db } from './open.ts';
import { CARDS_AT_A_TIME } from './popup-data.ts';
import type { PopupSnapshot } from './popup-snapshot.ts';
import { readLists } from './read-popup.ts';

/**
 * Takes a snapshot of the database at an instant (epoch ms), by indexes alone: of each list as many logins as the popup
 * draws at once. Null where no login is stored.
 */
export async function takeSnapshot(
  db: Db,
  loginState: LoginState,
  now: number,
): Promise<PopupSnapshot | null> {
  const { logins, apps, tracking } = loginState;
  if (logins.size === 0) return null;
  const { count } = summarizeLogins(loginState, now);
  const attention = count.missed + count.unseen + count.late;
  const [lists, settings, health, sites] = await Promise.all([
    readLists(db.transaction('logins').store, now, CARDS_AT_A_TIME),
    readSettings(db),
    readHealth(db),
    readSites(db, tracking),
  ]);
  return {
    version: DB_VERSION,
    ...lists,
    counts: { open: count.pending, attention, done: logins.size - count.pending - attention },
    apps: [...apps.values()],
    sites,
    pausedAt: tracking.pausedAt,
    settings,
    health,
  };
}

async function readSites(db: Db, { sites }: Tracking): Promise<PopupSnapshot['sites']> {
  const watched = Object.entries(sites).filter(([, { watched: isWatched }]) => isWatched);
  const index = db.transaction('logins').store.index('site');
  const found = await Promise.all(
    watched.map(async ([site, { since }]) => {
      const hasLogins = (await index.getKey(site)) !== undefined;
      return [site, { since, hasLogins }] as const;
    }),
  );
  return Object.fromEntries(found);
}
