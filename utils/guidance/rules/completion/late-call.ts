import { DOCS } from '../../../kakao/docs-links.ts';
import { WINDOW_MS } from '../../../kakao/policy.ts';
import type { LoginRule } from '../../rule.ts';
import { step } from '../../text.ts';

/**
 * Fires when the first completing call came after the deadline, because Kakao may have cut the link by then. See
 * docs/kakao-rules.md#window.
 */
export const lateCall: LoginRule = {
  id: 'late-call',
  applies: 'login',
  severity: 'warning',
  verdicts: ['late'],
  docs: DOCS.notice,
  fix: [step('call_at_login'), step('check_relink')],
  check({ login, verdict, ruleContext }) {
    const { completedBy } = verdict;
    if (!completedBy) return null;
    const { at, method, path } = completedBy;
    // The call may be attributed to a later login of the same account, so all observations are searched.
    const lateCalls = ruleContext
      .byType('api')
      .filter((o) => o.at === at && o.path === path && o.method === method);
    const withinKakaosWindow = at - login.loggedInAt <= WINDOW_MS;
    return {
      evidence: [login.id, ...lateCalls.map((o) => o.id)],
      args: [`\`${method} ${path}\``],
      ...(withinKakaosWindow ? { detail: ['guidance.rules.late_call.rehearsal'] } : {}),
    };
  },
};
