import { SECOND_MS } from '../../../model/time.ts';
import { headerOf, type HarEntry } from '../entry/har-entry.ts';
import { answerHeaderOf, instantOf, mayBeToKakao } from '../entry/raw-entry.ts';
import { readStarted, type StartedEntry } from '../entry/read-entry.ts';

/** An answer tells whole seconds, and takes less than this on its way: clocks that are less apart need no correction. */
export const ANSWER_TAKES_MS = 10 * SECOND_MS;

/**
 * How far Kakao's clock is ahead of the recorder's at the most, in ms; null where no answer says: a site's server may run
 * on the recorder's own. An answer out of a cache says less than that, so the most counts.
 */
export function mostKakaoAhead(started: readonly StartedEntry[]): number | null {
  let most: number | null = null;
  for (const { entry, at } of started) {
    if (!mayBeToKakao(entry)) continue;
    const date = instantOf(answerHeaderOf(entry, 'date'));
    if (date !== null) most = Math.max(most ?? -Infinity, date - at);
  }
  return most;
}

/**
 * How far Kakao's clock is ahead of the recorder's, in ms, by an answer of its own that it gave at an instant of the
 * recorder's; null where that does not say.
 */
export function kakaoAheadBy(entry: HarEntry, at: number): number | null {
  if (!entry.isToKakao || entry.cached || entry.maybeCached) return null;
  const date = instantOf(headerOf(entry, 'date', 'response'));
  return date === null ? null : date - at;
}

/**
 * How far Kakao's clock is ahead of the recorder's in the whole file, in ms: 0 where not each of Kakao's own answers says the
 * same, so that the clock may have been moved or an answer be somebody else's, and where the clocks are about right.
 */
export function steadyKakaoAhead(started: readonly StartedEntry[]): number {
  let [least, most] = [Infinity, -Infinity];
  for (const one of started) {
    const entry = mayBeToKakao(one.entry) ? readStarted(one) : null;
    if (!entry || entry.endpoint === null || entry.status === 0) continue;
    if (entry.cached || entry.maybeCached) continue;
    const ahead = kakaoAheadBy(entry, entry.done);
    // One that is about right is enough: another that is far ahead does not say the same.
    if (ahead === null || (ahead <= 0 && ahead > -ANSWER_TAKES_MS)) return 0;
    [least, most] = [Math.min(least, ahead), Math.max(most, ahead)];
    if (most - least >= ANSWER_TAKES_MS) return 0;
  }
  return Number.isFinite(most) && Math.abs(most) >= ANSWER_TAKES_MS ? most : 0;
}
