import type { Tracking } from '../verdict/login-state.ts';
import type { Db } from './open.ts';

/** Forgets everything recorded. Settings, salt, known site access and whether recording is paused stay. */
export async function clearRecords(db: Db, tracking: Tracking): Promise<void> {
  const records = ['observations', 'logins', 'apps', 'sessions', 'notices'] as const;
  const tx = db.transaction([...records, 'meta' as const], 'readwrite');
  const meta = tx.objectStore('meta');
  const kept: Tracking = { ...tracking, flows: {}, kakaoSessions: {}, frames: {}, polls: {} };
  await Promise.all([
    ...records.map((name) => tx.objectStore(name).clear()),
    meta.put(kept, 'track'),
    meta.delete('health'),
    tx.done,
  ]);
}
