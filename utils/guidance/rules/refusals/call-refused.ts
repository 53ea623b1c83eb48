import { apiError } from '../../../kakao/api-errors.ts';
import { DOCS } from '../../../kakao/docs-links.ts';
import { POLICY } from '../../../kakao/policy.ts';
import { evidenceIds, callNames, refusedCalls } from '../../rule-parts/calls.ts';
import { explainError } from '../../rule-parts/error-explanation.ts';
import { refusalSeverity } from '../../rule-parts/severity.ts';
import { FIRST_LOGIN_VERDICTS, type LoginRule } from '../../rule.ts';

/** Codes that a rule of their own reports, and -102, which completes a login. */
const CODES_OF_OTHER_RULES: readonly number[] = [-3, -5, -9, -101, -102, -401, -402];

/**
 * Fires when a listed call was refused with a code of Kakao's table that no other rule is about. Of several codes the
 * last is reported, under manual link the last of the sign-up call. See docs/kakao-rules.md#errors.
 */
export const callRefused: LoginRule = {
  id: 'call-refused',
  applies: 'login',
  severity: 'error',
  verdicts: FIRST_LOGIN_VERDICTS,
  docs: DOCS.apiErrors,
  fix: [],
  check(context) {
    const refused = refusedCalls(context).filter(
      (c) => c.code !== null && !CODES_OF_OTHER_RULES.includes(c.code) && apiError(c.code),
    );
    const signups = refused.filter(
      (c) => context.linkMode === 'manual' && c.path === POLICY.signup.path,
    );
    const code = (signups.at(-1) ?? refused.at(-1))?.code ?? null;
    const error = code === null ? undefined : apiError(code);
    if (!error) return null;
    const calls = refused.filter((c) => c.code === code);
    const { meaning, remedy } = explainError(error);
    return {
      evidence: evidenceIds(calls),
      args: [callNames(calls), String(code)],
      severity: refusalSeverity(context, calls),
      detail: meaning,
      fix: [remedy],
      place: error.place,
    };
  },
};
