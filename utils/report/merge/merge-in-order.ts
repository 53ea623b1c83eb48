/**
 * Merges two parts of one list in its order, each item once by its id. Items that both parts hold fix the order; the
 * items between them are ordered by `at` (epoch ms). Where the parts contradict each other, the order of `a` is kept.
 */
export function mergeInOrder<T extends { id: string; at: number }>(
  a: readonly T[],
  b: readonly T[],
): T[] {
  const indexInB = new Map(b.map((item, i) => [item.id, i]));
  const merged: T[] = [];
  /** Items of `a` since the last shared one. */
  let pending: T[] = [];
  /** Index of the first item of `b` that is not merged yet. */
  let next = 0;
  for (const item of a) {
    const shared = indexInB.get(item.id);
    if (shared === undefined) {
      pending.push(item);
      continue;
    }
    mergePendingUpTo(shared);
    merged.push(item);
    next = Math.max(next, shared + 1);
  }
  mergePendingUpTo(b.length);
  const seen = new Set<string>();
  return merged.filter(({ id }) => !seen.has(id) && seen.add(id));

  /** Merges the pending items with those of `b` before an index, by time. */
  function mergePendingUpTo(end: number): void {
    merged.push(...mergeByTime(pending, b.slice(next, end)));
    next = Math.max(next, end);
    pending = [];
  }
}

/** Merges two lists by `at`, keeping the order of each; of items of one instant, those of `a` come first. */
function mergeByTime<T extends { at: number }>(a: readonly T[], b: readonly T[]): T[] {
  const merged: T[] = [];
  let taken = 0;
  for (const item of b) {
    for (let other = a[taken]; other && other.at <= item.at; other = a[taken]) {
      merged.push(other);
      taken += 1;
    }
    merged.push(item);
  }
  return [...merged, ...a.slice(taken)];
}
