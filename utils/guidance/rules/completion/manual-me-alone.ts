import { AUTO_LINK } from '../../../kakao/console.ts';
import { DOCS } from '../../../kakao/docs-links.ts';
import { isCompletingListedCall } from '../../../verdict/evaluate-call.ts';
import { completionSeverity, evidenceIds, callNames } from '../refusals/refused-calls.ts';
import { UNFINISHED_VERDICTS, type LoginRule } from '../../rule.ts';
import { step } from '../../text.ts';

/** Manual link: listed calls came, the sign-up call did not (kakao.md 5.6, 9.10). */
export const manualMeAlone: LoginRule = {
  id: 'manual-me-alone',
  applies: 'login',
  severity: 'error',
  verdicts: UNFINISHED_VERDICTS,
  docs: DOCS.rest,
  place: AUTO_LINK,
  fix: [step('call_signup'), step('prefer_auto'), step('log_in_again')],
  check(scene) {
    const { login, mode, calls } = scene;
    const listed = calls.filter(isCompletingListedCall);
    if (mode !== 'manual' || login.creditedSignupCall || listed.length === 0) return null;
    return {
      evidence: [login.id, ...evidenceIds(listed)],
      args: [callNames(listed)],
      severity: completionSeverity(scene.verdict),
    };
  },
};
