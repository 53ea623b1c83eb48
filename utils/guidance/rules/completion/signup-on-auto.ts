import { AUTO_LINK } from '../../../kakao/console.ts';
import { DOCS } from '../../../kakao/docs-links.ts';
import { POLICY } from '../../../kakao/policy.ts';
import { evidenceIds } from '../../rule-parts/calls.ts';
import { FIRST_LOGIN_VERDICTS, type LoginRule } from '../../rule.ts';
import { step } from '../../text.ts';

/**
 * Fires when Kakao answered the sign-up call of a first login with "already linked": the app uses auto link, and
 * the call does nothing. See docs/kakao-rules.md#manual-link.
 */
export const signupOnAuto: LoginRule = {
  id: 'signup-on-auto',
  applies: 'login',
  severity: 'warning',
  verdicts: FIRST_LOGIN_VERDICTS,
  docs: DOCS.rest,
  place: AUTO_LINK,
  fix: [step('drop_signup'), step('call_user_me')],
  check({ login, linkMode, calls, verdict }) {
    const refused = calls.filter(
      (c) => c.path === POLICY.signup.path && c.code === POLICY.signup.alreadyRegistered,
    );
    const certainlyFirst = login.kind === 'first' && login.certainty === 'certain';
    if (refused.length === 0 || linkMode === 'manual') return null;
    // An earlier try without an answer may have signed the user up, under manual link.
    const isFirstTry = login.possibleCalls.signupAnswer === undefined;
    if (linkMode === 'unknown' && !(certainlyFirst && isFirstTry)) return null;
    return {
      evidence: [login.id, ...evidenceIds(refused)],
      severity: verdict.verdict === 'complete' ? 'info' : 'warning',
    };
  },
};
