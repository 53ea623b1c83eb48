import type { Login } from '../model/login.ts';
import { addDoubt } from './apply-evidence.ts';
import type { Derivation } from './derivation.ts';
import type { FoundLinks } from './found-links.ts';
import type { Link } from './link.ts';

/** How many links a login whose account is not known is held against, each with all of its calls. */
const MAX_PERHAPS = 200;

/**
 * The links that a login may be of and that are later than one of them, or all, in order of arrival: the latest of them.
 * Those before have every doubt at once that this login and its calls could cast on them, and are looked at no more, so
 * that thousands of logins of unknown accounts are not each held against all others.
 */
export function perhapsAfter(
  derivation: Derivation,
  found: FoundLinks,
  earlier: Link | null,
  { loggedInAt }: Login,
): Link[] {
  const links = found.linksAfter(earlier);
  const others = links.slice(0, -MAX_PERHAPS);
  for (const link of others) {
    derivation.changeLink(link, { maybeCompleted: true, maybeCut: true });
    addDoubt(derivation, link, loggedInAt, 'other-login-unseen');
    addDoubt(derivation, link, loggedInAt, 'cut-unsure');
  }
  derivation.closeAll(others);
  return links.slice(-MAX_PERHAPS);
}
