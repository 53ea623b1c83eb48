import { DOCS } from '../../../kakao/docs-links.ts';
import { isUnconfirmed, POLICY } from '../../../kakao/policy.ts';
import { evidenceIds, callNames, nothingCompletes } from '../../rule-parts/calls.ts';
import { completionSeverity } from '../../rule-parts/severity.ts';
import { UNFINISHED_VERDICTS, type LoginRule } from '../../rule.ts';
import { step } from '../../text.ts';

/**
 * Fires when Kakao was called only by calls that never count. Calls that may count are left to `unconfirmed-only`.
 * See docs/kakao-rules.md#completion.
 */
export const uncountedOnly: LoginRule = {
  id: 'uncounted-only',
  applies: 'login',
  severity: 'error',
  verdicts: UNFINISHED_VERDICTS,
  docs: DOCS.notice,
  fix: [step('call_user_me'), step('log_in_again')],
  check(context) {
    const calls = context.calls.filter(
      (c) => c.status === 200 && c.path !== '/v1/user/me' && POLICY.never.includes(c.path),
    );
    const mayCount = context.calls.some((c) => c.status === 200 && isUnconfirmed(c.path));
    if (context.linkMode === 'manual' || calls.length === 0 || mayCount) return null;
    if (!nothingCompletes(context)) return null;
    return {
      evidence: evidenceIds(calls),
      args: [callNames(calls)],
      severity: completionSeverity(context.verdict),
    };
  },
};
