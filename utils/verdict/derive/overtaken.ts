import { isTokenByMessage, type Login } from '../../model/login.ts';
import { LONGEST_EXCHANGE_MS } from '../state/time-limits.ts';
import { cameInTime } from '../state/token-issue.ts';
import type { Derivation } from './derivation.ts';

// Kakao may make a link with the token, and not with the code already (docs/kakao-rules.md#links): of two logins of an account
// the one that got its token first has made it, whichever came first.

/** The earlier logins that got their tokens after a login got its own, or may have. */
export function overtakenBy(derivation: Derivation, login: Login): Login[] {
  const { loggedInAt } = login;
  return derivation
    .loginsEndedBetween(loggedInAt - LONGEST_EXCHANGE_MS, loggedInAt)
    .filter((earlier) => mayHaveOvertaken(login, earlier));
}

/** Whether an earlier login got its token, or may have, after a login's code had come, and no sooner than that login got its own. */
export function mayHaveOvertaken(login: Login, earlier: Login): boolean {
  const { tokenAt, loggedInAt, tab } = login;
  if (cameInTime(earlier)) return (tokenAt ?? loggedInAt) < (earlier.tokenAt ?? 0);
  // A tab that logs in once more has left the page that had a code, and a server gets its token before it answers.
  const mayWait = earlier.tab !== tab && !earlier.codeKept && !isTokenByMessage(earlier);
  return mayWait && exchangesInPages(login, earlier);
}

/** Whether pages of the site that two logins are of exchange their codes, as one of them did. */
function exchangesInPages({ tokenAt, seenInBrowser, site }: Login, other: Login): boolean {
  return tokenAt !== null && seenInBrowser && site === other.site;
}
