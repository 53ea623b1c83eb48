import { MINUTE_MS } from '../../model/time.ts';
import type { RequestMarks } from '../har/token/request-marks.ts';
import type { BackEndCall } from './back-end-call.ts';
import { exchangesByTrace, isExchange } from './exchanges.ts';

/** Clocks of a server and a browser differ by at most this, as far as is made up for. */
export const MAX_SKEW_MS = 2 * MINUTE_MS;

/** Time zones are so far apart, or several times that. */
const ZONE_MS = 30 * MINUTE_MS;
/** Kakao takes a code for so long. */
const CODE_LASTS_MS = 10 * MINUTE_MS;

/**
 * A record's calls at the browser's time. Some recorders leave their time zone out, which shows where codes that came to the
 * browser were exchanged hours away; and no code was exchanged before it came, so that a clock by which it was is behind.
 */
export function inBrowsersTime(
  calls: BackEndCall[],
  { codes, traces }: RequestMarks,
): BackEndCall[] {
  const exchanges = exchangesByTrace(calls);
  const delays = calls.flatMap((call) => {
    const isOfTrace = exchanges.get(call.trace ?? '') === call;
    const ofTrace = isOfTrace ? traces.get(call.trace ?? '') : undefined;
    const codeAt = codes.get(call.code ?? '')?.codeAt ?? ofTrace?.codeAt;
    return typeof codeAt === 'number' && isExchange(call.fact) ? [call.at - codeAt] : [];
  });
  if (!delays.length) return calls;
  const [zones, ...others] = new Set(delays.map(zonesIn));
  const behind = Math.min(...delays) < -MAX_SKEW_MS ? Math.min(...delays) : 0;
  const ahead = others.length ? behind : (zones ?? behind);
  return ahead ? calls.map((call) => ({ ...call, at: call.at - ahead })) : calls;
}

/**
 * How far a server's clock is ahead of a browser's by time zones, in ms, by how long after it came a code was exchanged; null
 * where it differs in other ways.
 */
function zonesIn(delay: number): number | null {
  const zones = Math.floor((delay + MAX_SKEW_MS) / ZONE_MS) * ZONE_MS;
  return delay - zones <= CODE_LASTS_MS ? zones : null;
}
