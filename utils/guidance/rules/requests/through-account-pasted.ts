import { DOCS } from '../../../kakao/docs-links.ts';
import { firstSteps } from './first-steps.ts';
import type { AppRule } from '../../rule.ts';
import { step } from '../../text.ts';

/** `through_account` is Kakao's own; a site that sends it copied it from the address bar (kakao.md 1.7). */
export const throughAccountPasted: AppRule = {
  id: 'through-account-pasted',
  applies: 'app',
  severity: 'warning',
  docs: DOCS.rest,
  fix: [step('drop_through_account'), step('build_from_docs')],
  check({ steps }) {
    const pasted = firstSteps(steps).filter((s) => s.params.includes('through_account'));
    return pasted.length ? [{ evidence: pasted.map((s) => s.id) }] : [];
  },
};
