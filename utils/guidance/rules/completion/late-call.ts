import { DOCS } from '../../../kakao/docs-links.ts';
import { WINDOW_MS } from '../../../kakao/policy.ts';
import type { LoginRule } from '../../rule.ts';
import { step } from '../../text.ts';

/** The first call that counts came after the window (kakao.md 5.5, 5.9). */
export const lateCall: LoginRule = {
  id: 'late-call',
  applies: 'login',
  severity: 'warning',
  verdicts: ['late'],
  docs: DOCS.notice,
  fix: [step('call_at_login'), step('check_relink')],
  check({ login, verdict, whole }) {
    const by = verdict.completedBy;
    if (!by) return null;
    // It may have been placed on a later login of the same account.
    const late = whole.context.observations.filter(
      (o) => o.type === 'api' && o.at === by.at && o.path === by.path && o.method === by.method,
    );
    const early = by.at - login.loggedInAt <= WINDOW_MS;
    return {
      evidence: [login.id, ...late.map((o) => o.id)],
      args: [`\`${by.method} ${by.path}\``],
      ...(early ? { detail: ['guidance.rules.late_call.rehearsal'] } : {}),
    };
  },
};
