import type { EarlierWorkers } from '../../browser/worker-memory.ts';
import { SECOND_MS } from '../../model/time.ts';

/** A worker that has nothing to do lives longer than this after its last event, in both browsers. */
const SHORTEST_LIFE_MS = 29 * SECOND_MS;

/** What earlier workers left, and what they may have lost. */
export interface LeftWork<Work> {
  run: string;
  isNew: boolean;
  /** Since when something may be lost, because a worker was ended early; epoch ms, null where none was. */
  lostSince: number | null;
  /** What was begun and perhaps not finished, in the order of its keys. */
  begun: Work[];
  /** When each page that may hand a token over got it, epoch ms. */
  pagesWithToken: Record<string, number>;
}

/** What earlier workers left for one that starts at an instant (epoch ms): of their work, what has these keys. */
export function leftWork<Work>(
  { run, isNew, trace, work, pagesWithToken }: EarlierWorkers<Work>,
  keys: readonly string[],
  now: number,
): LeftWork<Work> {
  const isEarly = trace !== null && now >= trace.at && now - trace.at < SHORTEST_LIFE_MS;
  const wasLost = trace !== null && (trace.isBusy || isEarly);
  return {
    run,
    isNew,
    lostSince: !isNew && wasLost ? trace.at : null,
    begun: keys.flatMap((key) => work.get(key) ?? []),
    pagesWithToken,
  };
}

/** Where nobody can say what earlier workers left: it counts as a new start. */
export function nothingLeft(): LeftWork<never> {
  return {
    run: crypto.randomUUID().slice(0, 8),
    isNew: true,
    lostSince: null,
    begun: [],
    pagesWithToken: {},
  };
}
