import { CUT_BY_MS, isListedCall, isSignupCall } from '../../kakao/policy.ts';
import { firstIndexNot } from '../../model/first-index.ts';
import type { ApiFact, Fact, Observation } from '../../model/observation.ts';
import { originOf } from '../../model/url.ts';
import type { BackEndCall } from './back-end-call.ts';
import { exchangesByTrace } from './exchanges.ts';
import { placed } from './placed.ts';
import type { ReportedCalls } from './reported-calls.ts';
import { MAX_SKEW_MS } from './server-clock.ts';

/**
 * Those of a server's calls, tied to no login, that complete a sign-up and that no site reported. A call in a trace with the
 * exchange of somebody else's code, which no site reported either, is that person's. Spans do not tell an exchange from a
 * refresh; but what no request asked for is a job's, where the requests that the server served are shown.
 */
export function unreportedCalls(
  calls: readonly BackEndCall[],
  reports: ReportedCalls,
  areRequestsShown: boolean,
): BackEndCall[] {
  const exchanges = exchangesByTrace(calls);
  const isOfOther = ({ trace }: BackEndCall) => {
    const exchange = exchanges.get(trace ?? '');
    if (!exchange || (areRequestsShown && exchange.serving === null)) return false;
    return !reports.has(exchange);
  };
  const completing = calls.filter(
    ({ fact }) => fact.type === 'api' && fact.status === 200 && isCompleting(fact),
  );
  return completing.filter((call) => !isOfOther(call) && !reports.take(call));
}

/**
 * That a site which reports its calls did not report all: one that completes a sign-up stands in its server's spans, tied to
 * no login. Each login of such a site whose link may be there still may be the one. Calls are given in order of time.
 */
export function signsOfUnreported(
  recorded: readonly Observation[],
  calls: readonly BackEndCall[],
  name: string,
): Observation[] {
  const reporting = new Set(recorded.flatMap((o) => (o.source === 'server' ? [o.site] : [])));
  return recorded.flatMap((login, n) => {
    if (login.type !== 'authorize' || login.outcome !== 'code') return [];
    const { cookieStore, tab, redirectUri, at: from } = login;
    const site = login.site ?? originOf(redirectUri);
    const call = calls[firstIndexNot(calls, ({ at }) => at < from - MAX_SKEW_MS)];
    if (!call || call.at > from + CUT_BY_MS || !reporting.has(site)) return [];
    const request = { cookieStore, tab, site, from, codeAt: from };
    const fact: Fact = { type: 'token-handed', codeAt: from };
    return [placed(fact, call, request, `${name}-${call.at}-unreported-${n}`)];
  });
}

/** Whether a call completes a login of some app. */
function isCompleting(fact: ApiFact): boolean {
  return isListedCall(fact) || isSignupCall(fact);
}
