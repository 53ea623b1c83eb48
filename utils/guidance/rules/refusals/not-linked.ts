import { createRefusalRule } from './refused-calls.ts';
import { cause, step } from '../../text.ts';

/** -101: the account is not linked to the app (kakao.md 4.1, 5.3). */
export const notLinked = createRefusalRule({
  id: 'not-linked',
  fix: [step('log_in_again'), step('treat_as_unlinked')],
  about: (c) => c.code === -101,
  more: (_calls, { mode, login }) => {
    const pending = mode === 'auto' ? [] : [cause('manual_pending')];
    const cut = cause('link_was_cut');
    return {
      causes: login.unlinkCall ? [cut, ...pending] : [...pending, cut],
      fix: [
        mode === 'manual' ? step('call_signup') : step('log_in_again'),
        step('treat_as_unlinked'),
      ],
    };
  },
});
