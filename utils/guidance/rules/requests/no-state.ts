import { DOCS } from '../../../kakao/docs-links.ts';
import { siteRequests } from '../../rule-parts/site-requests.ts';
import type { AppRule } from '../../rule.ts';
import { step } from '../../text.ts';

/** What ties an answer to the browser that asked: `state`, or the challenge of PKCE. */
const PROTECTIONS = ['state', 'code_challenge'];

/**
 * Fires when a site leaves out `state` and PKCE, without which it cannot tell its own logins from those that somebody
 * else began.
 */
export const noState: AppRule = {
  id: 'no-state',
  applies: 'app',
  severity: 'warning',
  docs: DOCS.rest,
  fix: [step('send_state')],
  check({ authorizeRequests }) {
    const withoutState = siteRequests(authorizeRequests).filter(
      ({ params }) =>
        params.includes('response_type') && !PROTECTIONS.some((name) => params.includes(name)),
    );
    return withoutState.length ? [{ evidence: withoutState.map((r) => r.id) }] : [];
  },
};
