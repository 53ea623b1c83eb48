import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';

/** A clock that all countdowns share, so that they move together. */
export interface Clock {
  /** Epoch ms, at most `intervalMs` old while the clock runs. */
  now: ReadonlySignal<number>;
  /** Reads the time at once, between two ticks. */
  sync(): void;
  /** Starts ticking; returns what stops it. */
  start(): () => void;
}

/** Makes a clock that calls `read` (epoch ms) at every interval. */
export function createClock(read: () => number, intervalMs: number): Clock {
  const now = signal(read());
  const sync = () => {
    now.value = read();
  };
  return {
    now,
    sync,
    start() {
      sync();
      const timer = setInterval(sync, intervalMs);
      return () => clearInterval(timer);
    },
  };
}
