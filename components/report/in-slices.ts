import { nextTask } from '../../utils/model/next-task.ts';
import { atOnce, type Slices } from '../../utils/model/slices.ts';

/** After so much work the page gets its turn, in ms. */
const SLICE_MS = 8;

/** Does work in slices, between which the page answers. Gives null where it was aborted; rejects where the work throws. */
export async function inSlices<T>(
  work: Slices<T>,
  signal?: AbortSignal,
): Promise<{ value: T } | null> {
  for (;;) {
    const until = performance.now() + SLICE_MS;
    do {
      const step = work.next();
      if (step.done) return { value: step.value };
    } while (performance.now() < until);
    await nextTask();
    if (signal?.aborted) return null;
  }
}

/**
 * Does work and hands on what comes of it: at once where there is little, so that nothing of before is seen, and in slices where
 * there is `much`. Returns what gives it up.
 */
export function handOn<T>(work: Slices<T>, much: boolean, to: (value: T) => void): () => void {
  const abort = new AbortController();
  if (!much) to(atOnce(work));
  else
    void inSlices(work, abort.signal).then((done) => {
      if (done && !abort.signal.aborted) to(done.value);
    });
  return () => abort.abort();
}
