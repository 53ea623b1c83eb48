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
 * A record's calls, their instants as the browser's clock would tell them. Codes that came to the browser show how the two
 * clocks differ: exchanged hours away, the recorder left its time zone out; exchanged before they came, its clock is behind.
 */
export function inBrowsersTime(calls: BackEndCall[], marks: RequestMarks): BackEndCall[] {
  const ahead = serverAhead(calls, marks);
  return calls.map((call) => ({
    ...call,
    at: call.at - ahead,
    fact: withLinkInBrowsersTime(call.fact, marks),
  }));
}

/** A fact that tells when a link was made: not by Kakao's clock, but by the browser's, as the browser's own file tells it. */
function withLinkInBrowsersTime(
  fact: BackEndCall['fact'],
  { steadyAhead }: RequestMarks,
): BackEndCall['fact'] {
  if (fact.type !== 'api' || fact.connectedAt === null) return fact;
  return { ...fact, connectedAt: fact.connectedAt - steadyAhead };
}

/** How far a server's clock is ahead of a browser's, in ms; 0 where its calls do not say. */
function serverAhead(calls: readonly BackEndCall[], { codes, traces }: RequestMarks): number {
  const exchanges = exchangesByTrace(calls);
  const delays = calls.flatMap((call) => {
    const isOfTrace = exchanges.get(call.trace ?? '') === call;
    const ofTrace = isOfTrace ? traces.get(call.trace ?? '') : undefined;
    const codeAt = codes.get(call.code ?? '')?.codeAt ?? ofTrace?.codeAt;
    return typeof codeAt === 'number' && isExchange(call.fact) ? [call.at - codeAt] : [];
  });
  if (!delays.length) return 0;
  const [zones, ...others] = new Set(delays.map(zonesIn));
  const ofZones = (others.length ? null : zones) ?? 0;
  const rest = delays.map((delay) => delay - ofZones);
  // A single answer may have taken long to come to the browser.
  const isBehind = Math.max(...rest) < 0 || Math.min(...rest) < -MAX_SKEW_MS;
  return ofZones + (isBehind ? Math.min(...rest) : 0);
}

/**
 * By how many time zones, in ms, a server's clock is ahead of a browser's, if it told that a code was exchanged so long (ms)
 * after it came; null where time zones alone do not explain it.
 */
function zonesIn(delay: number): number | null {
  const zones = Math.floor((delay + MAX_SKEW_MS) / ZONE_MS) * ZONE_MS;
  return delay - zones <= CODE_LASTS_MS ? zones : null;
}

/**
 * By how many time zones, in ms, a recorder's clock is ahead of Kakao's, given by how much it seems to be at each answer: a
 * recorder that leaves its zone out. 0 where the answers differ.
 */
export function zonesAhead(delays: readonly number[]): number {
  const [zones = 0, ...others] = new Set(delays.map((ms) => Math.round(ms / ZONE_MS) * ZONE_MS));
  return others.length ? 0 : zones;
}
