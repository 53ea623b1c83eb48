import type { Fact, Observation, Source } from '../model/observation.ts';

/** An observation, at an instant (epoch ms), of a fact that no request carried: it has no tab and no cookie store of its own. */
export function createObservation(
  fact: Fact,
  source: Source,
  at: number,
  site: string | null = null,
): Observation {
  const nowhere = { cookieStore: 'default', tab: null, opener: null };
  return { ...fact, ...nowhere, id: crypto.randomUUID(), at, source, site };
}
