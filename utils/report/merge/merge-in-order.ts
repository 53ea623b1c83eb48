/** Two parts of one list in its order, as one: what both have holds the parts together, the rest goes by time. */
export function mergeInOrder<T extends { id: string; at: number }>(
  a: readonly T[],
  b: readonly T[],
): T[] {
  const placeInB = new Map(b.map((o, i) => [o.id, i]));
  const merged: T[] = [];
  let waiting: T[] = [];
  let next = 0;
  const flush = (upTo: number) => {
    const others = b.slice(next, upTo);
    next = Math.max(next, upTo);
    let i = 0;
    for (const o of others) {
      for (let w = waiting[i]; w && w.at <= o.at; w = waiting[i]) {
        merged.push(w);
        i += 1;
      }
      merged.push(o);
    }
    merged.push(...waiting.slice(i));
    waiting = [];
  };
  for (const o of a) {
    const place = placeInB.get(o.id);
    if (place === undefined) waiting.push(o);
    else {
      // Where the two do not agree on the order, the first is right.
      if (place >= next) flush(place);
      else flush(next);
      merged.push(o);
      if (place >= next) next = place + 1;
    }
  }
  flush(b.length);
  const seen = new Set<string>();
  return merged.filter(({ id }) => !seen.has(id) && seen.add(id));
}
