import { browser } from 'wxt/browser';
import type { Health } from '../model/health.ts';
import type { Observation } from '../model/observation.ts';
import { isPrivateContext } from './private-context.ts';

/** A place outside the database for observations that it does not take now. Its methods may reject. */
export interface PendingStorage {
  /** Room for this many observations. */
  readonly most: number;
  /** What was saved last: the observations, and how many were lost that the database does not know of. */
  load(): Promise<{ held: Observation[]; lost: number }>;
  save(held: readonly Observation[], lost: number, health: Health): Promise<void>;
}

/** Where this context's observations wait: those of private windows never reach the disk. */
function area() {
  const { local, session } = browser.storage;
  return isPrivateContext()
    ? {
        place: session,
        names: { held: 'private-held', lost: 'private-lost', health: 'private-health' },
      }
    : { place: local, names: { held: 'held', lost: 'lost', health: 'health' } };
}

/** Keeps observations in the extension's own storage while the database does not take them. */
export const pendingStorage: PendingStorage = {
  /** The browser allows 5 to 10 MB, and the recorder must not fill it. */
  most: 5_000,
  async load() {
    const { place, names } = area();
    const { [names.held]: held, [names.lost]: lost } = await place.get([names.held, names.lost]);
    return {
      held: Array.isArray(held) ? (held as Observation[]) : [],
      lost: typeof lost === 'number' ? lost : 0,
    };
  },
  async save(held, lost, health) {
    const { place, names } = area();
    if (held.length || health.problem)
      await place.set({ [names.held]: held, [names.lost]: lost, [names.health]: health });
    else await place.remove(Object.values(names));
  },
};

/** How recording fares, told without the database; null while all is well. */
export async function readPendingHealth(): Promise<Health | null> {
  const { place, names } = area();
  const { [names.health]: health } = await place.get(names.health);
  const known = health as Health | undefined;
  return known?.problem ? known : null;
}
