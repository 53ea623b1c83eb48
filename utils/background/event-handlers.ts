import type { BrowserDetails } from '../browser/traffic.ts';
import type { WebRequestEvent } from '../capture/web-request.ts';
import type { CommandResult } from '../model/command.ts';
import type { Observation } from '../model/observation.ts';
import { answerMessage, runCommand } from './commands.ts';
import { createObservation } from './create-observation.ts';
import { createKnownAccess } from './known-access.ts';
import { observeTraffic } from './record-traffic.ts';
import { createReconciler } from './reconcile.ts';
import type { Recorder } from './recorder.ts';
import { SerialQueue } from './serial-queue.ts';
import { createThrottle } from './throttle.ts';

/** How long reconciling rests while nothing but traffic asks for it. */
const REST_MS = 1000;

/** What the worker does on each of the browser's events, one after the other in the order they came. None throws. */
export interface EventHandlers {
  /** Records what a webRequest event says of a Kakao login. */
  onRequest(event: WebRequestEvent, details: BrowserDetails): void;
  /** Carries out a command of one of the extension's pages. */
  onMessage(message: unknown): Promise<CommandResult>;
  /** Pauses recording, or resumes it where it is paused. */
  toggleRecording(): void;
  /** Asks the browser anew and reconciles: access has changed, the alarm went off, the browser or a new version started. */
  reconcile(): void;
}

/**
 * Makes the handlers and records the browser's start where `browserRun` says that it is new. `browserRun` names this run
 * of the browser, since tab ids begin anew with each.
 */
export function createEventHandlers(
  recorder: Recorder,
  browserRun: Promise<{ run: string; isNew: boolean }>,
): EventHandlers {
  const queue = new SerialQueue();
  const access = createKnownAccess();
  const reconciler = createReconciler(recorder, access);
  const reconciling = createThrottle(async () => {
    // What has come already, or comes along with the trigger, is recorded first: it waits for nothing else.
    await new Promise((done) => setTimeout(done));
    await queue.add(async () => {});
    await reconciler.reconcile(Date.now());
  }, REST_MS);
  const runName = browserRun.then(({ run }) => run);

  /** Runs a task in its turn; a failure is told on the console, since nobody waits for the task. */
  const enqueue = (task: () => Promise<void>) => {
    queue.add(task).catch((error: unknown) => console.error(error));
  };

  const reconcileAnew = () => {
    reconciler.forget();
    reconciling.now();
  };

  /** Records without making the next event wait: what comes meanwhile goes into the next transaction together. */
  const record = (observations: Observation[]) => {
    recorder.record(observations).then(
      (isChanged) => {
        if (isChanged) reconciling.soon();
      },
      (error: unknown) => console.error(error),
    );
  };

  enqueue(async () => {
    const { isNew } = await browserRun;
    if (isNew) record([createObservation({ type: 'start' }, 'browser', Date.now())]);
  });
  // Whatever started the worker, what is shown may be out of date; but first comes the event that woke it.
  reconciling.later();

  return {
    onRequest(event, details) {
      const observations = observeTraffic(event, details, runName, access);
      if (observations) enqueue(async () => record(await observations));
    },
    async onMessage(message) {
      const result = await queue.add(() => answerMessage(recorder, message, Date.now()));
      // Not sooner: a reconcile that waits already would run before the command.
      reconcileAnew();
      return result;
    },
    toggleRecording() {
      enqueue(async () => {
        const paused = await recorder.withStore(
          async (_db, { tracking }) => tracking.pausedAt !== null,
        );
        await runCommand(recorder, { type: 'pause', paused: !paused }, Date.now());
        reconciling.now();
      });
    },
    reconcile: reconcileAnew,
  };
}
