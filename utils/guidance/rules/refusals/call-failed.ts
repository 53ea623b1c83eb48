import { apiError } from '../../../kakao/api-errors.ts';
import { POLICY } from '../../../kakao/policy.ts';
import type { LoginCall } from '../../login-context.ts';
import { callNames } from '../../rule-parts/calls.ts';
import { createRefusalRule } from '../../rule-parts/refusal-rule.ts';
import { cause, step } from '../../text.ts';

/**
 * Fires when a listed call failed with a code that was not seen or is not in Kakao's table. See
 * docs/kakao-rules.md#errors.
 */
export const callFailed = createRefusalRule({
  id: 'call-failed',
  fix: [step('read_code'), step('try_again')],
  matches: (c) =>
    c.code === null ? c.status !== 401 && c.status !== 403 : apiError(c.code) === undefined,
  details: (calls) => {
    const signupMayHaveWorked = calls.some((c) => isBare400(c) && c.path === POLICY.signup.path);
    return {
      args: [callNames(calls), [...new Set(calls.map((c) => c.code ?? c.status))].join(', ')],
      ...(signupMayHaveWorked ? { detail: ['guidance.rules.call_failed.signup'] as const } : {}),
      causes: possibleCauses(calls),
    };
  },
});

/** A 400 whose code was not seen. */
const isBare400 = (c: LoginCall) => c.status === 400 && c.code === null;

/** Returns what a 400 without its code may mean, likeliest first. */
function possibleCauses(calls: readonly LoginCall[]) {
  const bare = calls.filter(isBare400);
  if (bare.length === 0) return [];
  const includes = (path: string) => bare.some((c) => c.path === path);
  return [
    ...(includes(POLICY.signup.path) ? [cause('code_102')] : []),
    ...(includes('/v1/api/story/profile') ? [cause('code_9')] : []),
    cause('code_101'),
    cause('code_2'),
    cause('code_10'),
  ];
}
