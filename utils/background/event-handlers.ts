import type { BrowserDetails } from '../browser/traffic.ts';
import type { WebRequestEvent } from '../capture/web-request.ts';
import type { CommandResult } from '../model/command.ts';
import { answerMessage, runCommand } from './commands.ts';
import { createObservation } from './create-observation.ts';
import { observeTraffic, recordTraffic } from './record-traffic.ts';
import { reconcile } from './reconcile.ts';
import type { Recorder } from './recorder.ts';
import { SerialQueue } from './serial-queue.ts';

/** What the worker does on each of the browser's events, one after the other in the order they came. None throws. */
export interface EventHandlers {
  /** Records what a webRequest event says of a Kakao login. */
  onRequest(event: WebRequestEvent, details: BrowserDetails): void;
  /** Carries out a command of one of the extension's pages. */
  onMessage(message: unknown): Promise<CommandResult>;
  /** Pauses recording, or resumes it where it is paused. */
  toggleRecording(): void;
  /** Reconciles; one that still waits for its turn serves for all that ask for it meanwhile. */
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
  let isReconcileWaiting = false;

  /** Runs a task in its turn; a failure is told on the console, since nobody waits for the task. */
  const enqueue = (task: () => Promise<void>) => {
    queue.add(task).catch((error: unknown) => console.error(error));
  };

  const requestReconcile = () => {
    if (isReconcileWaiting) return;
    isReconcileWaiting = true;
    enqueue(() => {
      isReconcileWaiting = false;
      return reconcile(recorder, Date.now());
    });
  };

  enqueue(async () => {
    const { isNew } = await browserRun;
    if (isNew) await recorder.record([createObservation({ type: 'start' }, 'browser', Date.now())]);
  });

  return {
    onRequest(event, details) {
      const runName = browserRun.then(({ run }) => run);
      const observations = observeTraffic(event, details, runName);
      if (!observations) return;
      enqueue(async () => {
        if (await recordTraffic(recorder, await observations)) requestReconcile();
      });
    },
    async onMessage(message) {
      const result = await queue.add(() => answerMessage(recorder, message, Date.now()));
      // Not sooner: a reconcile that waits already would run before the command.
      requestReconcile();
      return result;
    },
    toggleRecording() {
      enqueue(async () => {
        const paused = await recorder.withStore(
          async (_db, { tracking }) => tracking.pausedAt !== null,
        );
        await runCommand(recorder, { type: 'pause', paused: !paused }, Date.now());
        requestReconcile();
      });
    },
    reconcile: requestReconcile,
  };
}
