import { POLICY } from '../../kakao/policy.ts';
import type { Verdict } from '../../model/verdict.ts';
import type { LoginCall, LoginContext } from '../login-context.ts';
import type { Severity } from '../rule.ts';

/**
 * Returns the severity of what keeps a login from completion: an error once the login is surely missed, a warning while
 * it is pending or only likely to be missed.
 */
export function completionSeverity({ verdict, certainty }: Verdict): Severity {
  if (verdict === 'missed' && certainty === 'certain') return 'error';
  return verdict === 'missed' || verdict === 'pending' ? 'warning' : 'info';
}

/**
 * Returns the severity of refused calls: only a note under manual link, where no call but the sign-up call
 * completes a login.
 */
export function refusalSeverity(
  { linkMode, verdict }: LoginContext,
  calls: readonly LoginCall[],
): Severity {
  const includesSignup = calls.some((c) => c.path === POLICY.signup.path);
  return linkMode === 'manual' && !includesSignup ? 'info' : completionSeverity(verdict);
}
