import type { Recorder } from './recorder.ts';

/** Whether recording is paused; not while the database fails, since what is recorded then is kept aside. */
export function isPaused(recorder: Recorder): Promise<boolean> {
  return recorder.withTracking(async (_db, { pausedAt }) => pausedAt !== null).catch(() => false);
}
