import type { Login } from '../model/login.ts';
import { unseenCallsSince } from './deadline.ts';

/**
 * Makes a test of whether what was derived of some logins rests on another one: on a call that may be of either, on calls of
 * it that may have gone unseen, or on when it ended.
 */
export function restingOf(logins: readonly Login[]): (other: Login) => boolean {
  const named = new Set<unknown>(logins.flatMap(namedBy));
  // Another login that ended while one was on its way may have made the link.
  const unsure = logins.filter((l) => l.certainty === 'likely');
  return (other) =>
    named.has(other.id) ||
    named.has(other.loggedInAt) ||
    named.has(unseenCallsSince(other)) ||
    other.evidence.some((e) => named.has(e.at)) ||
    unsure.some((l) => other.loggedInAt >= l.startedAt && other.loggedInAt < l.loggedInAt);
}

/** The instants (epoch ms) of what a login's derived fields rest on, and the ids of logins that its calls may be of. */
function namedBy(login: Login): (number | string)[] {
  const { openDoubts, possibleCalls, creditedListedCall, creditedSignupCall, cut } = login;
  const told = [...openDoubts, creditedListedCall, creditedSignupCall, cut];
  return [
    ...told.flatMap((one) => one?.at ?? []),
    ...Object.values(possibleCalls),
    ...login.evidence.flatMap((e) => e.of),
  ];
}
