import type { IDBPIndex, IDBPObjectStore, StoreNames } from 'idb';
import { linkMode, type App } from '../model/app.ts';
import type { Login } from '../model/login.ts';
import type { Tracking } from '../verdict/state/login-state.ts';
import { healthOf, settingsOf } from './meta.ts';
import type { Db } from './open.ts';
import { MOST_LISTED, type PopupData, type PopupReading } from './popup-data.ts';
import type { LinkwatchDb } from './schema.ts';

/** The index keys of one login status, from a number on. */
const statusRange = (status: string, from = -Infinity) =>
  IDBKeyRange.bound([status, from], [status, Infinity]);

type LoginStore = IDBPObjectStore<LinkwatchDb, StoreNames<LinkwatchDb>[], 'logins'>;
type PassedIndex = IDBPIndex<LinkwatchDb, ['logins', 'apps', 'meta'], 'logins', 'passed'>;

/** The index keys of open logins whose deadline was before `now`, newest deadline first. */
const passedBy = (now: number) => IDBKeyRange.bound(['open', -now], ['open', Infinity], true);

/** Counts the logins of each list, of the state of the database that the index's transaction sees. */
async function countLogins(index: PassedIndex, now: number) {
  const inWindow = IDBKeyRange.bound(['open', -Infinity], ['open', -now]);
  const others = ['late', 'done', 'repeat'].map((name) => statusRange(name));
  const ranges = [inWindow, passedBy(now), ...others];
  const counted = await Promise.all(ranges.map((range) => index.count(range)));
  const [open = 0, past = 0, late = 0, done = 0, repeats = 0] = counted;
  return { open, attention: past + late, done: done + repeats };
}

/**
 * Reads which of the newest complete logins rest on a listed call while the link mode of their app is not known. Nothing
 * is read where every app's is.
 */
async function readUnanswered(
  index: IDBPIndex<LinkwatchDb, ['logins', 'apps', 'meta'], 'logins', 'newest'>,
  apps: readonly App[],
): Promise<Login[]> {
  const unknown = new Set(apps.filter((a) => linkMode(a) === 'unknown').map((a) => a.clientId));
  if (unknown.size === 0) return [];
  const newest = await index.getAll(statusRange('done'), MOST_LISTED);
  return newest.filter((l) => unknown.has(l.clientId) && l.creditedListedCall !== null);
}

/**
 * Reads the logins that are open at an instant (epoch ms), and those that need attention, in the order of `PopupData`; at
 * most so many of each.
 */
export async function readLists(
  logins: LoginStore,
  now: number,
  limit: number,
): Promise<Pick<PopupData, 'open' | 'attention'>> {
  const byPassed = logins.index('passed');
  const [open, past, late] = await Promise.all([
    logins.index('standing').getAll(statusRange('open', now), limit),
    byPassed.getAll(passedBy(now), limit),
    byPassed.getAll(statusRange('late'), limit),
  ]);
  const attention = [...past, ...late]
    .sort((a, b) => a.index.passed[1] - b.index.passed[1])
    .slice(0, limit);
  return { open, attention };
}

/**
 * Reads what the popup shows at an instant (epoch ms) for the current tab's site, by indexes alone. Settles when the
 * lists are read. The counts come later, of the same state of the database: an index counts its keys one by one.
 */
export async function readPopup(db: Db, now: number, site: string | null): Promise<PopupReading> {
  const tx = db.transaction(['logins', 'apps', 'meta']);
  const logins = tx.objectStore('logins');
  const meta = tx.objectStore('meta');
  // All at once: each further wait costs another round trip to the browser's own process.
  const [lists, apps, tracking, settings, health, siteLogin] = await Promise.all([
    readLists(logins, now, MOST_LISTED),
    tx.objectStore('apps').getAll(),
    meta.get('track') as Promise<Tracking | undefined>,
    meta.get('settings'),
    meta.get('health'),
    site ? logins.index('site').getKey(site) : undefined,
  ]);
  const sites = tracking?.sites ?? {};
  const watch = site ? sites[site] : undefined;
  // Asked for now, while the transaction is still open.
  const counted = countLogins(logins.index('passed'), now);
  const unanswered = readUnanswered(logins.index('newest'), apps);
  return {
    data: {
      ...lists,
      unanswered: [],
      counts: null,
      apps: new Map(apps.map((a: App) => [a.clientId, a])),
      site: {
        hasLogins: siteLogin !== undefined,
        watchedSince: watch?.watched ? watch.since : null,
      },
      watched: new Set(Object.keys(sites).filter((name) => sites[name]?.watched)),
      pausedAt: tracking?.pausedAt ?? null,
      settings: settingsOf(settings),
      health: healthOf(health),
    },
    rest: Promise.all([counted, unanswered]).then(([counts, found]) => ({
      counts,
      unanswered: found,
    })),
  };
}

/** Complete, unlinked and repeat logins, newest login first. */
export async function readDone(db: Db, limit: number): Promise<Login[]> {
  const index = db.transaction('logins').store.index('newest');
  const found = await Promise.all(
    ['done', 'repeat'].map((name) => index.getAll(statusRange(name), limit)),
  );
  return found
    .flat()
    .sort((a, b) => b.loggedInAt - a.loggedInAt)
    .slice(0, limit);
}
