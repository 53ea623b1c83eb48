import type { AuthorizeFact, Observation } from '../../model/observation.ts';

/**
 * Keeps the authorize requests that a site made itself, and drops those that Kakao's own pages and forms led to.
 */
export function siteRequests(
  authorizeRequests: readonly Observation<AuthorizeFact>[],
): Observation<AuthorizeFact>[] {
  return authorizeRequests.filter(
    (r) => r.method === 'GET' && r.site !== null && !r.fromKakao && r.clientId,
  );
}
