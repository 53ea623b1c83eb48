import { CUT_BY_MS } from '../../kakao/policy.ts';
import type { OpenDoubt } from '../../model/login.ts';
import type { Derivation } from './derivation.ts';
import type { Link } from './link.ts';

/** Notes why it is not certain, from an instant (epoch ms) on, that a link is still open. */
export function addOpenDoubt(
  derivation: Derivation,
  link: Link,
  at: number,
  doubt: OpenDoubt,
): void {
  const { maker } = link;
  if (at - maker.loggedInAt > CUT_BY_MS) return;
  // Thousands of logins may doubt the same links: what is known already is not written down again.
  if (doubt !== 'cut-unsure' && !link.maybeCompleted)
    derivation.changeLink(link, { maybeCompleted: true });
  const same = maker.openDoubts.find((d) => d.doubt === doubt);
  if (same && same.at <= at) return;
  const others = maker.openDoubts.filter((d) => d !== same);
  derivation.changeLogin(maker, { openDoubts: [...others, { at, doubt }] });
}
