/** Median and the middle half of some numbers. Throws where there are none. */
export function spread(numbers: readonly number[]): { median: number; low: number; high: number } {
  const sorted = [...numbers].sort((a, b) => a - b);
  const at = (part: number) => {
    const place = (sorted.length - 1) * part;
    const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
    if (below === undefined || above === undefined) throw new Error('no numbers');
    return below + (above - below) * (place % 1);
  };
  return { median: at(0.5), low: at(0.25), high: at(0.75) };
}

/** `met (1.5)`, or `not met (1.5)`. */
export function verdictOn(value: number, budget: number): string {
  return `${value <= budget ? 'met' : 'not met'} (${budget})`;
}

/** `61 ms (57–70, n 15)`: median, middle half, how many. */
export function formatSpread(numbers: readonly number[]): string {
  const { median, low, high } = spread(numbers);
  const round = (n: number) => n.toFixed(n < 20 ? 1 : 0);
  return `${round(median)} ms (${round(low)}–${round(high)}, n ${numbers.length})`;
}
