import { createThrottle } from './throttle.ts';

/** Hands over what comes in a burst: the first at once, and what comes in the rest after it together. */
export interface Batcher<T> {
  /** Adds items, in order; settles as the handling of the batch does that they go into. */
  add(items: readonly T[]): Promise<void>;
  /** Hands over what waits, without resting. */
  flush(): void;
  /** Whether what is added now is handed over at once. */
  isRested(): boolean;
}

/** Makes a batcher that hands batches to `handle`, and rests `restMs` after each was handled. */
export function createBatcher<T>(
  handle: (items: T[]) => Promise<void>,
  restMs: number,
): Batcher<T> {
  let batch: { items: T[]; handled: PromiseWithResolvers<void> } | null = null;
  const flush = async () => {
    if (!batch) return;
    const { items, handled } = batch;
    batch = null;
    // Whoever has added to it is told of a failure.
    await handle(items).then(handled.resolve, handled.reject);
  };
  const flushing = createThrottle(flush, restMs);
  return {
    add(items) {
      batch ??= { items: [], handled: Promise.withResolvers() };
      batch.items.push(...items);
      const { promise } = batch.handled;
      flushing.soon();
      return promise;
    },
    flush: () => void flush(),
    isRested: flushing.isRested,
  };
}
