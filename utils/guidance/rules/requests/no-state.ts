import { DOCS } from '../../../kakao/docs-links.ts';
import { siteRequests } from '../../rule-parts/site-requests.ts';
import type { AppRule } from '../../rule.ts';
import { step } from '../../text.ts';

/**
 * Fires when a site leaves out `state`, without which it cannot tell its own logins from those that somebody else
 * began.
 */
export const noState: AppRule = {
  id: 'no-state',
  applies: 'app',
  severity: 'warning',
  docs: DOCS.rest,
  fix: [step('send_state')],
  check({ authorizeRequests }) {
    const withoutState = siteRequests(authorizeRequests).filter(
      (r) => !r.params.includes('state') && r.params.includes('response_type'),
    );
    return withoutState.length ? [{ evidence: withoutState.map((r) => r.id) }] : [];
  },
};
