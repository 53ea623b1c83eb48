import { PLATFORM_KEYS } from '../../../kakao/console-menus.ts';
import { createRefusalRule } from '../../rule-parts/refusal-rule.ts';
import { cause, step } from '../../text.ts';

/**
 * Fires on -401: the token or key is not valid. A 401 whose body was not seen may also be -406. See
 * docs/kakao-rules.md#errors.
 */
export const tokenRefused = createRefusalRule({
  id: 'token-refused',
  place: PLATFORM_KEYS,
  fix: [step('fresh_token'), step('check_domain'), step('not_a_logout')],
  matches: (c) => c.code === -401 || (c.status === 401 && c.code === null),
  details: (calls) => ({
    causes: [
      cause('token_expired'),
      cause('token_wrong_app'),
      cause('domain_mismatch'),
      ...(calls.some((c) => c.code === null) ? [cause('under_age')] : []),
    ],
  }),
});
