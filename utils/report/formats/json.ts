import type { Report } from '../document.ts';

/** The report as JSON text: the same report always gives the same bytes. */
export function writeJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
