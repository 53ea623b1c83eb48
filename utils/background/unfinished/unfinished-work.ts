import type { EarlierWorkers, WorkerMemory, WorkerTrace } from '../../browser/worker-memory.ts';
import { SECOND_MS } from '../../model/time.ts';
import { logError } from '../tasks/log-error.ts';
import { createAwaitedAnswers } from './awaited-answers.ts';
import { createWorkNotes } from './work-notes.ts';

/** How long after the last event a worker is at rest. */
const REST_MS = SECOND_MS;

/** A worker that has nothing to do lives longer than this after its last event, in both browsers. */
const SHORTEST_LIFE_MS = 29 * SECOND_MS;

/** What earlier workers left, and what they may have lost. */
export interface LeftWork<Work> {
  run: string;
  isNew: boolean;
  /** Since when something may be lost, because a worker was ended early; epoch ms, null where none was. */
  lostSince: number | null;
  /** What was begun and perhaps not finished, in the order of its keys. */
  begun: Work[];
  /** When each page that may hand a token over got it, epoch ms. */
  pagesWithToken: Record<string, number>;
}

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
  let leftKeys: string[] = [];
  const awaited = createAwaitedAnswers();
  let isBusy = true;
  /** When something last came or was finished, epoch ms. */
  let lastAt = startedAt;
  let count = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const leaveSign = (sign: WorkerTrace) => void memory.leave(sign, new Map()).catch(logError);
  const settleSoon = () => {
    timer ??= setTimeout(settle, REST_MS);
  };
  const settle = () => {
    timer = undefined;
    void notes.removeFinished();
    if (begun.size || awaited.areAny()) return settleSoon();
    isBusy = false;
    // It rests since then, however late it is told: the browser ends it so long after it.
    const at = Math.min(Date.now(), lastAt + REST_MS);
    leaveSign({ at, isBusy });
  };

  const left = memory.load().then((earlier) => {
    // Not sooner: what earlier workers left is read before it is written over.
    leaveSign({ at: startedAt, isBusy: true });
    settleSoon();
    const noted = [...earlier.work.keys()].sort();
    // Some of it this worker itself has noted meanwhile.
    leftKeys = noted.filter((key) => !begun.has(key) && !notes.isFinished(key));
    return leftWork(earlier, leftKeys, startedAt);
  }, nothingIsKnown);

  return {
    left,
    begin(work, now, atOnce) {
      count += 1;
      const key = `${now}-${String(count).padStart(9, '0')}`;
      begun.add(key);
      lastAt = now;
      if (!atOnce) notes.add(key, work);
      if (!isBusy) {
        isBusy = true;
        void notes.save({ at: now, isBusy });
      } else if (!atOnce) notes.saveSoon();
      return key;
    },
    finish(key) {
      begun.delete(key);
      notes.finish(key);
      lastAt = Date.now();
      settleSoon();
    },
    awaitAnswer(request, now) {
      awaited.add(request);
      lastAt = now;
      settleSoon();
      if (isBusy) return;
      isBusy = true;
      leaveSign({ at: now, isBusy });
    },
    answered(request) {
      if (!awaited.delete(request)) return;
      lastAt = Date.now();
      settleSoon();
    },
    finishLeft() {
      notes.finishSaved(leftKeys);
      leftKeys = [];
      settleSoon();
    },
    removeFinished: notes.removeFinished,
  };
}

/** Nobody can say what there was: it counts as a new start. */
function nothingIsKnown(error: unknown): LeftWork<never> {
  logError(error);
  return {
    run: crypto.randomUUID().slice(0, 8),
    isNew: true,
    lostSince: null,
    begun: [],
    pagesWithToken: {},
  };
}

function leftWork<Work>(
  { run, isNew, trace, work, pagesWithToken }: EarlierWorkers<Work>,
  keys: readonly string[],
  now: number,
): LeftWork<Work> {
  const isEarly = trace !== null && now >= trace.at && now - trace.at < SHORTEST_LIFE_MS;
  const wasLost = trace !== null && (trace.isBusy || isEarly);
  return {
    run,
    isNew,
    lostSince: !isNew && wasLost ? trace.at : null,
    begun: keys.flatMap((key) => work.get(key) ?? []),
    pagesWithToken,
  };
}
