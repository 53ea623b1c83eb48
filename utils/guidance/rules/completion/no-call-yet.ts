import { DOCS } from '../../../kakao/docs-links.ts';
import { nothingCompletes } from '../../rule-parts/calls.ts';
import type { LoginRule } from '../../rule.ts';
import { step } from '../../text.ts';

/**
 * Fires inside the window when calls can be seen and none has completed the sign-up yet. See
 * docs/kakao-rules.md#window.
 */
export const noCallYet: LoginRule = {
  id: 'no-call-yet',
  applies: 'login',
  severity: 'info',
  verdicts: ['pending'],
  docs: DOCS.notice,
  fix: [step('call_user_me'), step('mark_complete')],
  check(context) {
    const { login, linkMode, verdict } = context;
    if (linkMode === 'manual' || verdict.visibility === 'none' || !nothingCompletes(context))
      return null;
    return { evidence: [login.id] };
  },
};
