import type { Recorder } from './recorder.ts';

/** Whether recording is paused; not while the database fails, since what is recorded then is kept aside. */
export function isPaused(recorder: Recorder): Promise<boolean> {
  return recorder
    .withStore(async (_db, { tracking }) => tracking.pausedAt !== null)
    .catch(() => false);
}
