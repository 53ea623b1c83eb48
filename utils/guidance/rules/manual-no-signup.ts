import { AUTO_LINK } from '../../kakao/console.ts';
import { DOCS } from '../../kakao/docs-links.ts';
import { completesListed } from '../../link/counts.ts';
import { gravity } from '../calls.ts';
import { UNFINISHED, type LoginRule } from '../rule.ts';
import { step } from '../text.ts';

/** Manual link: neither the sign-up call nor a listed call came, though calls can be seen (kakao.md 5.6). */
export const manualNoSignup: LoginRule = {
  id: 'manual-no-signup',
  applies: 'login',
  severity: 'error',
  beside: UNFINISHED,
  docs: DOCS.rest,
  place: AUTO_LINK,
  fix: [step('call_signup'), step('prefer_auto'), step('log_in_again')],
  evidence({ login, mode, calls, verdict }) {
    if (mode !== 'manual' || login.signup || verdict.visibility === 'none') return null;
    if (calls.some(completesListed)) return null;
    return { evidence: [login.id], severity: gravity(verdict) };
  },
};
