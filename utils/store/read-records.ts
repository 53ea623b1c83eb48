import type { Health } from '../model/health.ts';
import type { StoredObservation } from '../model/observation.ts';
import type { Session } from '../model/session.ts';
import type { LoginState } from '../verdict/state/login-state.ts';
import { LOGIN_STATE_STORES, loadLoginState } from './login-state-store.ts';
import { healthOf } from './meta.ts';
import type { Db } from './open.ts';
import { readInPieces } from './read-in-pieces.ts';

/** Everything recorded, as it stood at one moment. */
export interface Records {
  /** In order of arrival, without those that the judgement cannot read. */
  rows: readonly StoredObservation[];
  sessions: readonly Session[];
  loginState: LoginState;
  health: Health;
}

/** Rows near the end are read again: they may have been attached to a login that came after them. */
const REREAD_ROWS = 2000;

/** Makes a reader that keeps what it has read: observations are append-only, so only new ones are read again. */
export function createRecordsReader(): (db: Db) => Promise<Records> {
  let kept: StoredObservation[] = [];
  return async (db) => {
    const tx = db.transaction(['observations', 'sessions', ...LOGIN_STATE_STORES]);
    const observations = tx.objectStore('observations');
    const old = kept.slice(0, -REREAD_ROWS);
    const from = old.at(-1)?.seq ?? -Infinity;
    const [fresh, count, first, sessions, health, loginState] = await Promise.all([
      readInPieces(
        observations,
        (row) => row.seq ?? 0,
        (row) => row,
        from,
      ),
      observations.count(),
      observations.openKeyCursor(),
      tx.objectStore('sessions').getAll(),
      tx.objectStore('meta').get('health'),
      loadLoginState(tx),
    ]);
    const isWhole = old.length + fresh.length === count && old[0]?.seq === first?.key;
    // Where it is not, retention or a person has removed some.
    kept = isWhole ? [...old, ...fresh] : old.length ? await db.getAll('observations') : fresh;
    return {
      rows: kept.filter((row) => !row.unread),
      sessions: sessions.sort((a, b) => a.startedAt - b.startedAt),
      loginState,
      health: healthOf(health),
    };
  };
}
