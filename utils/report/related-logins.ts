import type { Observation } from '../model/observation.ts';
import { originOf, registeredDomain } from '../model/url.ts';
import { createDependencyTest } from '../verdict/decide/login-dependencies.ts';
import type { LoginState } from '../verdict/state/login-state.ts';

/** What belongs together: logins by id, apps by `client_id`, sites by origin and by their domain. */
interface RelatedLogins {
  logins: Set<string>;
  clientIds: Set<string>;
  sites: Set<string>;
  domains: Set<string>;
}

/**
 * Finds everything that some logins (by id) and observations are connected with: logins that their verdicts depend on, apps
 * on a shared domain, sites with a shared app, accounts, and the logins of all of them.
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
    domains: new Set(),
  };
  const accounts = new Set<string>();
  const add = (clientId: string | null | undefined, site: string | null) => {
    if (clientId) related.clientIds.add(clientId);
    if (!site) return;
    related.sites.add(site);
    related.domains.add(registeredDomain(site));
  };
  const isNeeded = createDependencyTest(
    [...logins].flatMap((id) => loginState.logins.get(id) ?? []),
  );
  for (const login of loginState.logins.values()) if (isNeeded(login)) related.logins.add(login.id);
  for (const o of observations) add('clientId' in o ? o.clientId : null, o.site);
  // Each login found may connect further ones, so the search repeats until nothing is added.
  const size = () =>
    related.logins.size + related.clientIds.size + related.sites.size + accounts.size;
  for (let before = -1; before !== size();) {
    before = size();
    for (const login of loginState.logins.values()) {
      const redirectSite = originOf(login.redirectUri);
      const onRelatedSite = [login.site, redirectSite].some(
        (site) => site !== null && related.domains.has(registeredDomain(site)),
      );
      const ofRelatedApp = related.clientIds.has(login.clientId);
      const ofRelatedAccount = login.userHash !== null && accounts.has(login.userHash);
      const isFound = onRelatedSite || ofRelatedApp || ofRelatedAccount;
      if (!isFound && !related.logins.has(login.id)) continue;
      if (login.userHash) accounts.add(login.userHash);
      related.logins.add(login.id);
      add(login.clientId, login.site);
      add(login.clientId, redirectSite);
    }
  }
  return related;
}
