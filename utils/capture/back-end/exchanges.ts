import type { Fact } from '../../model/observation.ts';
import type { BackEndCall } from './back-end-call.ts';

/**
 * The exchange of a code in each trace that has one; null where several were exchanged, such as in one trace of a whole test
 * run: it is not of one login.
 */
export function exchangesByTrace(calls: readonly BackEndCall[]): Map<string, BackEndCall | null> {
  const exchanges = new Map<string, BackEndCall | null>();
  for (const call of calls)
    if (call.trace !== null && isExchange(call.fact))
      exchanges.set(call.trace, exchanges.has(call.trace) ? null : call);
  return exchanges;
}

/** Whether a fact is that a code was exchanged. */
export function isExchange(fact: Fact): boolean {
  return fact.type === 'token' && fact.status === 200 && fact.grant !== 'refresh_token';
}
