import { DOCS } from '../../../kakao/docs-links.ts';
import type { AppRule } from '../../rule.ts';
import { cause, step, type CauseName } from '../../text.ts';

const CAUSES: Record<string, CauseName> = {
  consent_required: 'silent_not_linked',
  interaction_required: 'silent_interaction',
  login_required: 'silent_no_session',
  auto_login: 'silent_browser',
};

/** `prompt=none` came back with an error: no login without a screen is possible right now (kakao.md 1.11). */
export const silentLoginRefused: AppRule = {
  id: 'silent-login-refused',
  applies: 'app',
  severity: 'info',
  docs: DOCS.rest,
  fix: [step('fall_back_to_login')],
  check({ steps }) {
    const refused = steps.filter(
      (s) =>
        s.outcome === 'error' &&
        s.error !== null &&
        s.error in CAUSES &&
        (s.prompt.includes('none') || s.error === 'auto_login' || s.params.includes('auto_login')),
    );
    if (refused.length === 0) return [];
    const words = [...new Set(refused.flatMap((s) => s.error ?? []))];
    return [
      {
        evidence: refused.map((s) => s.id),
        args: [words.map((w) => `\`${w}\``).join(', ')],
        causes: words.map((w) => cause(CAUSES[w] ?? 'silent_interaction')),
      },
    ];
  },
};
