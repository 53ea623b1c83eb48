import { AUTO_LINK } from '../../../kakao/console.ts';
import { DOCS } from '../../../kakao/docs-links.ts';
import { POLICY } from '../../../kakao/policy.ts';
import { isCompletingListedCall } from '../../../verdict/evaluate-call.ts';
import { completionSeverity, refusedCalls } from '../refusals/refused-calls.ts';
import { UNFINISHED_VERDICTS, type LoginRule } from '../../rule.ts';
import { step } from '../../text.ts';

/** Manual link: neither the sign-up call nor a listed call came, though calls can be seen (kakao.md 5.6). A refused one is told by its reason. */
export const manualNoSignup: LoginRule = {
  id: 'manual-no-signup',
  applies: 'login',
  severity: 'error',
  verdicts: UNFINISHED_VERDICTS,
  docs: DOCS.rest,
  place: AUTO_LINK,
  fix: [step('call_signup'), step('prefer_auto'), step('log_in_again')],
  check(scene) {
    const { login, mode, calls, verdict } = scene;
    if (mode !== 'manual' || login.creditedSignupCall || verdict.visibility === 'none') return null;
    if (calls.some(isCompletingListedCall)) return null;
    if (refusedCalls(scene).some((c) => c.path === POLICY.signup.path)) return null;
    return { evidence: [login.id], severity: completionSeverity(verdict) };
  },
};
