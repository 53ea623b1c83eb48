/** Something that keeps observations from being stored, told in one sentence. */
export type Problem = 'db-full' | 'db-newer' | 'db-failed';

/** How recording fares. Epoch ms throughout. */
export interface Health {
  problem: Problem | null;
  /** Observations kept aside until the database takes them again. */
  held: number;
  /** Observations that could not be kept at all. */
  dropped: number;
  /** Observations removed by retention, so far. */
  pruned: number;
}

/** Recording fares well. */
export const HEALTHY: Health = { problem: null, held: 0, dropped: 0, pruned: 0 };
