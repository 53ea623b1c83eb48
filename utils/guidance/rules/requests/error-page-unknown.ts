import { DOCS } from '../../../kakao/docs-links.ts';
import type { AppRule } from '../../rule.ts';
import { cause, step, type CauseName } from '../../text.ts';

/** What a status of the authorize request may mean, likeliest first. */
const POSSIBLE_CAUSES: Record<number, readonly CauseName[]> = {
  400: ['koe006', 'koe009', 'koe207', 'koe008'],
  401: ['koe101', 'koe102'],
  403: ['koe004', 'koe005', 'koe205', 'koe203'],
  500: ['koe003'],
  503: ['koe9798'],
};

/**
 * Fires once for each status when Kakao showed an error page whose code could not be read. See
 * docs/kakao-rules.md#koe-errors.
 */
export const errorPageUnknown: AppRule = {
  id: 'error-page-unknown',
  applies: 'app',
  severity: 'error',
  docs: DOCS.errors,
  fix: [step('read_page_code'), step('look_up_code')],
  check({ authorizeRequests }) {
    const pages = authorizeRequests.filter((r) => r.outcome === 'error-page' && r.error === null);
    return [...Map.groupBy(pages, (r) => r.status)].map(([status, found]) => ({
      subject: String(status),
      evidence: found.map((r) => r.id),
      args: [String(status)],
      causes: (POSSIBLE_CAUSES[status] ?? []).map((name) => cause(name)),
    }));
  },
};
