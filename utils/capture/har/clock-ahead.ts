import { answerHeaderOf, mayBeToKakao, type StartedEntry } from './har-entry.ts';

/**
 * How far Kakao's clock is ahead of the recorder's, in ms; null where no answer says: a site's server may run on the
 * recorder's own. An answer out of a cache says less than that, so the most counts.
 */
export function kakaoAhead(started: readonly StartedEntry[]): number | null {
  let most: number | null = null;
  for (const { entry, at } of started) {
    if (!mayBeToKakao(entry)) continue;
    const ahead = Date.parse(answerHeaderOf(entry, 'date') ?? '') - at;
    if (!Number.isNaN(ahead)) most = Math.max(most ?? ahead, ahead);
  }
  return most;
}
