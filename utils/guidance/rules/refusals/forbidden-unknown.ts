import { CONSENT_ITEMS } from '../../../kakao/console-menus.ts';
import { createRefusalRule } from '../../rule-parts/refusal-rule.ts';
import { cause, step } from '../../text.ts';

/**
 * Fires on a 403 whose body was not seen: it has at least six causes, and only the code in the body tells them
 * apart. See docs/kakao-rules.md#errors.
 */
export const forbiddenUnknown = createRefusalRule({
  id: 'forbidden-unknown',
  place: CONSENT_ITEMS,
  fix: [step('read_code'), step('set_consent_item'), step('call_user_me')],
  matches: (c) => c.status === 403 && c.code === null,
  details: () => ({
    causes: [
      cause('code_402'),
      cause('code_5'),
      cause('code_3'),
      cause('code_4'),
      cause('code_6'),
      cause('code_12'),
    ],
  }),
});
