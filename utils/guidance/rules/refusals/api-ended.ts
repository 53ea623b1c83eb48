import { createRefusalRule } from '../../rule-parts/refusal-rule.ts';
import { step } from '../../text.ts';

/** Fires on -9: Kakao ended the API. See docs/kakao-rules.md#errors. */
export const apiEnded = createRefusalRule({
  id: 'api-ended',
  fix: [step('replace_retired'), step('log_in_again')],
  matches: (c) => c.code === -9,
});
