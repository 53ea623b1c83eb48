import { originOf } from '../model/url.ts';
import type { LoginState } from '../verdict/login-state.ts';
import type { Observation } from '../model/observation.ts';

/** Everything that belongs together: apps that share a site, sites that share an app, and their logins. */
interface RelatedLogins {
  logins: Set<string>;
  clients: Set<string>;
  sites: Set<string>;
}

/** The cluster of some logins, and of the apps and sites of some observations. */
export function findRelatedLogins(
  loginState: LoginState,
  about: ReadonlySet<string>,
  own: Iterable<Observation>,
): RelatedLogins {
  const c: RelatedLogins = { logins: new Set(about), clients: new Set(), sites: new Set() };
  // Apps that are not known are not one app: they connect nothing.
  const note = (clientId: string | null | undefined, site: string | null) => {
    if (clientId && clientId !== 'unknown') c.clients.add(clientId);
    if (site) c.sites.add(site);
  };
  for (const o of own) note('clientId' in o ? o.clientId : null, o.site);
  const sizeOf = () => c.logins.size + c.clients.size + c.sites.size;
  for (let size = -1; size !== sizeOf();) {
    size = sizeOf();
    for (const l of loginState.logins.values()) {
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
