import type { LeakFact } from '../../model/observation.ts';
import type { SessionContext } from '../rule-context.ts';
import type { RuleResult } from '../rule.ts';

/** Returns one result for each site on which a secret of the given kind left the browser. */
export function leakFindings({ byType }: SessionContext, what: LeakFact['what']): RuleResult[] {
  const leaks = byType('leak').filter((o) => o.what === what);
  return [...Map.groupBy(leaks, (o) => o.site ?? '—')].map(([site, found]) => ({
    subject: site,
    evidence: found.map((o) => o.id),
    args: [site],
  }));
}
