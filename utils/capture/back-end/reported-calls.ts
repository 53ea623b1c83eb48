import type { ApiFact, Observation, TokenFact } from '../../model/observation.ts';
import type { BackEndCall } from './back-end-call.ts';
import { MAX_SKEW_MS } from './server-clock.ts';

type Report = Observation<ApiFact | TokenFact>;

/**
 * The calls that the sites themselves reported, as far as method, path, status and instant tell: each report is of one call at
 * most, of the earlier ones in `calls` first. `recorded` are the browser's observations.
 */
export function callsReported(
  recorded: readonly Observation[],
  calls: readonly BackEndCall[],
): Set<BackEndCall> {
  const reports = recorded.filter(isReport).sort((x, y) => x.at - y.at);
  const left = Map.groupBy(reports, keyOf);
  const found = new Set<BackEndCall>();
  for (const call of calls) {
    if (call.fact.type === 'token-handed') continue;
    const alike = left.get(keyOf(call.fact)) ?? [];
    const n = alike.findIndex((report) => isOfTime(report, call.at));
    if (n < 0) continue;
    alike.splice(n, 1);
    found.add(call);
  }
  return found;
}

function isReport(o: Observation): o is Report {
  return o.source === 'server' && (o.type === 'api' || o.type === 'token');
}

function isOfTime({ sentAt, at }: Report, instant: number): boolean {
  return instant >= (sentAt ?? at) - MAX_SKEW_MS && instant <= at + MAX_SKEW_MS;
}

/** A report and a call that may be of one request are alike in these. */
function keyOf(fact: ApiFact | TokenFact): string {
  const path = fact.type === 'api' ? fact.path : '';
  return [fact.type, fact.method, path, fact.status].join(' ');
}
