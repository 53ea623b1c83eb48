import type { WorkerTrace } from '../../browser/worker-memory.ts';
import { SECOND_MS } from '../../model/time.ts';

/** How long after the last event a worker is at rest. */
const REST_MS = SECOND_MS;

/** Whether the worker is busy or at rest. */
export interface Activity {
  /**
   * Notes that something has come at an instant (epoch ms). Where the worker was at rest it is busy from now on, and the
   * sign that says so is returned, to be left; else null.
   */
  begin(at: number): WorkerTrace | null;
  /** Notes that something was finished just now. The worker may be at rest a second later. */
  finish(): void;
  /** Looks a second later whether the worker is at rest. */
  checkSoon(): void;
}

/** What happens where the worker may have come to rest. */
interface RestPorts {
  /** Tidies up, since nothing came for a second. */
  tidy(): void;
  /** Whether anything is still to be finished. */
  hasWork(): boolean;
  /** Leaves the sign that the worker is at rest. */
  leaveSign(sign: WorkerTrace): void;
}

/** Begins, at an instant (epoch ms), with a busy worker, whatever has started it. */
export function createActivity(startedAt: number, ports: RestPorts): Activity {
  let isBusy = true;
  /** When something last came or was finished, epoch ms. */
  let lastAt = startedAt;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const checkSoon = () => {
    timer ??= setTimeout(check, REST_MS);
  };
  const check = () => {
    timer = undefined;
    ports.tidy();
    if (ports.hasWork()) return checkSoon();
    isBusy = false;
    // It rests since then, however late it is told: the browser ends it so long after it.
    const at = Math.min(Date.now(), lastAt + REST_MS);
    ports.leaveSign({ at, isBusy: false });
  };

  return {
    begin(at) {
      lastAt = at;
      if (isBusy) return null;
      isBusy = true;
      return { at, isBusy: true };
    },
    finish() {
      lastAt = Date.now();
      checkSoon();
    },
    checkSoon,
  };
}
