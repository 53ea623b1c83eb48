import { CONSENT_ITEMS } from '../../../kakao/console-menus.ts';
import { createRefusalRule } from './refused-calls.ts';
import { step } from '../../text.ts';

/** -402: the account did not consent to what the call needs (kakao.md 4.1). */
export const scopeMissing = createRefusalRule({
  id: 'scope-missing',
  place: CONSENT_ITEMS,
  fix: [step('set_consent_item'), step('ask_scope'), step('call_user_me')],
  about: (c) => c.code === -402,
  more(calls) {
    const scopes = [...new Set(calls.flatMap((c) => c.scopes))];
    const named = scopes.length > 0;
    return named
      ? {
          detail: [
            'guidance.rules.scope_missing.named',
            [scopes.map((s) => `\`${s}\``).join(', ')],
          ],
        }
      : {};
  },
});
