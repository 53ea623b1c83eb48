import type { Report } from '../document.ts';
import { neutralJson } from './neutral-text.ts';

/** The report as JSON text: the same report always gives the same bytes. */
export function writeJson(report: Report): string {
  return `${neutralJson(report, 2)}\n`;
}
