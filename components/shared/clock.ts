import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';

/** One shared clock, so that every countdown moves at once. */
export interface Clock {
  /** Epoch ms, at most `every` ms old while the clock runs. */
  now: ReadonlySignal<number>;
  /** Reads the time at once, outside its beat. */
  sync(): void;
  /** Starts the beat; returns what stops it. */
  start(): () => void;
}

/** A clock that reads `read` (epoch ms) every so many ms. */
export function createClock(read: () => number, every: number): Clock {
  const now = signal(read());
  const sync = () => {
    now.value = read();
  };
  return {
    now,
    sync,
    start() {
      sync();
      const timer = setInterval(sync, every);
      return () => clearInterval(timer);
    },
  };
}
