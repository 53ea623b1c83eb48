import { DOCS } from '../../../kakao/docs-links.ts';
import { siteRequests } from '../../rule-parts/site-requests.ts';
import type { AppRule } from '../../rule.ts';
import { step } from '../../text.ts';

/**
 * Fires when a site sends `through_account`, a parameter of Kakao's own that is copied from the address bar. See
 * docs/kakao-rules.md#authorize.
 */
export const throughAccountPasted: AppRule = {
  id: 'through-account-pasted',
  applies: 'app',
  severity: 'warning',
  docs: DOCS.rest,
  fix: [step('drop_through_account'), step('build_from_docs')],
  check({ authorizeRequests }) {
    // Kakao's login page leads back to SDK v1's address, which names its site by `origin`.
    const pasted = siteRequests(authorizeRequests).filter(
      ({ params }) => params.includes('through_account') && !params.includes('origin'),
    );
    return pasted.length ? [{ evidence: pasted.map((r) => r.id) }] : [];
  },
};
