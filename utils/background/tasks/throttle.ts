import { logError } from './log-error.ts';

/** A task that many events ask for: it never runs twice at the same time, and rests between two runs. */
export interface Throttle {
  /** Runs the task now; after the run that goes on, if there is one. */
  now(): void;
  /** Runs the task as soon as it has rested; once for all that ask meanwhile. */
  soon(): void;
  /** Runs the task after one rest, whenever it ran last. */
  later(): void;
  /** Whether `soon` runs the task at once. */
  isRested(): boolean;
}

/** Makes a throttle. The task rests `restMs` after each run. A failure is logged, since nobody waits. */
export function createThrottle(task: () => Promise<void>, restMs: number): Throttle {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isRunning = false;
  let isAskedAgain = false;
  let restsUntil = -Infinity;

  const wait = (ms: number) => {
    timer ??= setTimeout(() => void run(), ms);
  };
  const run = async () => {
    clearTimeout(timer);
    timer = undefined;
    if (isRunning) {
      isAskedAgain = true;
      return;
    }
    isRunning = true;
    await task().catch(logError);
    isRunning = false;
    restsUntil = performance.now() + restMs;
    if (!isAskedAgain) return;
    isAskedAgain = false;
    void run();
  };

  const isRested = () => !isRunning && performance.now() >= restsUntil;

  return {
    now: () => void run(),
    soon() {
      if (isRested()) void run();
      else wait(isRunning ? restMs : restsUntil - performance.now());
    },
    later: () => wait(restMs),
    isRested,
  };
}
