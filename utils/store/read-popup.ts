import type { IDBPIndex } from 'idb';
import type { App, Login } from '../link/login.ts';
import type { Track } from '../link/ledger.ts';
import { HEALTHY } from './meta.ts';
import type { Db } from './open.ts';
import {
  DEFAULT_SETTINGS,
  LIMIT,
  type Health,
  type PopupReading,
  type Settings,
} from './popup-data.ts';
import type { LinkwatchDb, LoginRow } from './schema.ts';

const standing = (name: string, from = -Infinity, to = Infinity) =>
  IDBKeyRange.bound([name, from], [name, to]);

type ByTime = IDBPIndex<LinkwatchDb, ['logins'], 'logins', 'standing' | 'newest'>;

/** The last rows of a range of an index, last first; `limit` is more than 1. */
async function lastOf(index: ByTime, range: IDBKeyRange, limit: number): Promise<LoginRow[]> {
  // Walking back row by row would wait for each; the key of the first that is wanted is found in one step.
  const last = await index.openKeyCursor(range, 'prev');
  const first = last && (await last.advance(limit - 1));
  const wanted = first ? IDBKeyRange.bound(first.key, range.upper, false, range.upperOpen) : range;
  const rows = await index.getAll(wanted);
  return rows.reverse().slice(0, limit);
}

async function countsOf(index: ByTime, inWindow: IDBKeyRange, passed: IDBKeyRange) {
  const others = ['late', 'done', 'repeat'].map((name) => standing(name));
  const counted = await Promise.all([inWindow, passed, ...others].map((r) => index.count(r)));
  const [open = 0, past = 0, late = 0, done = 0, repeats = 0] = counted;
  return { open, attention: past + late, done: done + repeats };
}

/**
 * Reads what the popup shows at an instant (epoch ms) for the current tab's site, by indexes alone. Settles when the
 * lists are read; the counts, of the same state of the database, come after, since an index counts one by one.
 */
export async function readPopup(db: Db, now: number, site: string | null): Promise<PopupReading> {
  const tx = db.transaction(['logins', 'apps', 'meta']);
  const logins = tx.objectStore('logins');
  const meta = tx.objectStore('meta');
  const byStanding = logins.index('standing');
  const inWindow = standing('open', now);
  const passed = IDBKeyRange.bound(['open', -Infinity], ['open', now], false, true);
  // All at once: every wait in between is a way to the browser's own process and back.
  const [open, past, late, apps, track, settings, health, here] = await Promise.all([
    byStanding.getAll(inWindow, LIMIT),
    lastOf(byStanding, passed, LIMIT),
    lastOf(byStanding, standing('late'), LIMIT),
    tx.objectStore('apps').getAll(),
    meta.get('track') as Promise<Track | undefined>,
    meta.get('settings') as Promise<Partial<Settings> | undefined>,
    meta.get('health') as Promise<Partial<Health> | undefined>,
    site ? logins.index('site').getKey(site) : undefined,
  ]);
  const counts = countsOf(byStanding, inWindow, passed);
  counts.catch(() => {}); // told to whoever waits for it
  const watch = site ? track?.sites[site] : undefined;
  return {
    data: {
      open,
      attention: [...past, ...late].sort((a, b) => b.deadline - a.deadline).slice(0, LIMIT),
      counts: null,
      apps: new Map(apps.map((a: App) => [a.clientId, a])),
      site: { hasLogins: here !== undefined, watchedSince: watch?.watched ? watch.since : null },
      pausedAt: track?.pausedAt ?? null,
      settings: { ...DEFAULT_SETTINGS, ...settings },
      health: { ...HEALTHY, ...health },
    },
    counts,
  };
}

/** Complete, unlinked and repeat logins, newest login first. */
export async function readDone(db: Db, limit: number): Promise<Login[]> {
  const index = db.transaction('logins').store.index('newest');
  const found = await Promise.all(
    ['done', 'repeat'].map((name) => lastOf(index, standing(name), limit)),
  );
  return found
    .flat()
    .sort((a, b) => b.loggedInAt - a.loggedInAt)
    .slice(0, limit);
}
