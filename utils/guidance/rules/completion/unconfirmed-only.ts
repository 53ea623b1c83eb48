import { DOCS } from '../../../kakao/docs-links.ts';
import { isUnconfirmed } from '../../../kakao/policy.ts';
import { evidenceIds, callNames, nothingCompletes } from '../../rule-parts/calls.ts';
import { UNFINISHED_VERDICTS, type LoginRule } from '../../rule.ts';
import { step } from '../../text.ts';

/**
 * Fires when personal data was only asked for by calls that Kakao's list does not name, so that it is unconfirmed
 * whether they count. See docs/kakao-rules.md#unconfirmed-calls.
 */
export const unconfirmedOnly: LoginRule = {
  id: 'unconfirmed-only',
  applies: 'login',
  severity: 'warning',
  verdicts: UNFINISHED_VERDICTS,
  docs: DOCS.notice,
  fix: [step('call_user_me'), step('log_in_again')],
  check(context) {
    const calls = context.calls.filter((c) => c.status === 200 && isUnconfirmed(c.path));
    if (context.linkMode === 'manual' || calls.length === 0 || !nothingCompletes(context))
      return null;
    return { evidence: evidenceIds(calls), args: [callNames(calls)] };
  },
};
