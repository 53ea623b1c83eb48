import type { Observation } from '../../../utils/model/observation.ts';
import type { CountedCallback } from './callback-days.ts';

/** Returns the unlink callbacks among observations, to be summed. */
export function observedCallbacks(observations: readonly Observation[]): CountedCallback[] {
  return observations.flatMap((o) => {
    if (o.type !== 'unlink-callback') return [];
    const { at, appId, referrerType } = o;
    return { at, appId, referrerType, user: o.account ?? o.id };
  });
}
