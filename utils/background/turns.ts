import type { ObservationKeeper } from './record/observation-keeper.ts';
import { logError } from './tasks/log-error.ts';
import type { SerialQueue } from './tasks/serial-queue.ts';
import type { CapturedEvent } from './traffic/captured-event.ts';
import type { UnfinishedWork } from './unfinished/unfinished-work.ts';

/** In which order the worker does what it was asked to, and what has to be kept before. */
export interface Turns {
  /** Runs a task after all that came before it was handed to the recorder. */
  inTurn<T>(task: () => Promise<T>): Promise<T>;
  /** The same where nobody waits for the task. */
  doInTurn(task: () => Promise<unknown>): void;
  /**
   * Runs a task that forgets something, or begins to record again, after all that came before it was kept. No note of that is
   * left, however soon the worker is ended, lest the next one records it once more.
   */
  afterAllKept<T>(task: () => Promise<T>): Promise<T>;
}

/** Makes the turns of a queue of tasks, before which a keeper keeps what came, noted as work. */
export function createTurns(
  tasks: SerialQueue,
  keeper: ObservationKeeper,
  work: UnfinishedWork<CapturedEvent>,
): Turns {
  const inTurn = <T>(task: () => Promise<T>) =>
    tasks.add(() => {
      keeper.flush();
      return task();
    });
  return {
    inTurn,
    doInTurn: (task) => void inTurn(task).catch(logError),
    afterAllKept: (task) =>
      inTurn(async () => {
        await keeper.allKept();
        await work.removeFinished();
        return task();
      }),
  };
}
