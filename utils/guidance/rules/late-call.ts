import { DOCS } from '../../kakao/docs-links.ts';
import type { LoginRule } from '../rule.ts';
import { idsOf } from '../calls.ts';
import { step } from '../text.ts';

/** The first call that counts came after the window (kakao.md 5.5, 5.9). */
export const lateCall: LoginRule = {
  id: 'late-call',
  applies: 'login',
  severity: 'warning',
  beside: ['late'],
  docs: DOCS.notice,
  fix: [step('call_at_login'), step('check_relink')],
  evidence({ login, calls, verdict }) {
    const by = verdict.completedBy;
    if (!by) return null;
    const late = calls.filter((c) => c.method === by.method && c.path === by.path);
    return { evidence: [login.id, ...idsOf(late)], fills: [`\`${by.method} ${by.path}\``] };
  },
};
