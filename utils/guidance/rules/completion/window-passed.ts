import { DOCS } from '../../../kakao/docs-links.ts';
import { WINDOW_MS } from '../../../kakao/policy.ts';
import type { LoginRule } from '../../rule.ts';
import { step } from '../../text.ts';

/** The window went by without a call that counts, where calls can be seen (kakao.md 5.5). */
export const windowPassed: LoginRule = {
  id: 'window-passed',
  applies: 'login',
  severity: 'error',
  verdicts: ['missed'],
  docs: DOCS.notice,
  fix: [step('call_user_me'), step('check_relink'), step('log_in_again')],
  check({ login, mode, verdict, now }) {
    if (mode === 'manual') return null;
    return {
      evidence: [login.id],
      ...(verdict.rehearsal && now - login.loggedInAt <= WINDOW_MS
        ? { detail: ['guidance.rules.window_passed.rehearsal'] }
        : {}),
    };
  },
};
