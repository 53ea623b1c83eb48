import { keepLatest } from '../../model/keep-latest.ts';
import { SECOND_MS } from '../../model/time.ts';

/** An answer is waited for no longer than this: less than a worker lives that nothing comes to. */
const LONGEST_WAIT_MS = 20 * SECOND_MS;

/** How many requests are remembered as on their way; of more, the oldest is forgotten. */
const MOST_AWAITED = 200;

/** The requests, by the browser's ids, whose answers are waited for. */
export interface AwaitedAnswers {
  add(request: string): void;
  /** Ends the wait for an answer; returns whether it was waited for. */
  delete(request: string): boolean;
  /** Whether any answer is waited for still. */
  areAny(): boolean;
}

/** Begins with none. */
export function createAwaitedAnswers(): AwaitedAnswers {
  /** Until when each is waited for, by `performance.now()`. */
  const until = new Map<string, number>();
  return {
    add(request) {
      until.set(request, performance.now() + LONGEST_WAIT_MS);
      keepLatest(until, MOST_AWAITED);
    },
    delete: (request) => until.delete(request),
    areAny() {
      for (const [request, end] of until) if (performance.now() >= end) until.delete(request);
      return until.size > 0;
    },
  };
}
