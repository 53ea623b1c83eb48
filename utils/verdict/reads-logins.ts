import type { Observation } from '../model/observation.ts';
import { popupKind } from './flow/authorize-step.ts';

/**
 * Whether an observation may be of a login that is there, or make a new one. What is not leaves every login as it is,
 * whichever there are: the first steps of a login, and what only guidance reads. A page of a popup may be its last.
 */
export function readsLogins(observation: Observation): boolean {
  switch (observation.type) {
    case 'authorize': {
      const { outcome, method } = observation;
      if (outcome === 'screen') return method === 'POST' || popupKind(observation) !== null;
      return outcome !== 'login-form';
    }
    case 'poll':
    case 'frame':
    case 'leak':
    case 'silence':
    case 'step':
      return false;
    default:
      return true;
  }
}
