import type { Observation } from '../model/observation.ts';
import type { Health } from '../model/health.ts';

/** A place outside the database for observations that it does not take now. Its methods may reject. */
export interface PendingStorage {
  /** Room for this many observations. */
  readonly most: number;
  /** What was saved last: the observations held, and how many were lost that the database does not know of. */
  load(): Promise<{ held: Observation[]; lost: number }>;
  save(held: Observation[], lost: number, health: Health): Promise<void>;
}

/** Observations on their way into the database that it has not taken yet. */
export interface PendingQueue {
  /** Whether an observation can be kept at all; one that cannot counts as lost. */
  accept(o: Observation): boolean;
  /** Takes in what an earlier worker held aside. Never rejects; tries again the next time. */
  load(): Promise<void>;
  /** The database may have taken the first of what was loaded, up to this id, right before that worker died. */
  skipRestored(id: string | undefined): void;
  held(): readonly Observation[];
  /** Lost since the database last took the count. */
  lost(): number;
  /** Adds observations; the newest are lost where there is no room. */
  hold(observations: readonly Observation[]): void;
  /** The database has taken everything. */
  release(): void;
  /** Writes aside what has changed. Never rejects; what could not be written is tried again the next time. */
  write(health: Health): Promise<void>;
}

/** Makes an empty holding in front of a place aside. */
export function createPendingQueue(aside: PendingStorage): PendingQueue {
  let held: Observation[] = [];
  let lost = 0;
  /** What of `lost` was loaded; null once it is known whether the database has taken it. */
  let lostBefore: number | null = null;
  let read = false;
  let changed = false;

  return {
    accept(o) {
      try {
        if (Number.isFinite(o.at) && structuredClone(o)) return true;
      } catch {
        // Neither the database nor the place aside could take it.
      }
      lost += 1;
      return false;
    },
    async load() {
      if (read) return;
      try {
        const before = await aside.load();
        held = [...before.held, ...held];
        lost += before.lost;
        lostBefore = before.lost;
        changed ||= before.held.length > 0 || before.lost > 0;
        read = true;
      } catch (error) {
        console.error(error);
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
      held = all.slice(0, aside.most);
      lost += all.length - held.length;
      changed = true;
    },
    release() {
      changed ||= held.length > 0 || lost > 0;
      held = [];
      lost = 0;
    },
    async write(health) {
      // What is there must be read before it is written over.
      if (!changed || !read) return;
      try {
        await aside.save(held, lost, health);
        changed = false;
      } catch (error) {
        console.error(error);
      }
    },
  };
}
