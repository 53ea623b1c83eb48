import { PLATFORM_KEYS } from '../../../kakao/console-menus.ts';
import { createRefusalRule } from './refused-calls.ts';
import { cause, step } from '../../text.ts';

/** -401: token or key not valid (kakao.md 4.1). Where the body is unseen, 401 may also be -406. */
export const tokenRefused = createRefusalRule({
  id: 'token-refused',
  place: PLATFORM_KEYS,
  fix: [step('fresh_token'), step('check_domain'), step('not_a_logout')],
  about: (c) => c.code === -401 || (c.status === 401 && c.code === null),
  more: (calls) => ({
    causes: [
      cause('token_expired'),
      cause('token_wrong_app'),
      cause('domain_mismatch'),
      ...(calls.some((c) => c.code === null) ? [cause('under_age')] : []),
    ],
  }),
});
