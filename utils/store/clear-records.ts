import { createLoginState, type Tracking } from '../verdict/state/login-state.ts';
import type { Db } from './open.ts';

/**
 * Forgets everything recorded. Only the settings, the watched sites and whether recording is paused stay, and `lastHeldId`:
 * up to that observation, those that wait outside the database are forgotten, too, however soon the worker is ended.
 */
export async function clearRecords(
  db: Db,
  tracking: Tracking,
  lastHeldId: string | undefined,
): Promise<void> {
  const records = ['observations', 'logins', 'apps', 'sessions', 'notices'] as const;
  const tx = db.transaction([...records, 'meta' as const], 'readwrite');
  const meta = tx.objectStore('meta');
  const watched = Object.entries(tracking.sites).filter(([, site]) => site.watched);
  const kept: Tracking = {
    ...createLoginState().tracking,
    sites: Object.fromEntries(watched),
    pausedAt: tracking.pausedAt,
  };
  const forgotten = ['health', 'salt', 'prunedAt'] as const;
  await Promise.all([
    ...records.map((name) => tx.objectStore(name).clear()),
    meta.put(kept, 'track'),
    ...forgotten.map((name) => meta.delete(name)),
    lastHeldId ? meta.put(lastHeldId, 'lastRestoredId') : meta.delete('lastRestoredId'),
    tx.done,
  ]);
}
