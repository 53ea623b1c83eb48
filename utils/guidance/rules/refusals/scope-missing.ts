import { CONSENT_ITEMS } from '../../../kakao/console-menus.ts';
import { createRefusalRule } from '../../rule-parts/refusal-rule.ts';
import { step } from '../../text.ts';

/** Fires on -402: the account did not consent to what the call needs. See docs/kakao-rules.md#errors. */
export const scopeMissing = createRefusalRule({
  id: 'scope-missing',
  place: CONSENT_ITEMS,
  fix: [step('set_consent_item'), step('ask_scope'), step('call_user_me')],
  matches: (c) => c.code === -402,
  details(calls) {
    const scopes = [...new Set(calls.flatMap((c) => c.requiredScopes))];
    if (scopes.length === 0) return {};
    const names = scopes.map((s) => `\`${s}\``).join(', ');
    return { detail: ['guidance.rules.scope_missing.named', [names]] };
  },
});
