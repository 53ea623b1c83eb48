import { DOCS } from '../../../kakao/docs-links.ts';
import { UNLINK } from '../../../kakao/policy.ts';
import { evidenceIds } from '../../rule-parts/calls.ts';
import { ALL_VERDICTS, type LoginRule } from '../../rule.ts';
import { step } from '../../text.ts';

/**
 * Fires when the page itself cut the link; if that is its log-out, every login becomes a first login. See
 * docs/kakao-rules.md#unlink.
 */
export const unlinkAsLogout: LoginRule = {
  id: 'unlink-as-logout',
  applies: 'login',
  severity: 'warning',
  verdicts: ALL_VERDICTS,
  docs: DOCS.rest,
  fix: [step('logout_not_unlink'), step('unlink_on_withdrawal')],
  check({ calls }) {
    const cuts = calls
      .filter((c) => c.path === UNLINK && c.method === 'POST' && c.status === 200)
      .filter((c) => c.source !== 'server' && !c.namesUser);
    return cuts.length ? { evidence: evidenceIds(cuts) } : null;
  },
};
