import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../model/time.ts';

/** A code is exchanged at most this long after the login that it came from. */
export const LONGEST_EXCHANGE_MS = 10 * MINUTE_MS;

/** A browser goes where it is sent within this time. */
export const REDIRECT_TAKES_MS = 2 * SECOND_MS;

/** A flow, or a popup's poll, that was still for this long is over. */
export const FLOW_TIMEOUT_MS = HOUR_MS;

/**
 * A link is made this long before its login ends at most, by clocks that agree: `connected_at` tells whole seconds, and the
 * answer to the consent takes its time.
 */
export const CONSENT_TAKES_MS = 3 * SECOND_MS;

/** Logins that are further apart are told apart by `connected_at`. */
export const LOGINS_APART_MS = 10 * SECOND_MS;

/** How far `connected_at` and the instant of the login that made the link may be apart. */
export const CONNECTED_TOLERANCE_MS = 2 * MINUTE_MS;

/** How far the tester's clock may be off: what differs by less says nothing for certain. */
export const CLOCK_ERROR_MS = 10 * MINUTE_MS;

/** How far apart two instants may be told that are the same: some are rounded, some added up. */
export const INSTANT_ERROR_MS = 50;

/** How far apart the instants of a login and of a server's report may be told, by recorders that round them. */
export const REPORT_ERROR_MS = 2 * SECOND_MS;
