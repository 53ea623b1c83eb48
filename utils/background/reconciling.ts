import { SECOND_MS } from '../model/time.ts';
import type { KnownAccess } from './known-access.ts';
import { createReconciler } from './reconcile.ts';
import type { PrivateRecords } from './private-records.ts';
import type { Recorder } from './recorder.ts';
import { createThrottle, type Throttle } from './throttle.ts';

/** How long reconciling rests while nothing but traffic asks for it. */
const REST_MS = SECOND_MS;

/** When what is outside the database is brought in line with it. */
export interface Reconciling extends Throttle {
  /** Asks the browser anew and reconciles at once. */
  anew(): void;
}

/** Makes it; `before` settles when all that has come was handed to the recorder, and `after` is called after each time. */
export function createReconciling(
  recorder: Recorder,
  access: KnownAccess,
  privateRecords: PrivateRecords,
  { before, after }: { before(): Promise<void>; after(): void },
): Reconciling {
  const reconciler = createReconciler(recorder, access, privateRecords);
  const throttle = createThrottle(async () => {
    // What has come already, or comes along with the trigger, is recorded first: it waits for nothing else.
    await new Promise((done) => setTimeout(done));
    await before();
    await reconciler.reconcile(Date.now());
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
