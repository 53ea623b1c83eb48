import { POLICY, QUALIFYING, SIGNUP } from '../kakao/policy.ts';
import type { LinkMode } from '../model/observation.ts';

/** Why a call counts for a login, or why it does not. */
export type CallReason =
  | 'listed'
  | 'signup'
  | 'already-registered'
  | 'from-cache'
  | 'not-200'
  | 'no-answer'
  | 'preflight'
  | 'manual-needs-signup'
  | 'signup-on-auto'
  | 'unconfirmed'
  | 'never-counts'
  | 'not-listed';

/** The facts of a call that decide whether it counts. */
export interface CallFacts {
  method: string;
  path: string;
  status: number;
  code: number | null;
  cached?: boolean;
}

/** Whether it is the manual-link call, answered so that the sign-up is complete (200, or -102 already registered). */
export function isCompletingSignup(call: CallFacts): boolean {
  if (call.cached || call.method !== SIGNUP.method || call.path !== SIGNUP.path) return false;
  return call.status === 200 || call.code === SIGNUP.alreadyRegistered;
}

/** Whether it is a listed call, by GET or POST, that Kakao itself answered 200. */
export function isCompletingListedCall(call: CallFacts): boolean {
  return (
    !call.cached &&
    call.status === 200 &&
    (call.method === 'GET' || call.method === 'POST') &&
    QUALIFYING.includes(call.path)
  );
}

/**
 * Says whether a call completes a sign-up under a link mode, and why or why not.
 * Rule: utils/kakao/policy.ts; manual link: Kakao Login REST API, "manual link".
 */
export function evaluateCall(
  call: CallFacts,
  mode: LinkMode,
): { counts: boolean; why: CallReason } {
  const no = (why: CallReason) => ({ counts: false, why });
  if (call.method === 'OPTIONS') return no('preflight');
  if (call.cached) return no('from-cache');
  const isSignup = call.path === SIGNUP.path;
  const listed = QUALIFYING.includes(call.path);
  if (isSignup) {
    if (isCompletingSignup(call))
      return mode === 'auto'
        ? no('signup-on-auto')
        : mode === 'manual'
          ? { counts: true, why: call.status === 200 ? 'signup' : 'already-registered' }
          : no('not-listed');
    return no(call.status === 0 ? 'no-answer' : 'not-200');
  }
  if (POLICY.unconfirmed.includes(call.path)) return no('unconfirmed');
  if (POLICY.never.includes(call.path)) return no('never-counts');
  if (!listed) return no('not-listed');
  if (call.status === 0) return no('no-answer');
  if (!isCompletingListedCall(call)) return no('not-200');
  return mode === 'manual' ? no('manual-needs-signup') : { counts: true, why: 'listed' };
}
