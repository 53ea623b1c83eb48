import { browser } from 'wxt/browser';
import type { Health } from '../model/health.ts';
import type { Observation } from '../model/observation.ts';

/** A place outside the database for observations that it does not take now. Its methods may reject. */
export interface PendingStorage {
  /** Room for this many observations. */
  readonly most: number;
  /** What was saved last: the observations, and how many were lost that the database does not know of. */
  load(): Promise<{ held: Observation[]; lost: number }>;
  save(held: readonly Observation[], lost: number, health: Health): Promise<void>;
}

/** Keeps observations in the extension's own storage while the database does not take them. */
export const pendingStorage: PendingStorage = {
  /** The browser allows 5 to 10 MB, and the recorder must not fill it. */
  most: 5_000,
  async load() {
    const { held, lost } = await browser.storage.local.get(['held', 'lost']);
    return {
      held: Array.isArray(held) ? (held as Observation[]) : [],
      lost: typeof lost === 'number' ? lost : 0,
    };
  },
  async save(held, lost, health) {
    if (held.length || health.problem) await browser.storage.local.set({ held, lost, health });
    else await browser.storage.local.remove(['held', 'lost', 'health']);
  },
};

/** How recording fares, told without the database; null while all is well. */
export async function readPendingHealth(): Promise<Health | null> {
  const { health } = await browser.storage.local.get('health');
  const known = health as Health | undefined;
  return known?.problem ? known : null;
}
