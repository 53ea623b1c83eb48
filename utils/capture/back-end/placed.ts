import type { Fact, Observation } from '../../model/observation.ts';
import type { MarkedRequest } from '../har/token/request-marks.ts';
import type { BackEndCall } from './back-end-call.ts';
import { MAX_SKEW_MS } from './server-clock.ts';

/** Puts a fact where the browser's request was made: no sooner than that, as far as clocks may differ. */
export function placed(
  fact: Fact,
  { at }: BackEndCall,
  { cookieStore, tab, site, from }: MarkedRequest,
  id: string,
): Observation {
  const isBehind = at < from && from - at <= MAX_SKEW_MS;
  return {
    ...fact,
    id,
    at: isBehind ? from : at,
    source: 'server',
    cookieStore,
    tab,
    opener: null,
    site,
  } as Observation;
}
