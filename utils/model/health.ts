/** What keeps observations from being stored: a full disk, a database of a newer version, any other failure. */
export type Problem = 'db-full' | 'db-newer' | 'db-failed';

/** How recording fares. Epoch ms throughout. */
export interface Health {
  problem: Problem | null;
  /** Observations that wait outside the database until it takes them again. */
  held: number;
  /** Observations that could not be kept at all. */
  dropped: number;
  /** Observations removed by retention, so far. */
  pruned: number;
}

/** Nothing is wrong and nothing was lost. */
export const HEALTHY: Health = { problem: null, held: 0, dropped: 0, pruned: 0 };
