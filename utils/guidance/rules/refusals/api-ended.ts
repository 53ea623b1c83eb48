import { createRefusalRule } from './refused-calls.ts';
import { step } from '../../text.ts';

/** -9: Kakao ended the API (kakao.md 4.1). */
export const apiEnded = createRefusalRule({
  id: 'api-ended',
  fix: [step('replace_retired'), step('log_in_again')],
  about: (c) => c.code === -9,
});
