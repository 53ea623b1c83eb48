/** A task that many events ask for: it never runs twice at the same time, and rests between two runs. */
export interface Throttle {
  /** Runs the task now; after the run that goes on, if there is one. */
  now(): void;
  /** Runs the task as soon as it has rested; once for all that ask meanwhile. */
  soon(): void;
  /** Runs the task after one rest, whenever it ran last. */
  later(): void;
}

/** Makes a throttle. The task rests `restMs` after each run. A failure is told on the console, since nobody waits. */
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
    await task().catch((error: unknown) => console.error(error));
    isRunning = false;
    restsUntil = performance.now() + restMs;
    if (!isAskedAgain) return;
    isAskedAgain = false;
    void run();
  };

  return {
    now: () => void run(),
    soon() {
      const rest = restsUntil - performance.now();
      if (rest > 0) wait(rest);
      else if (!isRunning) void run();
      else wait(restMs);
    },
    later: () => wait(restMs),
  };
}
