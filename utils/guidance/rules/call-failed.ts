import { apiError } from '../../kakao/api-errors.ts';
import { refusal } from '../calls.ts';
import { step } from '../text.ts';

/** A listed call failed, and its code is not known or not in Kakao's table. */
export const callFailed = refusal({
  id: 'call-failed',
  fix: [step('read_code'), step('try_again')],
  about: (c) =>
    c.code === null ? c.status !== 401 && c.status !== 403 : apiError(c.code) === undefined,
  more: (calls) => ({
    fills: [
      calls.map((c) => `\`${c.method} ${c.path}\``).join(', '),
      [...new Set(calls.map((c) => c.code ?? c.status))].join(', '),
    ],
  }),
});
