import { DOCS } from '../../../kakao/docs-links.ts';
import type { AppRule } from '../../rule.ts';
import { cause, step, type CauseName } from '../../text.ts';

/** What each error of a silent login means. */
const CAUSES: Record<string, CauseName> = {
  consent_required: 'silent_not_linked',
  interaction_required: 'silent_interaction',
  login_required: 'silent_no_session',
  auto_login: 'silent_browser',
};

/**
 * Fires when a silent login (`prompt=none`) came back with an error: a login without a screen is not possible right
 * now. See docs/kakao-rules.md#silent-login.
 */
export const silentLoginRefused: AppRule = {
  id: 'silent-login-refused',
  applies: 'app',
  severity: 'info',
  docs: DOCS.rest,
  fix: [step('fall_back_to_login')],
  check({ authorizeRequests }) {
    const refused = authorizeRequests.filter(
      (r) =>
        r.outcome === 'error' &&
        r.error !== null &&
        r.error in CAUSES &&
        (r.prompt.includes('none') || r.error === 'auto_login' || r.params.includes('auto_login')),
    );
    if (refused.length === 0) return [];
    const errors = [...new Set(refused.flatMap((r) => r.error ?? []))];
    return [
      {
        evidence: refused.map((r) => r.id),
        args: [errors.map((error) => `\`${error}\``).join(', ')],
        causes: errors.map((error) => cause(CAUSES[error] ?? 'silent_interaction')),
      },
    ];
  },
};
