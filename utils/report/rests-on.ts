import { originOf, stepFlow } from '../link/flow.ts';
import { createLedger, type Ledger } from '../link/ledger.ts';
import type { AuthorizeFact, Observation } from '../link/observation.ts';

/** An observation and the login it was placed on, where it was. */
export type Placed = Observation & { login?: string };

/** Everything that belongs together: apps that share a site, sites that share an app, and their logins. */
interface Cluster {
  logins: Set<string>;
  clients: Set<string>;
  sites: Set<string>;
}

function clusterOf(
  ledger: Ledger,
  about: ReadonlySet<string>,
  own: Iterable<Observation>,
): Cluster {
  const c: Cluster = { logins: new Set(about), clients: new Set(), sites: new Set() };
  const note = (clientId: string | null | undefined, site: string | null) => {
    if (clientId && clientId !== 'unknown') c.clients.add(clientId);
    if (site) c.sites.add(site);
  };
  for (const o of own) note('clientId' in o ? o.clientId : null, o.site);
  for (let size = -1; size !== c.logins.size;) {
    size = c.logins.size;
    for (const l of ledger.logins.values()) {
      const back = originOf(l.redirectUri);
      const shared = [l.site, back].some((site) => site !== null && c.sites.has(site));
      if (!shared && !c.clients.has(l.clientId) && !c.logins.has(l.id)) continue;
      c.logins.add(l.id);
      note(l.clientId, l.site);
      note(l.clientId, back);
    }
  }
  return c;
}

/** A step of another site's login, of which only the possible change of account is told. */
function bare(o: Observation<AuthorizeFact>): Observation<AuthorizeFact> {
  const hidden = { clientId: null, redirectUri: null, sdk: null, error: null };
  const nowhere = { tab: null, opener: null, site: null };
  const { id, at, source, cookieStore, type, method, status, watched } = o;
  return {
    ...{ id: `${id}-bare`, at, source, cookieStore, type, method, status, watched },
    ...{ ...hidden, ...nowhere, params: [], prompt: [], outcome: 'login-form', fromKakao: true },
  };
}

/**
 * Chooses, in order, the observations that the verdicts on some logins rest on: folded again they give the same.
 * That is all of `own`, and what was ever observed of the same apps and sites; of other sites only that a login form
 * was shown, and nothing of where.
 */
export function restsOn(
  ledger: Ledger,
  about: ReadonlySet<string>,
  observations: readonly Placed[],
  own: (o: Placed) => boolean,
): Placed[] {
  const steps = createLedger();
  const { logins, clients, sites } = clusterOf(ledger, about, observations.filter(own));
  const { sessionKeys } = steps.track;
  const ofCluster = (o: Placed): boolean => {
    switch (o.type) {
      case 'start':
      case 'pause':
        return true;
      case 'app':
        return clients.has(o.clientId);
      case 'authorize': {
        const flow = stepFlow(steps, o);
        if (o.login) flow.done = true;
        if (o.login) return logins.has(o.login);
        const at = [flow.site, originOf(flow.redirectUri)];
        return clients.has(flow.clientId ?? '') || at.some((site) => sites.has(site ?? ''));
      }
      default:
        return o.login ? logins.has(o.login) : o.site !== null && sites.has(o.site);
    }
  };
  const chosen = observations.flatMap((o): Placed[] => {
    const account = sessionKeys[o.cookieStore];
    if (ofCluster(o) || own(o)) return [o];
    return o.type === 'authorize' && account !== sessionKeys[o.cookieStore] ? [bare(o)] : [];
  });
  const first = chosen.findIndex((o) => own(o) || !isContext(o));
  return first < 0 ? [] : chosen.slice(first);
}

/** What says nothing without a login before it. */
function isContext(o: Observation): boolean {
  return o.type === 'start' || o.type === 'pause' || o.id.endsWith('-bare');
}
