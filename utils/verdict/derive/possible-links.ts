import type { Login } from '../../model/login.ts';
import { addOpenDoubt } from './add-open-doubt.ts';
import type { Derivation } from './derivation.ts';
import type { FoundLinks } from './found-links.ts';
import type { Link } from './link.ts';

/** How many links a login whose account is not known is held against, each with all of its calls. */
const MAX_POSSIBLE = 200;

/**
 * The links that a login may be of, in order of arrival: those later than an earlier one, or all where that is null. At most
 * the latest few are returned. The others get at once every doubt that this login and its calls could cast on them, and are not looked at
 * again: thousands of logins of unknown accounts must not each be held against all others.
 */
export function possibleLinksAfter(
  derivation: Derivation,
  found: FoundLinks,
  earlier: Link | null,
  { loggedInAt }: Login,
): Link[] {
  const links = found.linksAfter(earlier);
  const others = links.slice(0, -MAX_POSSIBLE);
  for (const link of others) {
    derivation.changeLink(link, { maybeCompleted: true, maybeCut: true });
    addOpenDoubt(derivation, link, loggedInAt, 'other-login-unseen');
    addOpenDoubt(derivation, link, loggedInAt, 'cut-unsure');
  }
  derivation.closeAll(others);
  return links.slice(-MAX_POSSIBLE);
}
