import { CONSENT_ITEMS } from '../../../kakao/console-menus.ts';
import { createRefusalRule } from './refused-calls.ts';
import { cause, step } from '../../text.ts';

/** 403 has at least six causes; the code that tells them apart stands only in the body (kakao.md 4.1). */
export const forbiddenUnknown = createRefusalRule({
  id: 'forbidden-unknown',
  place: CONSENT_ITEMS,
  fix: [step('read_code'), step('set_consent_item'), step('call_user_me')],
  about: (c) => c.status === 403 && c.code === null,
  more: () => ({
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
