const INSTANT = /^(\d{4})-(\d\d)-(\d\d)T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)$/;

/** The first and the last instant of the years that ISO 8601 writes with four digits, epoch ms. */
export const EARLIEST_INSTANT = Date.parse('0000-01-01T00:00:00.000Z');
export const LATEST_INSTANT = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * Reads an ISO 8601 date-time with a time zone. Returns epoch ms; null for anything else, and for a day that its month
 * does not have, which `Date.parse` would take for one of the next month.
 */
export function parseInstant(text: string): number | null {
  const [, year, month, day] = INSTANT.exec(text) ?? [];
  const at = Date.parse(text);
  if (year === undefined || !(at >= EARLIEST_INSTANT && at <= LATEST_INSTANT)) return null;
  const midnight = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return midnight.getUTCDate() === Number(day) ? at : null;
}
