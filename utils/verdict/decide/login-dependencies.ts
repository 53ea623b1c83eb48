import type { Login } from '../../model/login.ts';
import { unseenCallsSince } from '../state/token-issue.ts';

/**
 * Makes a test that says of another login whether the verdicts on some logins depend on it: on a call that may be of either, on
 * calls of the other that may have gone unseen, or on when it ended.
 */
export function createDependencyTest(logins: readonly Login[]): (other: Login) => boolean {
  const ids = new Set(logins.flatMap((l) => l.evidence.flatMap((e) => e.of)));
  const instants = new Set<number | null>(logins.flatMap(instantsOf));
  const ofUnsureKind = logins.filter((l) => l.certainty === 'likely');
  return (other) =>
    ids.has(other.id) ||
    instants.has(other.loggedInAt) ||
    instants.has(unseenCallsSince(other)) ||
    other.evidence.some((e) => instants.has(e.at)) ||
    // One that ended while another was on its way may have made that one's link.
    ofUnsureKind.some((l) => other.loggedInAt >= l.startedAt && other.loggedInAt < l.loggedInAt);
}

/** The instants (epoch ms) in a login's derived fields. The fields do not name the login that they come from; its instants do. */
function instantsOf(login: Login): number[] {
  const { openDoubts, possibleCalls, creditedListedCall, creditedSignupCall, cut } = login;
  const dated = [...openDoubts, creditedListedCall, creditedSignupCall, cut];
  return [...dated.flatMap((one) => one?.at ?? []), ...Object.values(possibleCalls)];
}
