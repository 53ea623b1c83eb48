import { DOCS } from '../../../kakao/docs-links.ts';
import type { AppRule } from '../../rule.ts';
import { cause, step, type CauseName } from '../../text.ts';

/** What a status may mean at the authorize step, likeliest first. */
const POSSIBLE: Record<number, readonly CauseName[]> = {
  400: ['koe006', 'koe009', 'koe207', 'koe008'],
  401: ['koe101', 'koe102'],
  403: ['koe004', 'koe005', 'koe205', 'koe203'],
  500: ['koe003'],
  503: ['koe9798'],
};

/** Kakao showed an error page whose code stands only in the page. One finding a status. */
export const errorPageUnknown: AppRule = {
  id: 'error-page-unknown',
  applies: 'app',
  severity: 'error',
  docs: DOCS.errors,
  fix: [step('read_page_code'), step('look_up_code')],
  check({ steps }) {
    const pages = steps.filter((s) => s.outcome === 'error-page' && s.error === null);
    return [...Map.groupBy(pages, (s) => s.status)].map(([status, found]) => ({
      about: String(status),
      evidence: found.map((s) => s.id),
      args: [String(status)],
      causes: (POSSIBLE[status] ?? []).map((name) => cause(name)),
    }));
  },
};
