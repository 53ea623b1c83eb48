import type { Fact, Observation, RequestContext, Source } from '../../model/observation.ts';

/** Where a fact that no request carried happened: it has no tab and no cookie store of its own. */
const NOWHERE: Omit<RequestContext, 'site'> = { cookieStore: 'default', tab: null, opener: null };

/** An observation of a fact at an instant (epoch ms), of a site and where the request that carried it was made, if one did. */
export function createObservation(
  fact: Fact,
  source: Source,
  at: number,
  { site = null, ...where }: Partial<RequestContext> = {},
): Observation {
  return { ...fact, ...NOWHERE, ...where, id: crypto.randomUUID(), at, source, site };
}

/**
 * What is recorded in place of a step that is left out: a whole login may be of any account, other steps concern their
 * tab.
 */
export function createLoss(
  { cookieStore, tab, at }: Pick<Observation, 'cookieStore' | 'tab' | 'at'>,
  leftOut: 'steps' | 'logins',
): Observation {
  const where = { cookieStore, tab: leftOut === 'steps' ? tab : null, opener: null };
  return createObservation({ type: 'loss', leftOut }, 'browser', at, where);
}
