import type { AttributedObservation } from '../model/observation.ts';
import type { LoginState } from '../verdict/state/login-state.ts';
import { flowKey } from '../verdict/state/tracking-keys.ts';

/** The `client_id` of the app that an observation names itself, else of its login's; null where neither says. */
export function ownClientId(o: AttributedObservation, { logins }: LoginState): string | null {
  const own = 'clientId' in o ? o.clientId : null;
  return own ?? (o.loginId ? (logins.get(o.loginId)?.clientId ?? null) : null);
}

/**
 * Returns, by their ids, the `client_id` of requests of a login flow that neither name an app nor belong to a login: the
 * one that the flow named last. `observations` are in order of arrival.
 */
export function findClientIdsOfFlows(
  observations: readonly AttributedObservation[],
  loginState: LoginState,
): Map<string, string> {
  const found = new Map<string, string>();
  const latestOfFlow = new Map<string, string>();
  for (const o of observations) {
    if (o.type !== 'authorize' && o.type !== 'arrival') continue;
    if (o.type === 'authorize' && o.clientId) latestOfFlow.set(flowKey(o), o.clientId);
    else if (ownClientId(o, loginState) === null) {
      const ofFlow = latestOfFlow.get(flowKey(o));
      if (ofFlow) found.set(o.id, ofFlow);
    }
  }
  return found;
}
