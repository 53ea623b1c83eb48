import type { LeakFact, Observation } from '../../../model/observation.ts';
import type { Fired } from '../../rule.ts';
import type { Whole } from '../../context.ts';

/** What leaked of one kind, a finding a site. */
export function leaks({ context }: Whole, what: LeakFact['what']): Fired[] {
  const found = context.observations.filter(
    (o): o is Observation<LeakFact> => o.type === 'leak' && o.what === what,
  );
  return [...Map.groupBy(found, (o) => o.site ?? '—')].map(([site, seen]) => ({
    about: site,
    evidence: seen.map((o) => o.id),
    fills: [site],
  }));
}
