import type { App, Login } from '../link/login.ts';
import type { Track } from '../link/ledger.ts';
import { HEALTHY } from './meta.ts';
import type { Db } from './open.ts';
import { DEFAULT_SETTINGS, type Health, type PopupData, type Settings } from './popup-data.ts';
import type { LoginRow } from './schema.ts';

/** Cards beyond this are counted, not shown. */
const LIMIT = 50;

const standing = (name: string, from = -Infinity, to = Infinity) =>
  IDBKeyRange.bound([name, from], [name, to]);

interface Newest {
  openCursor(range: IDBKeyRange, direction: 'prev'): Promise<Step | null>;
}
interface Step {
  value: LoginRow;
  continue(): Promise<Step | null>;
}

/** The last rows of a range of an index, last first. */
async function lastOf(index: Newest, range: IDBKeyRange, limit: number): Promise<LoginRow[]> {
  const rows: LoginRow[] = [];
  let cursor = await index.openCursor(range, 'prev');
  while (cursor) {
    rows.push(cursor.value);
    cursor = rows.length < limit ? await cursor.continue() : null;
  }
  return rows;
}

/** Reads what the popup shows at an instant (epoch ms) for the current tab's site, by indexes alone. */
export async function readPopup(db: Db, now: number, site: string | null): Promise<PopupData> {
  const tx = db.transaction(['logins', 'apps', 'meta']);
  const logins = tx.objectStore('logins');
  const meta = tx.objectStore('meta');
  const byStanding = logins.index('standing');
  const inWindow = standing('open', now);
  const passed = IDBKeyRange.bound(['open', -Infinity], ['open', now], false, true);
  // All at once: every wait in between is a way to the browser's own process and back.
  const [counts, lists, [track, settings, health], here] = await Promise.all([
    Promise.all([
      byStanding.count(inWindow),
      byStanding.count(passed),
      byStanding.count(standing('late')),
      byStanding.count(standing('done')),
      byStanding.count(standing('repeat')),
    ]),
    Promise.all([
      byStanding.getAll(inWindow, LIMIT),
      lastOf(byStanding, passed, LIMIT),
      lastOf(byStanding, standing('late'), LIMIT),
      tx.objectStore('apps').getAll(),
    ]),
    Promise.all([
      meta.get('track') as Promise<Track | undefined>,
      meta.get('settings') as Promise<Partial<Settings> | undefined>,
      meta.get('health') as Promise<Partial<Health> | undefined>,
    ]),
    site ? logins.index('site').getKey(site) : undefined,
  ]);
  const [openCount, pastCount, lateCount, done, repeats] = counts;
  const [open, past, late, apps] = lists;
  const watch = site ? track?.sites[site] : undefined;
  const attention = [...past, ...late].sort((a, b) => b.deadline - a.deadline);
  return {
    open,
    openCount,
    attention: attention.slice(0, LIMIT),
    attentionCount: pastCount + lateCount,
    doneCount: done + repeats,
    apps: new Map(apps.map((a: App) => [a.clientId, a])),
    site: { hasLogins: here !== undefined, watchedSince: watch?.watched ? watch.since : null },
    pausedAt: track?.pausedAt ?? null,
    settings: { ...DEFAULT_SETTINGS, ...settings },
    health: { ...HEALTHY, ...health },
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
