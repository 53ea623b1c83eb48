import type { AttributedObservation, FactType } from '../model/observation.ts';
import { originOf, registeredDomain } from '../model/url.ts';
import { advanceFlow } from '../verdict/flow/advance-flow.ts';
import { isOfUnknownSite } from '../verdict/handlers/stray-call.ts';
import { createLoginState, type LoginState } from '../verdict/state/login-state.ts';
import { isRedacted, redactAuthorize } from './redacted-observation.ts';
import { findRelatedLogins } from './related-logins.ts';

/** What concerns every login, whichever app or site it is of. */
const OF_ALL_LOGINS: readonly FactType[] = ['start', 'loss', 'pause', 'recording-ended'];

/**
 * Chooses the observations that the verdicts on some logins rest on, in their order: replayed, they give the same verdicts,
 * unless logins of two unrelated sites cross in one tab. These are the report's own and all that is evidence of its logins,
 * all of related apps and sites, and of any other site redacted ones that say only when the Kakao account may have changed.
 */
export function selectEvidence<T extends AttributedObservation>(
  loginState: LoginState,
  logins: ReadonlySet<string>,
  observations: readonly T[],
  isOwn: (o: T) => boolean,
): AttributedObservation[] {
  // Without its login, which retention has removed, a call would be taken for another's.
  const kept = observations.filter((o) => !o.loginId || loginState.logins.has(o.loginId));
  // A request that says something of the logins makes the site and app that it may be of related.
  const evidence = new Set(
    [...logins].flatMap((id) => loginState.logins.get(id)?.evidence.map((e) => e.id) ?? []),
  );
  const own = new Set<AttributedObservation>(kept.filter((o) => isOwn(o) || evidence.has(o.id)));
  const related = findRelatedLogins(loginState, logins, own);
  // The flows are followed again, to know which app and site a request belongs to and when the account changed.
  const flows = createLoginState();
  const { kakaoSessions } = flows.tracking;
  const chosen = kept.flatMap((o: AttributedObservation): AttributedObservation[] => {
    if (o.type !== 'authorize') return own.has(o) || isRelated(o) ? [o] : [];
    const sessionBefore = kakaoSessions[o.cookieStore];
    const flow = advanceFlow(flows, o);
    const sites = [flow.site, originOf(flow.redirectUri)];
    const isRelatedFlow =
      related.clientIds.has(flow.clientId ?? '') ||
      sites.some((site) => related.sites.has(site ?? ''));
    if (o.loginId) flow.done = true;
    if (own.has(o) || (o.loginId ? related.logins.has(o.loginId) : isRelatedFlow)) return [o];
    return sessionBefore === kakaoSessions[o.cookieStore] ? [] : [redactAuthorize(o)];
  });
  const first = chosen.findIndex((o) => own.has(o) || !needsLoginBefore(o));
  // A flow begun soon after a loss may lack its first steps.
  return first < 0 ? [] : chosen.filter((o, index) => index >= first || o.type === 'loss');

  function isRelated(o: AttributedObservation): boolean {
    if (OF_ALL_LOGINS.includes(o.type)) return true;
    if (o.type === 'app' || o.type === 'silence') return related.clientIds.has(o.clientId);
    if (o.loginId) return related.logins.has(o.loginId);
    // A server may report with the answers of any host of its domain.
    if (o.type === 'watch' && o.site !== null) return related.domains.has(registeredDomain(o.site));
    return isOfUnknownSite(loginState, o) || (o.site !== null && related.sites.has(o.site));
  }
}

/** Tells whether an observation has no meaning unless a login came before it. */
function needsLoginBefore(o: AttributedObservation): boolean {
  return OF_ALL_LOGINS.includes(o.type) || isRedacted(o);
}
