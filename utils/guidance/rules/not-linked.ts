import { refusal } from '../calls.ts';
import { cause, step } from '../text.ts';

/** -101: the account is not linked to the app (kakao.md 4.1, 5.3). */
export const notLinked = refusal({
  id: 'not-linked',
  fix: [step('log_in_again'), step('treat_as_unlinked')],
  about: (c) => c.code === -101,
  more: () => ({ causes: [cause('manual_pending'), cause('link_was_cut')] }),
});
