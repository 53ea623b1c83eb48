/** Returns the index of the first value that a test does not hold for, of values that it holds for up to some place. */
export function firstIndexNot<T>(sorted: ArrayLike<T>, test: (value: T) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(sorted[middle] as T)) low = middle + 1;
    else high = middle;
  }
  return low;
}
