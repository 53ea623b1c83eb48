import { DOCS } from '../../../kakao/docs-links.ts';
import { evidenceIds } from '../refusals/refused-calls.ts';
import { ALL_VERDICTS, type LoginRule } from '../../rule.ts';
import { step } from '../../text.ts';

/** The page itself cut the link; where that was meant as a log-out, every login becomes a first one (kakao.md 7). */
export const unlinkAsLogout: LoginRule = {
  id: 'unlink-as-logout',
  applies: 'login',
  severity: 'warning',
  verdicts: ALL_VERDICTS,
  docs: DOCS.rest,
  fix: [step('logout_not_unlink'), step('unlink_on_withdrawal')],
  check({ calls }) {
    const cuts = calls.filter(
      (c) =>
        c.path === '/v1/user/unlink' &&
        c.method === 'POST' &&
        c.status === 200 &&
        c.source !== 'server',
    );
    return cuts.length ? { evidence: evidenceIds(cuts) } : null;
  },
};
