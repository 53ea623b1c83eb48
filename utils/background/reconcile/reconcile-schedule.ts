import { setAlarm } from '../../browser/alarm.ts';
import { MINUTE_MS, SECOND_MS } from '../../model/time.ts';
import type { PrivateRecords } from '../record/private-records.ts';
import type { Recorder } from '../record/recorder.ts';
import { createThrottle, type Throttle } from '../tasks/throttle.ts';
import type { KnownAccess } from '../traffic/known-access.ts';
import { createReconciler } from './reconciler.ts';

/** How long reconciling rests while nothing but traffic asks for it. */
const REST_MS = SECOND_MS;

/** When what is outside the database is brought in line with it. */
export interface ReconcileSchedule extends Throttle {
  /** Asks the browser anew and reconciles at once. */
  anew(): void;
}

/** Makes it; `before` settles when all that has come was handed to the recorder, and `after` is called after each time. */
export function createReconcileSchedule(
  recorder: Recorder,
  access: KnownAccess,
  privateRecords: PrivateRecords,
  { before, after }: { before(): Promise<void>; after(): void },
): ReconcileSchedule {
  const reconciler = createReconciler(recorder, access, privateRecords);
  const throttle = createThrottle(async () => {
    // What has come already, or comes along with the trigger, is recorded first: it waits for nothing else.
    await new Promise((done) => setTimeout(done));
    await before();
    try {
      await reconciler.reconcile(Date.now());
    } finally {
      // What waits outside the database is tried again, also where nothing else comes.
      if (recorder.health().held > 0) await setAlarm(Date.now() + MINUTE_MS);
    }
    after();
  }, REST_MS);
  return {
    ...throttle,
    anew() {
      reconciler.forget();
      throttle.now();
    },
  };
}
