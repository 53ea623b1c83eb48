import type { Observation } from '../model/observation.ts';
import { createObservation } from './record/create-observation.ts';
import type { Recorder } from './record/recorder.ts';
import type { CapturedEvent } from './traffic/captured-event.ts';
import type { LeftWork } from './unfinished/left-work.ts';

/**
 * What a new worker records before anything else, at an instant (epoch ms): that the browser has just started, or that
 * something may be lost because a worker was ended early; and the events which that one had begun with and not stored.
 */
export async function takeOver(
  recorder: Recorder,
  { isNew, lostSince, begun }: LeftWork<CapturedEvent>,
  observe: (event: CapturedEvent) => Promise<Observation[]>,
  now: number,
): Promise<Observation[]> {
  const own: Observation[] = [];
  if (isNew) own.push(createObservation({ type: 'start' }, 'browser', now));
  else if (lostSince !== null) own.push(createObservation({ type: 'loss' }, 'browser', lostSince));
  if (!begun.length) return own;
  const observed = (await Promise.all(begun.map(observe))).flat();
  const ids = observed.map((o) => o.id);
  // Without the database nobody can say which of them it has: told twice is better than lost.
  const unknown = await recorder.unknownOf(ids).catch(() => ids);
  return [...own, ...observed.filter((o) => unknown.includes(o.id))];
}
