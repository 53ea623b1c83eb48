import { DOCS } from '../../../kakao/docs-links.ts';
import type { AppRule } from '../../rule.ts';
import { step } from '../../text.ts';

/** Errors that other rules report. */
const ERRORS_OF_OTHER_RULES = [
  'access_denied',
  'consent_required',
  'interaction_required',
  'login_required',
  'auto_login',
];

/**
 * Fires once for each error, other than those of other rules, with which Kakao sent the browser back. See
 * docs/kakao-rules.md#authorize.
 */
export const loginError: AppRule = {
  id: 'login-error',
  applies: 'app',
  severity: 'warning',
  docs: DOCS.errors,
  fix: [step('read_error_description'), step('look_up_code')],
  check({ authorizeRequests }) {
    const failed = authorizeRequests.filter(
      (r) =>
        r.outcome === 'error' &&
        r.error !== null &&
        !ERRORS_OF_OTHER_RULES.includes(r.error) &&
        !r.error.startsWith('KOE'),
    );
    return [...Map.groupBy(failed, (r) => r.error ?? '')].map(([error, found]) => ({
      subject: error,
      evidence: found.map((r) => r.id),
      args: [`\`${error}\``],
    }));
  },
};
