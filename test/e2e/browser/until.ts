/** How long `until` waits on a quiet machine, in ms. A generous limit costs nothing where nothing fails. */
const LIMIT_MS = 30_000;

/** The first and the longest wait between two questions, in ms: each costs the browser some of the machine. */
const [FIRST_WAIT_MS, LONGEST_WAIT_MS] = [20, 100];

/** How much slower than a quiet machine this one is: 1 or more. */
let slowness = 1;

/** Sets how much slower than a quiet machine this one is; every limit of `until` grows with it. */
export function setSlowness(factor: number): void {
  slowness = Math.max(1, factor);
}

/** A limit that holds on a quiet machine, in ms, as this machine needs it. */
export function scaled(ms: number): number {
  return ms * slowness;
}

/**
 * Asks again and again until the answer is truthy, and returns it. An error counts as "not yet".
 * Throws with `what` and the last error once the limit (ms on a quiet machine) has passed.
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T> | T,
  limitMs = LIMIT_MS,
): Promise<NonNullable<T>> {
  const limit = scaled(limitMs);
  const end = Date.now() + limit;
  let last: unknown;
  let wait = FIRST_WAIT_MS;
  do {
    try {
      const answer = await ask();
      if (answer) return answer;
    } catch (error) {
      last = error;
    }
    await new Promise((done) => setTimeout(done, wait));
    wait = Math.min(wait * 1.5, LONGEST_WAIT_MS);
  } while (Date.now() < end);
  throw new Error(`Waited ${Math.round(limit / 1000)} s in vain for ${what}.`, { cause: last });
}
