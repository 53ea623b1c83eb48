import type { IDBPTransaction } from 'idb';
import { isUntouched } from '../model/app.ts';
import type { StoredObservation } from '../model/observation.ts';
import { DAY_MS, HOUR_MS } from '../model/time.ts';
import type { LoginState } from '../verdict/state/login-state.ts';
import { selectIdleSteps } from './idle-steps.ts';
import { createKeepTest, withoutKeptLogins } from './kept-observations.ts';
import { healthOf, settingsOf } from './meta.ts';
import type { Db } from './open.ts';
import type { LinkwatchDb } from './schema.ts';

/** How many observations one transaction looks at: few enough that recording never waits long. */
const STEP = 2_000;

/** Where a step of retention begins: what goes in this pass, and after which `seq`. */
export interface PrunePlace {
  /** First `idle` steps that led to no login, as far as there are too many observations; then `all` that the limits name. */
  pass: 'idle' | 'all';
  after: number;
}

/** Where retention begins. */
export const PRUNE_START: PrunePlace = { pass: 'idle', after: 0 };

/** Whether retention has not run for an hour, or the clock was set back since. */
export async function isPruneDue(db: Db, now: number): Promise<boolean> {
  const at = ((await db.get('meta', 'prunedAt')) as number | undefined) ?? 0;
  return now < at || now - at > HOUR_MS;
}

const STORES = ['observations', 'logins', 'apps', 'notices', 'sessions', 'meta'] as const;
type PruneTransaction = IDBPTransaction<LinkwatchDb, typeof STORES, 'readwrite'>;

/**
 * One step of retention at an instant (epoch ms), one transaction: of the next observations removes those beyond the
 * settings' age and number, and logins with them; steps that led to no login go first, then the oldest, and open logins stay.
 * The last step removes apps and sessions of which nothing is left. Returns where the next step begins; null if nowhere.
 */
export async function prune(
  db: Db,
  loginState: LoginState,
  now: number,
  place: PrunePlace,
): Promise<PrunePlace | null> {
  const tx = db.transaction(STORES, 'readwrite');
  tx.done.catch(() => {}); // waited for below, but it may fail before
  const { going, next } = await chooseRows(tx, loginState, now, place);
  const gone = going.map((row) => row.id).filter((id) => loginState.logins.has(id));
  const writes: Promise<unknown>[] = [tx.done, ...(await removeRows(tx, going, gone))];
  const apps = next ? [] : appsLeft(loginState, gone);
  for (const clientId of apps) writes.push(tx.objectStore('apps').delete(clientId));
  if (!next) {
    writes.push(tx.objectStore('meta').put(now, 'prunedAt'));
    writes.push(...(await removeEmptySessions(tx)));
  }
  await Promise.all(writes);
  for (const id of gone) loginState.logins.delete(id);
  for (const clientId of apps) loginState.apps.delete(clientId);
  return next;
}

/** Of the next observations those that go at an instant (epoch ms), and where the next step begins. */
async function chooseRows(
  tx: PruneTransaction,
  loginState: LoginState,
  now: number,
  place: PrunePlace,
): Promise<{ going: StoredObservation[]; next: PrunePlace | null }> {
  const observations = tx.objectStore('observations');
  const [count, stored] = await Promise.all([
    observations.count(),
    tx.objectStore('meta').get('settings'),
  ]);
  const settings = settingsOf(stored);
  let surplus = count - settings.retentionCount;
  const isIdlePass = place.pass === 'idle' && surplus > 0;
  const after = place.pass === 'idle' && !isIdlePass ? 0 : place.after;
  const rows = await observations.getAll(IDBKeyRange.lowerBound(after, true), STEP);
  const oldest = isIdlePass ? -Infinity : now - settings.retentionDays * DAY_MS;
  const stays = createKeepTest(loginState, now);
  const chosen = (isIdlePass ? selectIdleSteps(rows, loginState) : rows).filter((row) => {
    const goes = (surplus > 0 || row.at < oldest) && !stays(row);
    if (goes) surplus -= 1;
    return goes;
  });
  const isMore = rows.length === STEP && (surplus > 0 || rows.some((row) => row.at < oldest));
  return {
    going: withoutKeptLogins(chosen, loginState.logins),
    next: nextPlace(isIdlePass, isMore ? rows.at(-1)?.seq : undefined),
  };
}

/** Removes observations, the logins among them (by their ids) with their notices, and counts what went. */
async function removeRows(
  tx: PruneTransaction,
  going: readonly StoredObservation[],
  gone: readonly string[],
): Promise<Promise<unknown>[]> {
  if (!going.length) return [];
  const meta = tx.objectStore('meta');
  const health = healthOf(await meta.get('health'));
  const writes: Promise<unknown>[] = [
    meta.put({ ...health, pruned: health.pruned + going.length }, 'health'),
  ];
  for (const { seq = 0 } of going) writes.push(tx.objectStore('observations').delete(seq));
  for (const id of gone) {
    writes.push(tx.objectStore('logins').delete(id));
    writes.push(tx.objectStore('notices').delete(IDBKeyRange.bound(`${id}:`, `${id};`)));
  }
  return writes;
}

function nextPlace(isIdlePass: boolean, lastSeq: number | undefined): PrunePlace | null {
  if (isIdlePass) return lastSeq ? { pass: 'idle', after: lastSeq } : { pass: 'all', after: 0 };
  return lastSeq ? { pass: 'all', after: lastSeq } : null;
}

/** The apps that no login is of but those that go, and of which the tester set nothing. */
function appsLeft({ logins, apps }: LoginState, gone: readonly string[]): string[] {
  const going = new Set(gone);
  const used = new Set<string>();
  for (const l of logins.values()) if (!going.has(l.id)) used.add(l.clientId);
  return [...apps.values()]
    .filter((app) => !used.has(app.clientId) && isUntouched(app))
    .map((app) => app.clientId);
}

async function removeEmptySessions(tx: PruneTransaction): Promise<Promise<void>[]> {
  const bySession = tx.objectStore('observations').index('session');
  const sessions = tx.objectStore('sessions');
  const removed: Promise<void>[] = [];
  for (const s of await sessions.getAll())
    if (s.endedAt !== null && (await bySession.getKey(s.id)) === undefined)
      removed.push(sessions.delete(s.id));
  return removed;
}
