import { DOCS } from '../../../kakao/docs-links.ts';
import { nothingCompletes } from '../refusals/refused-calls.ts';
import type { LoginRule } from '../../rule.ts';
import { step } from '../../text.ts';

/** Inside the window, calls can be seen, and none has completed the sign-up (kakao.md 5.5). */
export const noCallYet: LoginRule = {
  id: 'no-call-yet',
  applies: 'login',
  severity: 'info',
  verdicts: ['pending'],
  docs: DOCS.notice,
  fix: [step('call_user_me'), step('mark_complete')],
  check(scene) {
    const { login, mode, verdict } = scene;
    if (mode === 'manual' || verdict.visibility === 'none' || !nothingCompletes(scene)) return null;
    return { evidence: [login.id] };
  },
};
