import type { Health } from '../../model/health.ts';
import type { Observation } from '../../model/observation.ts';
import { saveBatch } from '../../store/save-batch.ts';
import { readsLogins } from '../../verdict/reads-logins.ts';
import { logError } from '../tasks/log-error.ts';
import { createObservation } from './create-observation.ts';
import { loadLogins, type LoadedState, type StateLoader } from './loaded-state.ts';
import type { PendingQueue } from './pending-queue.ts';
import { reduceBatch, UnreadableObservation } from './reduce-batch.ts';

/**
 * Stores what is pending and what is new, in one transaction. Returns the health that is stored then, and whether a login
 * or an app has changed. An observation that the judgement cannot read is stored without it, and counted as dropped.
 * Rejects where the database fails.
 */
export async function storeBatch(
  loader: StateLoader,
  pending: PendingQueue,
  fresh: readonly Observation[],
): Promise<{ health: Health; isChanged: boolean }> {
  const unread = new Set<Observation>();
  for (;;) {
    const state = await loader.load();
    pending.skipRestored(state.lastRestoredId);
    try {
      const isChanged = await tryBatch(state, pending, fresh, unread);
      return { health: state.health, isChanged };
    } catch (error) {
      if (!(error instanceof UnreadableObservation)) throw error;
      unread.add(error.observation);
      logError(error);
      // The judgement may have stopped half-way: it begins again from what is stored.
      loader.drop();
    }
  }
}

/**
 * Reduces and stores one batch; tells whether a login or an app has changed. Throws UnreadableObservation, or rejects where
 * the database fails.
 */
async function tryBatch(
  state: LoadedState,
  pending: PendingQueue,
  fresh: readonly Observation[],
  unread: ReadonlySet<Observation>,
): Promise<boolean> {
  const held = pending.held();
  const { loginState, sessions, settings } = state;
  const all = [...withLoss(held, pending.lost()), ...fresh];
  if (all.some(readsLogins)) await loadLogins(state);
  const batch = reduceBatch(loginState, sessions, all, unread, settings);
  const dropped = pending.lost() + unread.size;
  if (!batch.rows.length && !held.length && !dropped) return false;
  await saveBatch(state.db, loginState, batch, {
    dropped,
    lastRestoredId: held.at(-1)?.id,
  });
  state.sessions = batch.sessions;
  state.health = { ...state.health, dropped: state.health.dropped + dropped };
  return batch.changes.some(({ logins, apps }) => logins.size > 0 || apps.size > 0);
}

/**
 * Says among the observations that were held that others were lost for want of room. The last one stays the last: by it the
 * queue knows, where the worker dies before it is emptied, that the database has taken everything.
 */
function withLoss(held: readonly Observation[], lost: number): readonly Observation[] {
  const last = held.at(-1);
  if (!last || lost === 0) return held;
  return [...held.slice(0, -1), createObservation({ type: 'loss' }, 'browser', last.at), last];
}
