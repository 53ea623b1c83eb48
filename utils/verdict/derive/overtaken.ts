import type { Login } from '../../model/login.ts';
import { LONGEST_EXCHANGE_MS } from '../state/time-limits.ts';
import { cameInTime } from '../state/token-issue.ts';
import type { Derivation } from './derivation.ts';

// Kakao may make a link with the token, and not with the code already (docs/kakao-rules.md#links): of two logins of an account
// the one that got its token first has made it, whichever came first.

/** The earlier logins that got their tokens after a login got its own, as far as is known. */
export function overtakenBy(derivation: Derivation, login: Login): Login[] {
  const { loggedInAt } = login;
  return derivation
    .loginsEndedBetween(loggedInAt - LONGEST_EXCHANGE_MS, loggedInAt)
    .filter((earlier) => mayHaveOvertaken(login, earlier));
}

/** Whether an earlier login got its token after a login's code had come, and no sooner than that login got its own. */
export function mayHaveOvertaken({ tokenAt, loggedInAt }: Login, earlier: Login): boolean {
  const at = tokenAt ?? loggedInAt;
  return earlier.tokenAt !== null && cameInTime(earlier) && at < earlier.tokenAt;
}
