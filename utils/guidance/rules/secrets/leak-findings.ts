import type { LeakFact, Observation } from '../../../model/observation.ts';
import type { RuleResult } from '../../rule.ts';
import type { RuleContext } from '../../context.ts';

/** What leaked of one kind, a finding a site. */
export function leakFindings({ context }: RuleContext, what: LeakFact['what']): RuleResult[] {
  const found = context.observations.filter(
    (o): o is Observation<LeakFact> => o.type === 'leak' && o.what === what,
  );
  return [...Map.groupBy(found, (o) => o.site ?? '—')].map(([site, seen]) => ({
    about: site,
    evidence: seen.map((o) => o.id),
    args: [site],
  }));
}
