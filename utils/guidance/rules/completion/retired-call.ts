import { DOCS } from '../../../kakao/docs-links.ts';
import { POLICY } from '../../../kakao/policy.ts';
import type { LoginCall } from '../../login-context.ts';
import { evidenceIds, callNames } from '../../rule-parts/calls.ts';
import { FIRST_LOGIN_VERDICTS, UNFINISHED_VERDICTS, type LoginRule } from '../../rule.ts';
import { step } from '../../text.ts';

/** The rule `api-ended` reports a listed call that was refused with -9. */
const isReportedByApiEnded = (c: LoginCall) => c.code === -9 && POLICY.qualifying.includes(c.path);

/**
 * Fires on calls of `/v1/user/me` and the Story API, which Kakao ended but old samples still use. See
 * docs/kakao-rules.md#errors.
 */
export const retiredCall: LoginRule = {
  id: 'retired-call',
  applies: 'login',
  severity: 'warning',
  verdicts: FIRST_LOGIN_VERDICTS,
  docs: DOCS.rest,
  fix: [step('replace_retired'), step('log_in_again')],
  check({ calls, verdict }) {
    const retired = calls.filter(
      (c) =>
        c.path === '/v1/user/me' ||
        (c.path.startsWith('/v1/api/story/') && c.status !== 200 && !isReportedByApiEnded(c)),
    );
    if (retired.length === 0) return null;
    const unfinished = UNFINISHED_VERDICTS.includes(verdict.verdict);
    return {
      evidence: evidenceIds(retired),
      args: [callNames(retired)],
      severity: unfinished ? 'warning' : 'info',
    };
  },
};
