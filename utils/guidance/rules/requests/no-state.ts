import { DOCS } from '../../../kakao/docs-links.ts';
import { firstSteps } from './first-steps.ts';
import type { AppRule } from '../../rule.ts';
import { step } from '../../text.ts';

/** Without `state` a site cannot tell its own logins from ones that somebody else began. */
export const noState: AppRule = {
  id: 'no-state',
  applies: 'app',
  severity: 'warning',
  docs: DOCS.rest,
  fix: [step('send_state')],
  check({ steps }) {
    const bare = firstSteps(steps).filter(
      (s) => !s.params.includes('state') && s.params.includes('response_type'),
    );
    return bare.length ? [{ evidence: bare.map((s) => s.id) }] : [];
  },
};
