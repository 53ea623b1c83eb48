import { apiError } from '../../../kakao/api-errors.ts';
import { POLICY } from '../../../kakao/policy.ts';
import { callNames, createRefusalRule } from './refused-calls.ts';
import type { LoginCall } from '../../context.ts';
import { cause, step } from '../../text.ts';

/** A listed call failed, and its code is not known or not in Kakao's table. */
export const callFailed = createRefusalRule({
  id: 'call-failed',
  fix: [step('read_code'), step('try_again')],
  about: (c) =>
    c.code === null ? c.status !== 401 && c.status !== 403 : apiError(c.code) === undefined,
  more: (calls) => {
    const signup = calls.some((c) => isBare400(c) && c.path === POLICY.signup.path);
    return {
      args: [callNames(calls), [...new Set(calls.map((c) => c.code ?? c.status))].join(', ')],
      ...(signup ? { detail: ['guidance.rules.call_failed.signup'] as const } : {}),
      causes: possible(calls),
    };
  },
});

const isBare400 = (c: LoginCall) => c.status === 400 && c.code === null;

/** What a 400 may mean whose code is not known, likeliest first. */
function possible(calls: readonly LoginCall[]) {
  const bare = calls.filter(isBare400);
  const of = (path: string) => bare.some((c) => c.path === path);
  if (bare.length === 0) return [];
  return [
    ...(of(POLICY.signup.path) ? [cause('code_102')] : []),
    ...(of('/v1/api/story/profile') ? [cause('code_9')] : []),
    cause('code_101'),
    cause('code_2'),
    cause('code_10'),
  ];
}
