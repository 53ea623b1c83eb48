import { POLICY } from '../../kakao/policy.ts';
import type { Login } from '../../model/login.ts';
import {
  isCompletingListedCall,
  isCompletingSignup,
} from '../../verdict/attribute/evaluate-call.ts';
import type { LoginCall, LoginContext } from '../login-context.ts';

/** Returns the ids of the observations that show the given calls. */
export const evidenceIds = (calls: readonly LoginCall[]): string[] =>
  calls.flatMap((c) => c.observationIds);

/** Lists the calls as `METHOD /path`, each once, separated by commas, for use in a sentence. */
export function callNames(calls: readonly LoginCall[]): string {
  return [...new Set(calls.map((c) => `\`${c.method} ${c.path}\``))].join(', ');
}

/** Tells whether no call that is, or may be, of the login completes it, neither under auto link nor under manual link. */
export function nothingCompletes({ login }: LoginContext): boolean {
  const { creditedListedCall, creditedSignupCall, listedCall, signupCall } = login;
  const isCredited = creditedListedCall || creditedSignupCall || listedCall || signupCall;
  return !isCredited && !mayBeCompleted(login);
}

/** Tells whether a call was seen that may be of the login or of another, and that would complete it. */
export function mayBeCompleted({ possibleCalls }: Login): boolean {
  return Object.keys(possibleCalls).length > 0;
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
