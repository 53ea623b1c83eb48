import type { PendingStorage } from '../../browser/pending-storage.ts';
import type { Health } from '../../model/health.ts';
import type { Observation } from '../../model/observation.ts';
import { logError } from '../tasks/log-error.ts';

/** Observations that the database has not taken yet, kept in memory and in a storage that outlives the worker. */
export interface PendingQueue {
  /** Whether an observation can be stored at all; one that cannot counts as lost. */
  accept(o: Observation): boolean;
  /** Takes in what an earlier worker saved. Never rejects; tries again the next time. */
  load(): Promise<void>;
  /** Drops of what was loaded everything up to this id: the database had taken it right before that worker died. */
  skipRestored(id: string | undefined): void;
  held(): readonly Observation[];
  /** How many were lost since the database last took the count. */
  lost(): number;
  /** Adds observations; the newest are lost where there is no room. */
  hold(observations: readonly Observation[]): void;
  /** Empties the queue: the database has taken everything. */
  release(): void;
  /** Saves what has changed. Never rejects; what could not be saved is tried again the next time. */
  save(health: Health): Promise<void>;
}

/** Makes an empty queue in front of a storage, which is not called `storage`: WXT brings its own wherever that name occurs. */
export function createPendingQueue(place: PendingStorage): PendingQueue {
  let held: Observation[] = [];
  let lost = 0;
  /** How many of `lost` were loaded; null once it is known whether the database has taken them. */
  let lostBefore: number | null = null;
  let isLoaded = false;
  let isChanged = false;

  return {
    accept(o) {
      try {
        if (Number.isFinite(o.at) && structuredClone(o)) return true;
      } catch {
        // Neither the database nor the storage could take it.
      }
      lost += 1;
      return false;
    },
    async load() {
      if (isLoaded) return;
      try {
        const before = await place.load();
        held = [...before.held, ...held];
        lost += before.lost;
        lostBefore = before.lost;
        isChanged ||= before.held.length > 0 || before.lost > 0;
        isLoaded = true;
      } catch (error) {
        logError(error);
      }
    },
    skipRestored(id) {
      if (lostBefore === null) return;
      const last = held.findIndex((o) => o.id === id);
      if (last >= 0) {
        held = held.slice(last + 1);
        lost -= lostBefore;
      }
      lostBefore = null;
    },
    held: () => held,
    lost: () => lost,
    hold(observations) {
      const all = [...held, ...observations];
      held = all.slice(0, place.most);
      lost += all.length - held.length;
      isChanged = true;
    },
    release() {
      isChanged ||= held.length > 0 || lost > 0;
      held = [];
      lost = 0;
    },
    async save(health) {
      // What is there must be loaded before it is written over.
      if (!isChanged || !isLoaded) return;
      try {
        await place.save(held, lost, health);
        isChanged = false;
      } catch (error) {
        logError(error);
      }
    },
  };
}
