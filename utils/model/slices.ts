/** Work that can stop at each `yield` and go on later, so that a page answers in between. */
export type Slices<T> = Generator<undefined, T, undefined>;

/** Does such work without a stop. */
export function atOnce<T>(work: Slices<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
