import { isTokenByMessage, type Login } from '../../model/login.ts';
import { loginsOfSite } from '../state/login-index.ts';
import { LONGEST_EXCHANGE_MS } from '../state/time-limits.ts';
import { cameInTime } from '../state/token-issue.ts';
import type { Derivation } from './derivation.ts';

// Kakao may make a link with the token, and not with the code already (docs/kakao-rules.md#links): of two logins of an account
// the one that got its token first has made it, whichever came first.

/** How many of a site's latest logins tell whether its pages exchange their codes. */
const TELLING_LOGINS = 20;

/** The earlier logins that got their tokens after a login got its own, or may have. */
export function overtakenBy(derivation: Derivation, login: Login): Login[] {
  const { loggedInAt } = login;
  return derivation
    .loginsEndedBetween(loggedInAt - LONGEST_EXCHANGE_MS, loggedInAt)
    .filter((earlier) => mayHaveOvertaken(derivation, login, earlier));
}

/** Whether an earlier login got its token, or may have, after a login's code had come, and no sooner than that login got its own. */
export function mayHaveOvertaken(derivation: Derivation, login: Login, earlier: Login): boolean {
  const { tokenAt, loggedInAt, tab } = login;
  if (cameInTime(earlier)) return (tokenAt ?? loggedInAt) < (earlier.tokenAt ?? 0);
  // A tab that logs in once more has left the page that had a code, and a server gets its token before it answers.
  const mayWait = earlier.tab !== tab && !earlier.codeKept && !isTokenByMessage(earlier);
  return mayWait && (wasUnwatched(earlier) || exchangesInPages(derivation, login, earlier));
}

/** Whether a login's page may have exchanged its code where nobody saw it. */
function wasUnwatched({ visibilityGap, loggedInAt }: Login): boolean {
  return visibilityGap !== null && visibilityGap.at - loggedInAt <= LONGEST_EXCHANGE_MS;
}

/** Whether pages of the site that two logins are of exchange their codes, as those of one up to the later one did. */
function exchangesInPages({ loginState }: Derivation, login: Login, { site }: Login): boolean {
  if (site === null || site !== login.site) return false;
  const ofSite = loginsOfSite(loginState, site);
  const next = ofSite.findLastIndex(({ ordinal }) => ordinal <= login.ordinal) + 1;
  return ofSite
    .slice(Math.max(0, next - TELLING_LOGINS), next)
    .some(({ tokenAt, seenInBrowser }) => tokenAt !== null && seenInBrowser);
}
