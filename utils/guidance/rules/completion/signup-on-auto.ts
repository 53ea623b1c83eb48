import { AUTO_LINK } from '../../../kakao/console.ts';
import { DOCS } from '../../../kakao/docs-links.ts';
import { POLICY } from '../../../kakao/policy.ts';
import { evidenceIds } from '../refusals/refused-calls.ts';
import { FIRST_LOGIN_VERDICTS, type LoginRule } from '../../rule.ts';
import { step } from '../../text.ts';

/** The sign-up call was told "already linked" right after a first login: the app links automatically (kakao.md 5.3). */
export const signupOnAuto: LoginRule = {
  id: 'signup-on-auto',
  applies: 'login',
  severity: 'warning',
  verdicts: FIRST_LOGIN_VERDICTS,
  docs: DOCS.rest,
  place: AUTO_LINK,
  fix: [step('drop_signup'), step('call_user_me')],
  check({ login, mode, calls, verdict }) {
    const told = calls.filter(
      (c) => c.path === POLICY.signup.path && c.code === POLICY.signup.alreadyRegistered,
    );
    const fresh = login.kind === 'first' && login.certainty === 'certain';
    if (told.length === 0 || mode === 'manual' || (mode === 'unknown' && !fresh)) return null;
    return {
      evidence: [login.id, ...evidenceIds(told)],
      severity: verdict.verdict === 'complete' ? 'info' : 'warning',
    };
  },
};
