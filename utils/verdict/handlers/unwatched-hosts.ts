import type { Login } from '../../model/login.ts';
import type { Observation } from '../../model/observation.ts';
import { registeredDomain } from '../../model/url.ts';
import { addEvidence } from '../attribute/evidence.ts';
import { loginsOfSite } from '../state/login-index.ts';
import type { LoginState } from '../state/login-state.ts';

/**
 * Notes on logins, after an observation, that their site's server may report further calls where nobody looks any more: with the
 * answers of one of these hosts, if it was given up. Returns these logins.
 */
export function noteUnwatchedHosts(
  loginState: LoginState,
  o: Observation,
  logins: readonly Login[],
  hosts: readonly string[],
): Login[] {
  const { sites, nextOrdinal: before } = loginState.tracking;
  const unwatched = hosts.filter(
    (host) => !sites[host]?.watched && !loginsOfSite(loginState, host).length,
  );
  const domains = new Set(unwatched.map(registeredDomain));
  const concerned = logins.filter(
    ({ reportedByServer, site }) =>
      reportedByServer && site !== null && domains.has(registeredDomain(site)),
  );
  addEvidence(o, ['host-unwatched'], concerned, { doubt: null, before });
  return concerned;
}
