import { DOCS } from '../../../kakao/docs-links.ts';
import type { AppRule } from '../../rule.ts';
import { step } from '../../text.ts';

/** Fires when someone pressed cancel on the consent screen. See docs/kakao-rules.md#authorize. */
export const consentCancelled: AppRule = {
  id: 'consent-cancelled',
  applies: 'app',
  severity: 'info',
  docs: DOCS.rest,
  fix: [step('handle_cancel')],
  check({ authorizeRequests }) {
    const cancelled = authorizeRequests.filter(
      (r) => r.outcome === 'error' && r.error === 'access_denied',
    );
    return cancelled.length ? [{ evidence: cancelled.map((r) => r.id) }] : [];
  },
};
