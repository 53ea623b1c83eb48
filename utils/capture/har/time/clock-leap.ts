import { MINUTE_MS } from '../../../model/time.ts';
import type { HarEntry } from '../entry/har-entry.ts';
import type { HarHistory } from '../har-history.ts';
import { ANSWER_TAKES_MS, kakaoAheadBy } from './clock-ahead.ts';

/** Kakao's clock and the recorder's go apart by less than this where nobody moved one. */
const LEAST_LEAP_MS = MINUTE_MS;

/** Notes by an answer of kauth how Kakao's clock and the recorder's stand at a login. */
export function noteKakaoClock(entry: HarEntry, history: HarHistory): void {
  if (entry.endpoint === 'api') return;
  // Kakao may have taken its time: it is ahead by that at the least.
  const ahead = kakaoAheadBy(entry, entry.done);
  if (ahead === null) return;
  history.clocksAtKauth = { at: entry.done, ahead };
  const { clockSteps } = history;
  const since = entry.done + ahead;
  const last = clockSteps.at(-1);
  const isMoved = !last || Math.abs(ahead - last.ahead) > LEAST_LEAP_MS;
  // Kakao's own clock does not go back: an answer that says so is an old one.
  if (isMoved && since >= (last?.since ?? 0)) clockSteps.push({ since, ahead });
}

/**
 * How far Kakao's clock was ahead of the recorder's at an instant of Kakao's clock (epoch ms), in ms, where the recorder's
 * had been set forward within the file by then: below 0; else 0.
 */
export function aheadSinceLeap(at: number, { clockSteps }: HarHistory): number {
  // The first step is how the file begins.
  const i = clockSteps.findLastIndex(({ since }) => at > since - ANSWER_TAKES_MS);
  // Of a clock that was set back, instants before and after do not compare.
  return i > 0 ? Math.min(clockSteps[i]?.ahead ?? 0, 0) : 0;
}

/**
 * How far the recorder's clock was set forward between the login whose token a call carries and the call, in ms, by what
 * Kakao's answers say of the time; below 0 where it was set back, and 0 where it was not set.
 */
export function clockLeap(entry: HarEntry, { tokens, clocksAtKauth }: HarHistory): number {
  const before = tokens.get(entry.bearer ?? '')?.clocks ?? clocksAtKauth;
  // Kakao gave the answer between these two.
  const [atMost, atLeast] = [kakaoAheadBy(entry, entry.at), kakaoAheadBy(entry, entry.done)];
  if (before === null || atMost === null || atLeast === null) return 0;
  if (before.ahead - atMost > LEAST_LEAP_MS) return before.ahead - atMost;
  // What is set back to before the login shows by that.
  const isSetBack = atLeast - before.ahead > LEAST_LEAP_MS && entry.at >= before.at;
  return isSetBack ? before.ahead - atLeast : 0;
}
