import { DOCS } from '../../../kakao/docs-links.ts';
import type { AppRule } from '../../rule.ts';
import { step } from '../../text.ts';

/** Someone pressed cancel on the consent screen (kakao.md 1.11). */
export const consentCancelled: AppRule = {
  id: 'consent-cancelled',
  applies: 'app',
  severity: 'info',
  docs: DOCS.rest,
  fix: [step('handle_cancel')],
  check({ steps }) {
    const cancelled = steps.filter((s) => s.outcome === 'error' && s.error === 'access_denied');
    return cancelled.length ? [{ evidence: cancelled.map((s) => s.id) }] : [];
  },
};
