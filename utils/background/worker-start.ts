import type { Observation } from '../model/observation.ts';
import { SECOND_MS } from '../model/time.ts';
import { readLastInstant } from '../store/recent-ids.ts';
import { createObservation } from './record/create-observation.ts';
import type { ObservationKeeper } from './record/observation-keeper.ts';
import type { Recorder } from './record/recorder.ts';
import { takeOver } from './take-over.ts';
import type { CapturedEvent } from './traffic/captured-event.ts';
import type { UnfinishedWork } from './unfinished/unfinished-work.ts';

/** The browser, which has much to do then, sends the event of its start, or of a new version's, within this time. */
const START_EVENT_WITHIN_MS = 10 * SECOND_MS;

/** What recording a worker's start needs of the worker. */
export interface WorkerStartParts {
  recorder: Recorder;
  work: UnfinishedWork<CapturedEvent>;
  keeper: ObservationKeeper;
  observe(event: CapturedEvent): Promise<Observation[]>;
  /** Runs a task after all that came before it. */
  doInTurn(task: () => Promise<unknown>): void;
}

/** The start of this worker, and perhaps of the extension. */
export interface WorkerStart {
  /** The browser, or a version of the extension, has just started: nobody switched the extension off. */
  hasStarted(): void;
}

/**
 * Records first of all what earlier workers left. Where the extension has run before, and no event says in time why it
 * started again, also records a loss: a person may have switched it off and on again, and nothing else says so.
 */
export function recordWorkerStart(parts: WorkerStartParts): WorkerStart {
  const { keeper, doInTurn } = parts;
  let isStartKnown = false;
  doInTurn(async () => {
    const seenUntil = await recordLeftWork(parts);
    if (seenUntil === null) return;
    const noteSwitchedOff = async () => {
      if (isStartKnown) return;
      await keeper.keepNow(createObservation({ type: 'loss' }, 'browser', seenUntil));
    };
    setTimeout(() => doInTurn(noteSwitchedOff), START_EVENT_WITHIN_MS);
  });
  return {
    hasStarted() {
      isStartKnown = true;
    },
  };
}

/**
 * Records what earlier workers left. Returns until when the run of the extension before this one saw traffic, epoch ms; null
 * where this worker is not the first of its run, or none is known before it.
 */
async function recordLeftWork({
  recorder,
  work,
  keeper,
  observe,
}: WorkerStartParts): Promise<number | null> {
  const left = await work.left;
  const seenUntil = left.isNew
    ? await recorder.withTracking(readLastInstant).catch(() => null)
    : null;
  const taken = await takeOver(recorder, left, observe, Date.now());
  keeper.keep(taken, work.finishLeft);
  return seenUntil;
}
