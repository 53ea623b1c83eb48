import { AUTO_LINK } from '../../../kakao/console.ts';
import { DOCS } from '../../../kakao/docs-links.ts';
import { isSignupCall } from '../../../kakao/policy.ts';
import { isCompletingListedCall, isSuccess } from '../../../verdict/attribute/evaluate-call.ts';
import type { LoginContext } from '../../login-context.ts';
import { evidenceIds, callNames } from '../../rule-parts/calls.ts';
import { completionSeverity } from '../../rule-parts/severity.ts';
import { UNFINISHED_VERDICTS, type LoginRule } from '../../rule.ts';
import { step } from '../../text.ts';

/**
 * Fires under manual link when listed calls were made but the sign-up call, which alone completes a login there,
 * was not, and nothing says that it may have been. See docs/kakao-rules.md#manual-link.
 */
export const manualMeAlone: LoginRule = {
  id: 'manual-me-alone',
  applies: 'login',
  severity: 'error',
  verdicts: UNFINISHED_VERDICTS,
  docs: DOCS.rest,
  place: AUTO_LINK,
  fix: [step('call_signup'), step('prefer_auto'), step('log_in_again')],
  check(context) {
    const { login, linkMode, calls } = context;
    const listed = calls.filter(isCompletingListedCall);
    if (linkMode !== 'manual' || maySignUp(context) || listed.length === 0) return null;
    return {
      evidence: [login.id, ...evidenceIds(listed)],
      args: [callNames(listed)],
      severity: completionSeverity(context.verdict),
    };
  },
};

/** Whether something says that the sign-up call was made. What is judged as missed lacks it, unless Kakao did not take it. */
function maySignUp({ login, calls, verdict }: LoginContext): boolean {
  if (verdict.verdict === 'missed') return calls.some((c) => isSignupCall(c) && !isSuccess(c));
  const { creditedSignupCall, possibleCalls } = login;
  return (
    Boolean(creditedSignupCall) ||
    possibleCalls.signupCall !== undefined ||
    possibleCalls.signupAnswer !== undefined
  );
}
