/** As many observations as a report may hold: of more that were kept, a report could not be read back. */
export const MAX_OBSERVATIONS = 200_000;

/** What the tester can set. */
export interface Settings {
  /** Observations older than this are pruned. */
  retentionDays: number;
  /** At most this many observations are kept. */
  retentionCount: number;
  /** Alerts before and at a deadline. The browser's permission is asked for when they are turned on. */
  notifications: boolean;
  /** Of sites that are not watched nothing is stored. */
  watchedOnly: boolean;
}

/** Settings until the tester sets something. */
export const DEFAULT_SETTINGS: Settings = {
  retentionDays: 90,
  retentionCount: 50_000,
  notifications: false,
  watchedOnly: false,
};
