import { NOT_LINKED } from '../../../kakao/policy.ts';
import { createRefusalRule } from '../../rule-parts/refusal-rule.ts';
import { cause, step } from '../../text.ts';

/**
 * Fires on -101: the account is not linked to the app, because it is not signed up yet or because the link was cut.
 * See docs/kakao-rules.md#errors.
 */
export const notLinked = createRefusalRule({
  id: 'not-linked',
  fix: [step('log_in_again'), step('treat_as_unlinked')],
  matches: (c) => c.code === NOT_LINKED,
  details: (calls, { linkMode, login }) => {
    // A pre-registered account gets 200 of `/v2/user/me`: docs/kakao-rules.md#manual-link.
    const isMeAlone = calls.every((c) => c.path === '/v2/user/me');
    const pending = linkMode === 'auto' || isMeAlone ? [] : [cause('manual_pending')];
    const cut = cause('link_was_cut');
    return {
      causes: login.unlinkCall ? [cut, ...pending] : [...pending, cut],
      fix: [
        linkMode === 'manual' && !isMeAlone ? step('call_signup') : step('log_in_again'),
        step('treat_as_unlinked'),
      ],
    };
  },
});
