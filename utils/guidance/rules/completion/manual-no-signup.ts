import { AUTO_LINK } from '../../../kakao/console.ts';
import { DOCS } from '../../../kakao/docs-links.ts';
import { POLICY } from '../../../kakao/policy.ts';
import { isCompletingListedCall } from '../../../verdict/attribute/evaluate-call.ts';
import { refusedCalls } from '../../rule-parts/calls.ts';
import { completionSeverity } from '../../rule-parts/severity.ts';
import { UNFINISHED_VERDICTS, type LoginRule } from '../../rule.ts';
import { step } from '../../text.ts';

/**
 * Fires under manual link when neither the sign-up call nor a listed call was made, although calls can be seen. A
 * refused sign-up call is left to the rules about refusals. See docs/kakao-rules.md#manual-link.
 */
export const manualNoSignup: LoginRule = {
  id: 'manual-no-signup',
  applies: 'login',
  severity: 'error',
  verdicts: UNFINISHED_VERDICTS,
  docs: DOCS.rest,
  place: AUTO_LINK,
  fix: [step('call_signup'), step('prefer_auto'), step('log_in_again')],
  check(context) {
    const { login, linkMode, calls, verdict } = context;
    if (linkMode !== 'manual' || login.creditedSignupCall || verdict.visibility === 'none')
      return null;
    if (calls.some(isCompletingListedCall)) return null;
    if (refusedCalls(context).some((c) => c.path === POLICY.signup.path)) return null;
    return { evidence: [login.id], severity: completionSeverity(verdict) };
  },
};
