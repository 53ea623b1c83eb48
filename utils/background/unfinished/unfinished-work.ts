import type { WorkerMemory, WorkerTrace } from '../../browser/worker-memory.ts';
import { logError } from '../tasks/log-error.ts';
import { createActivity } from './activity.ts';
import { createAwaitedAnswers } from './awaited-answers.ts';
import { leftWork, nothingLeft, type LeftWork } from './left-work.ts';
import { createWorkNotes } from './work-notes.ts';

/** Notes in the worker's memory what was begun and is not finished, so that the next worker notices it. */
export interface UnfinishedWork<Work> {
  /** What earlier workers left. Never rejects. */
  readonly left: Promise<LeftWork<Work>>;
  /**
   * Notes that work has begun, at an instant (epoch ms). Saves it, in a burst a moment later together with what else begins,
   * unless it is finished `atOnce`, before the worker can do anything else. Returns the key to finish it by.
   */
  begin(work: Work, now: number, atOnce: boolean): string;
  finish(key: string): void;
  /**
   * Notes that a request was sent, at an instant (epoch ms), whose answer will be work: until that comes, for twenty seconds
   * at most, the worker is not at rest.
   */
  awaitAnswer(request: string, now: number): void;
  /** The answer of a request has come; what it says has begun. */
  answered(request: string): void;
  /** Forgets what earlier workers left: all of it is finished. */
  finishLeft(): void;
  /** Removes what is finished at once, lest the next worker does it again after its records were cleared. */
  removeFinished(): Promise<void>;
}

/** Begins to take notes, at an instant (epoch ms). Whatever has started the worker, it is busy until it has rested. */
export function createUnfinishedWork<Work>(
  memory: WorkerMemory<Work>,
  startedAt: number,
): UnfinishedWork<Work> {
  const begun = new Set<string>();
  const notes = createWorkNotes(memory);
  const awaited = createAwaitedAnswers();
  let leftKeys: string[] = [];
  let count = 0;

  const leaveSign = (sign: WorkerTrace) => void memory.leave(sign, new Map()).catch(logError);
  const activity = createActivity(startedAt, {
    tidy: () => void notes.removeFinished(),
    hasWork: () => begun.size > 0 || awaited.areAny(),
    leaveSign,
  });

  const left = memory.load().then(
    (earlier) => {
      // Not sooner: what earlier workers left is read before it is written over.
      leaveSign({ at: startedAt, isBusy: true });
      activity.checkSoon();
      const noted = [...earlier.work.keys()].sort();
      // Some of it this worker itself has noted meanwhile.
      leftKeys = noted.filter((key) => !begun.has(key) && !notes.isFinished(key));
      return leftWork(earlier, leftKeys, startedAt);
    },
    (error) => {
      logError(error);
      return nothingLeft();
    },
  );

  return {
    left,
    begin(work, now, atOnce) {
      count += 1;
      const key = `${now}-${String(count).padStart(9, '0')}`;
      begun.add(key);
      if (!atOnce) notes.add(key, work);
      const sign = activity.begin(now);
      if (sign) void notes.save(sign);
      else if (!atOnce) notes.saveSoon();
      return key;
    },
    finish(key) {
      begun.delete(key);
      notes.finish(key);
      activity.finish();
    },
    awaitAnswer(request, now) {
      awaited.add(request);
      const sign = activity.begin(now);
      if (sign) leaveSign(sign);
      activity.checkSoon();
    },
    answered(request) {
      if (awaited.delete(request)) activity.finish();
    },
    finishLeft() {
      notes.finishSaved(leftKeys);
      leftKeys = [];
      activity.checkSoon();
    },
    removeFinished: notes.removeFinished,
  };
}
