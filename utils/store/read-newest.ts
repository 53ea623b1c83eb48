import { LOGIN_STATE_STORES, loadWithoutLogins } from './login-state-store.ts';
import { healthOf } from './meta.ts';
import type { Db } from './open.ts';
import type { Records } from './read-records.ts';

const LIMITS = {
  /** With more observations than this, reading all of them takes seconds. */
  many: 5000,
  /** The latest observations that are looked at: they hold more logins than fit on a screen. */
  latest: 300,
};

/**
 * Reads the logins that the latest observations of the latest session are about, with those observations, where there are so many
 * that reading all takes long; else null.
 */
export async function readNewest(db: Db, { many, latest } = LIMITS): Promise<Records | null> {
  const tx = db.transaction(['observations', 'sessions', ...LOGIN_STATE_STORES]);
  const observations = tx.objectStore('observations');
  if ((await observations.count()) <= many) return null;
  const [sessions, last, loginState, health] = await Promise.all([
    tx.objectStore('sessions').getAll(),
    observations.openKeyCursor(null, 'prev'),
    loadWithoutLogins(tx),
    tx.objectStore('meta').get('health'),
  ]);
  sessions.sort((a, b) => a.startedAt - b.startedAt);
  const session = sessions.at(-1);
  if (!last || !session) return null;
  const newest = await observations.getAll(IDBKeyRange.lowerBound(last.key - latest, true));
  const rows = newest.filter((row) => !row.unread && row.session === session.id);
  const ids = new Set(rows.flatMap((row) => row.loginId ?? []));
  const stored = tx.objectStore('logins');
  const logins = await Promise.all([...ids].map((id) => stored.get(id)));
  const found = logins.filter((row) => row !== undefined).sort((a, b) => a.ordinal - b.ordinal);
  for (const { index: _by, ...login } of found) loginState.logins.set(login.id, login);
  return { rows, sessions, loginState, health: healthOf(health) };
}
