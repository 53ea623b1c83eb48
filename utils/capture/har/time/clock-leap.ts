import { MINUTE_MS } from '../../../model/time.ts';
import type { HarEntry } from '../entry/har-entry.ts';
import type { HarHistory } from '../har-history.ts';
import { kakaoAheadBy } from './clock-ahead.ts';

/** Kakao's clock and the recorder's go apart by less than this where nobody moved one. */
const LEAST_LEAP_MS = MINUTE_MS;

/** Notes by an answer of kauth how Kakao's clock and the recorder's stand at a login. */
export function noteKakaoClock(entry: HarEntry, history: HarHistory): void {
  if (entry.endpoint === 'api') return;
  // Kakao may have taken its time: it is ahead by that at the least.
  history.kakaoAhead = kakaoAheadBy(entry, entry.done) ?? history.kakaoAhead;
}

/**
 * How far the recorder's clock was set forward between the login whose token a call carries and the call, in ms, by what
 * Kakao's answers say of the time; 0 where it was not.
 */
export function clockLeap(entry: HarEntry, { tokens, kakaoAhead }: HarHistory): number {
  const before = tokens.get(entry.bearer ?? '')?.kakaoAhead ?? kakaoAhead;
  const now = kakaoAheadBy(entry, entry.at);
  if (before === null || now === null) return 0;
  return before - now > LEAST_LEAP_MS ? before - now : 0;
}
