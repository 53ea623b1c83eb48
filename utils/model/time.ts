/** Spans of time in ms. */
export const SECOND_MS = 1000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** The most that a wrong time zone can shift a clock: somebody set it, or a recorder left the zone out. */
export const WRONG_ZONE_MS = 15 * HOUR_MS;
