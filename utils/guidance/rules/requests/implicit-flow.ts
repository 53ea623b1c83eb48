import { DOCS } from '../../../kakao/docs-links.ts';
import type { AppRule } from '../../rule.ts';
import { step } from '../../text.ts';

/** `response_type=token`: Kakao refuses it with KOE202 (kakao.md 2.1). */
export const implicitFlow: AppRule = {
  id: 'implicit-flow',
  applies: 'app',
  severity: 'error',
  docs: DOCS.rest,
  fix: [step('response_type_code'), step('exchange_on_server')],
  check({ steps }) {
    const asked = steps.filter(
      (s) => s.implicit || s.error === 'KOE202' || (s.outcome === 'token' && s.status >= 300),
    );
    return asked.length ? [{ evidence: asked.map((s) => s.id) }] : [];
  },
};
