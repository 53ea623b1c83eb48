import type { Login } from '../../model/login.ts';
import type { Observation } from '../../model/observation.ts';
import { addEvidence } from '../attribute/evidence.ts';
import { markChanged, type ReduceContext } from './reduce-context.ts';

/**
 * Notes on recent logins that an observation is a sign of a login which was not seen: that one may be of the same account, and
 * its calls may complete the link that a recent one made.
 */
export function noteUnseenLogin(
  context: ReduceContext,
  sign: Observation,
  recent: readonly Login[],
): void {
  const before = context.loginState.tracking.nextOrdinal;
  addEvidence(sign, ['unseen-login'], recent, { doubt: 'account-unknown', before });
  markChanged(context, recent);
}
