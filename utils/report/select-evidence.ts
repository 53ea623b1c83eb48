import type { AttributedObservation } from '../model/observation.ts';
import { originOf } from '../model/url.ts';
import { advanceFlow } from '../verdict/flow.ts';
import { findRelatedLogins } from './related-logins.ts';
import { createLoginState, type LoginState } from '../verdict/login-state.ts';
import type { AuthorizeFact, Observation } from '../model/observation.ts';

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
export function selectEvidence(
  loginState: LoginState,
  about: ReadonlySet<string>,
  observations: readonly AttributedObservation[],
  own: (o: AttributedObservation) => boolean,
): AttributedObservation[] {
  const { logins, clients, sites } = findRelatedLogins(loginState, about, observations.filter(own));
  const steps = createLoginState();
  const { kakaoSessions } = steps.tracking;
  const chosen = observations.flatMap((o): AttributedObservation[] => {
    if (o.type !== 'authorize') return own(o) || ofCluster(o) ? [o] : [];
    const account = kakaoSessions[o.cookieStore];
    const flow = advanceFlow(steps, o);
    const at = [flow.site, originOf(flow.redirectUri)];
    const related = clients.has(flow.clientId ?? '') || at.some((site) => sites.has(site ?? ''));
    if (o.loginId) flow.done = true;
    if (own(o) || (o.loginId ? logins.has(o.loginId) : related)) return [o];
    return account === kakaoSessions[o.cookieStore] ? [] : [bare(o)];
  });

  function ofCluster(o: AttributedObservation): boolean {
    if (o.type === 'start' || o.type === 'pause') return true;
    if (o.type === 'app' || o.type === 'silence') return clients.has(o.clientId);
    return o.loginId ? logins.has(o.loginId) : o.site !== null && sites.has(o.site);
  }
  const first = chosen.findIndex((o) => own(o) || !isContext(o));
  return first < 0 ? [] : chosen.slice(first);
}

/** What says nothing without a login before it. */
function isContext(o: Observation): boolean {
  return o.type === 'start' || o.type === 'pause' || o.id.endsWith('-bare');
}
