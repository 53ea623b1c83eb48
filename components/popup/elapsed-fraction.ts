/** Returns how much of a stretch has gone by at an instant, from 0 to 1. */
export function elapsedFraction(from: number, to: number, now: number): number {
  return to <= from ? 1 : Math.min(1, Math.max(0, (now - from) / (to - from)));
}
