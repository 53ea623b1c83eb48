import { DOCS } from '../../../kakao/docs-links.ts';
import type { AppRule } from '../../rule.ts';
import { step } from '../../text.ts';

/** Errors that are told elsewhere, with what they mean. */
const TOLD = [
  'access_denied',
  'consent_required',
  'interaction_required',
  'login_required',
  'auto_login',
];

/** Kakao sent the browser back with another error word. One finding a word. */
export const loginError: AppRule = {
  id: 'login-error',
  applies: 'app',
  severity: 'warning',
  docs: DOCS.errors,
  fix: [step('read_error_description'), step('look_up_code')],
  check({ steps }) {
    const failed = steps.filter(
      (s) =>
        s.outcome === 'error' &&
        s.error !== null &&
        !TOLD.includes(s.error) &&
        !s.error.startsWith('KOE'),
    );
    return [...Map.groupBy(failed, (s) => s.error ?? '')].map(([word, found]) => ({
      about: word,
      evidence: found.map((s) => s.id),
      args: [`\`${word}\``],
    }));
  },
};
