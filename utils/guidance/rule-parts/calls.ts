import { POLICY } from '../../kakao/policy.ts';
import { isCompletingListedCall, isCompletingSignup } from '../../verdict/evaluate-call.ts';
import type { LoginCall, LoginContext } from '../context.ts';

/** Returns the ids of the observations that show the given calls. */
export const evidenceIds = (calls: readonly LoginCall[]): string[] =>
  calls.flatMap((c) => c.observationIds);

/** Lists the calls as `METHOD /path`, each once, separated by commas, for use in a sentence. */
export function callNames(calls: readonly LoginCall[]): string {
  return [...new Set(calls.map((c) => `\`${c.method} ${c.path}\``))].join(', ');
}

/** Tells whether no call of the login completes the sign-up, neither under auto link nor under manual link. */
export function nothingCompletes({ login }: LoginContext): boolean {
  return (
    !login.creditedListedCall && !login.creditedSignupCall && !login.listedCall && !login.signupCall
  );
}

/** Returns the calls that could have completed the sign-up but were answered with an error. */
export function refusedCalls({ calls }: LoginContext): LoginCall[] {
  const { qualifying, signup } = POLICY;
  return calls.filter(
    (c) =>
      (c.path === signup.path ? c.method === signup.method : qualifying.includes(c.path)) &&
      (c.status >= 400 || c.code !== null) &&
      !isCompletingListedCall(c) &&
      !isCompletingSignup(c),
  );
}
