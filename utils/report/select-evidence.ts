import { originOf } from '../model/url.ts';
import { stepFlow } from '../verdict/flow.ts';
import { clusterOf } from './related-logins.ts';
import { createLedger, type Ledger } from '../verdict/login-state.ts';
import type { AuthorizeFact, Observation } from '../model/observation.ts';

/** An observation and the login it was placed on, where it was. */
export type Placed = Observation & { placedOn?: string };

/** A step of another site's login, of which only this is told: the Kakao account may have changed. */
function bare(o: Observation<AuthorizeFact>): Observation<AuthorizeFact> {
  const { at, source, cookieStore, type, method, status, watched } = o;
  const hidden = { clientId: null, redirectUri: null, sdk: null, error: null };
  const nowhere = { tab: null, opener: null, site: null };
  const step = { type, method, status, watched, fromKakao: true, params: [], prompt: [] };
  const when = { id: `${o.id}-bare`, at, source, cookieStore };
  return { ...when, ...nowhere, ...step, ...hidden, outcome: 'login-form' };
}

/**
 * Chooses, in order, the observations that the verdicts on some logins rest on: folded again they give the same.
 * That is all of `own`, and what was ever observed of the same apps and sites; of other sites only that the
 * Kakao account may have changed. Not exact where logins of two unconnected sites cross in one tab.
 */
export function restsOn(
  ledger: Ledger,
  about: ReadonlySet<string>,
  observations: readonly Placed[],
  own: (o: Placed) => boolean,
): Placed[] {
  const { logins, clients, sites } = clusterOf(ledger, about, observations.filter(own));
  const steps = createLedger();
  const { sessionKeys } = steps.track;
  const chosen = observations.flatMap((o): Placed[] => {
    if (o.type !== 'authorize') return own(o) || ofCluster(o) ? [o] : [];
    const account = sessionKeys[o.cookieStore];
    const flow = stepFlow(steps, o);
    const at = [flow.site, originOf(flow.redirectUri)];
    const related = clients.has(flow.clientId ?? '') || at.some((site) => sites.has(site ?? ''));
    if (o.placedOn) flow.done = true;
    if (own(o) || (o.placedOn ? logins.has(o.placedOn) : related)) return [o];
    return account === sessionKeys[o.cookieStore] ? [] : [bare(o)];
  });

  function ofCluster(o: Placed): boolean {
    if (o.type === 'start' || o.type === 'pause') return true;
    if (o.type === 'app' || o.type === 'silence') return clients.has(o.clientId);
    return o.placedOn ? logins.has(o.placedOn) : o.site !== null && sites.has(o.site);
  }
  const first = chosen.findIndex((o) => own(o) || !isContext(o));
  return first < 0 ? [] : chosen.slice(first);
}

/** What says nothing without a login before it. */
function isContext(o: Observation): boolean {
  return o.type === 'start' || o.type === 'pause' || o.id.endsWith('-bare');
}
