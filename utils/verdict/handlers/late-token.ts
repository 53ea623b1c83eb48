import type { Login } from '../../model/login.ts';
import { loginsAfter } from '../state/login-index.ts';
import { cameInTime } from '../state/token-issue.ts';
import { markChanged, type ReduceContext } from './reduce-context.ts';

/**
 * Notes, when a login gets its first token, which screens were shown while it was waited for: Kakao may make the link with the
 * token, and not with the code already (docs/kakao-rules.md#links), so that they may be the account's own.
 */
export function noteLateToken(context: ReduceContext, login: Login): void {
  if (!cameInTime(login)) return;
  const { loginState } = context;
  const later = loginsAfter(loginState, login.ordinal);
  for (const shown of [...Object.values(loginState.tracking.flows), ...later])
    if (shown.screenOrdinal !== null)
      shown.screenOrdinal = Math.min(shown.screenOrdinal, login.ordinal);
  markChanged(context, later);
}
