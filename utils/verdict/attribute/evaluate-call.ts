import {
  isListedCall,
  isSignupCall,
  isUnconfirmedCall,
  POLICY,
  QUALIFYING,
  SIGNUP,
} from '../../kakao/policy.ts';
import type { LinkMode } from '../../model/observation.ts';

/** Why a call counts for a login, or why it does not. */
export type CallReason =
  | 'listed'
  | 'signup'
  | 'already-registered'
  | 'from-cache'
  | 'not-200'
  | 'error-body'
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
  /** 0 where no answer came. */
  status: number;
  code: number | null;
  cached?: boolean;
}

/** Whether a call counts, and why or why not. */
interface Evaluation {
  counts: boolean;
  why: CallReason;
}

/** Whether a call was answered 200 and its body, as far as it is known, is no error of Kakao's. */
export function isSuccess({ status, code }: Pick<CallFacts, 'status' | 'code'>): boolean {
  return status === 200 && !hasErrorBody({ code });
}

/** Whether a body is an error of Kakao's, whose codes are below zero. */
function hasErrorBody({ code }: Pick<CallFacts, 'code'>): boolean {
  return code !== null && code < 0;
}

/** Whether a call is manual link's sign-up call, answered by 200 or by -102, already registered. */
export function isCompletingSignup(call: CallFacts): boolean {
  if (call.cached || !isSignupCall(call)) return false;
  return isSuccess(call) || call.code === SIGNUP.alreadyRegistered;
}

/** Whether a call is a listed one, by GET or POST, that Kakao itself answered 200. */
export function isCompletingListedCall(call: CallFacts): boolean {
  return isListedCall(call) && isSuccess(call) && !call.cached;
}

/**
 * Says whether a call completes a login under a link mode, and why or why not. See docs/kakao-rules.md#completion and
 * docs/kakao-rules.md#manual-link.
 */
export function evaluateCall(call: CallFacts, mode: LinkMode): Evaluation {
  if (call.method === 'OPTIONS') return refuse('preflight');
  if (call.cached) return refuse('from-cache');
  if (call.path === SIGNUP.path) return evaluateSignup(call, mode);
  if (isUnconfirmedCall(call)) return refuse('unconfirmed');
  if (POLICY.never.includes(call.path)) return refuse('never-counts');
  if (!QUALIFYING.includes(call.path)) return refuse('not-listed');
  if (!isCompletingListedCall(call)) return refuse(failureOf(call));
  return mode === 'manual' ? refuse('manual-needs-signup') : { counts: true, why: 'listed' };
}

function evaluateSignup(call: CallFacts, mode: LinkMode): Evaluation {
  if (!isCompletingSignup(call)) return refuse(failureOf(call));
  if (mode === 'auto') return refuse('signup-on-auto');
  if (mode === 'unknown') return refuse('not-listed');
  return { counts: true, why: call.status === 200 ? 'signup' : 'already-registered' };
}

function failureOf({ status, code }: CallFacts): CallReason {
  if (status === 0) return 'no-answer';
  return status === 200 && hasErrorBody({ code }) ? 'error-body' : 'not-200';
}

function refuse(why: CallReason): Evaluation {
  return { counts: false, why };
}
