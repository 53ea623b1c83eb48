import type { Observation } from '../model/observation.ts';
import { originOf } from '../model/url.ts';
import type { LoginState } from '../verdict/login-state.ts';

/** What belongs together: logins by id, apps by `client_id`, sites by origin. */
interface RelatedLogins {
  logins: Set<string>;
  clientIds: Set<string>;
  sites: Set<string>;
}

/**
 * Finds everything that some logins (by id) and observations are connected with: apps on a shared site, sites with a
 * shared app, and the logins of both.
 */
export function findRelatedLogins(
  loginState: LoginState,
  logins: ReadonlySet<string>,
  observations: Iterable<Observation>,
): RelatedLogins {
  const related: RelatedLogins = {
    logins: new Set(logins),
    clientIds: new Set(),
    sites: new Set(),
  };
  const add = (clientId: string | null | undefined, site: string | null) => {
    // Logins whose app is not known need not be of one app, so `unknown` connects nothing.
    if (clientId && clientId !== 'unknown') related.clientIds.add(clientId);
    if (site) related.sites.add(site);
  };
  for (const o of observations) add('clientId' in o ? o.clientId : null, o.site);
  // Each login found may connect further ones, so the search repeats until nothing is added.
  const size = () => related.logins.size + related.clientIds.size + related.sites.size;
  for (let before = -1; before !== size();) {
    before = size();
    for (const login of loginState.logins.values()) {
      const redirectSite = originOf(login.redirectUri);
      const onRelatedSite = [login.site, redirectSite].some(
        (site) => site !== null && related.sites.has(site),
      );
      const ofRelatedApp = related.clientIds.has(login.clientId);
      if (!onRelatedSite && !ofRelatedApp && !related.logins.has(login.id)) continue;
      related.logins.add(login.id);
      add(login.clientId, login.site);
      add(login.clientId, redirectSite);
    }
  }
  return related;
}
