import type { AuthorizeFact, Observation } from '../../../model/observation.ts';

/** Authorize requests as a site made them itself: neither Kakao's own pages nor their forms led there. */
export function firstSteps(
  steps: readonly Observation<AuthorizeFact>[],
): Observation<AuthorizeFact>[] {
  return steps.filter((s) => s.method === 'GET' && s.site !== null && !s.fromKakao && s.clientId);
}
