import { DOCS } from '../../../kakao/docs-links.ts';
import type { AppRule } from '../../rule.ts';
import { step } from '../../text.ts';

/**
 * Fires when a site asks for `response_type=token`, which Kakao refuses with KOE202. See
 * docs/kakao-rules.md#koe-errors.
 */
export const implicitFlow: AppRule = {
  id: 'implicit-flow',
  applies: 'app',
  severity: 'error',
  docs: DOCS.rest,
  fix: [step('response_type_code'), step('exchange_on_server')],
  check({ authorizeRequests }) {
    const implicit = authorizeRequests.filter(
      (r) => r.implicit || r.error === 'KOE202' || (r.outcome === 'token' && r.status >= 300),
    );
    return implicit.length ? [{ evidence: implicit.map((r) => r.id) }] : [];
  },
};
