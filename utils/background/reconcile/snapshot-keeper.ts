import type { SnapshotStorage } from '../../browser/snapshot-storage.ts';
import { SECOND_MS } from '../../model/time.ts';
import { takeSnapshot } from '../../store/take-snapshot.ts';
import type { Recorder } from '../record/recorder.ts';
import { logError } from '../tasks/log-error.ts';
import { createThrottle } from '../tasks/throttle.ts';

/** How long after a change, and how often at most, a snapshot is taken. */
const REST_MS = 2 * SECOND_MS;

/** Keeps a snapshot of what the popup shows first. It may be out of date: whoever shows it reads the database after. */
export interface SnapshotKeeper {
  /** Takes a snapshot a moment later; one for all that ask meanwhile. */
  refresh(): void;
  /** Forgets the snapshot, also one that is being taken. Never rejects. */
  clear(): Promise<void>;
}

/** Makes the keeper over a storage. */
export function createSnapshotKeeper(recorder: Recorder, place: SnapshotStorage): SnapshotKeeper {
  let cleared = 0;
  const taking = createThrottle(async () => {
    const before = cleared;
    const snapshot = await recorder.withStore((db, loginState) =>
      takeSnapshot(db, loginState, Date.now()),
    );
    if (before !== cleared) return;
    await (snapshot ? place.save(snapshot) : place.clear());
  }, REST_MS);
  return {
    refresh: taking.later,
    async clear() {
      cleared += 1;
      await place.clear().catch(logError);
    },
  };
}
