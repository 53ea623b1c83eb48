import { WINDOW_MS } from '../../kakao/policy.ts';
import { linkMode } from '../../model/app.ts';
import type { Login } from '../../model/login.ts';
import { SECOND_MS } from '../../model/time.ts';
import {
  CLOCK_ERROR_MS,
  CONNECTED_TOLERANCE_MS,
  CONSENT_TAKES_MS,
  LONGEST_EXCHANGE_MS,
} from '../state/time-limits.ts';
import { wasTokenIssued } from '../state/token-issue.ts';
import { mayHaveMadeLink, mayHaveMadeLinkAt } from './classify-login.ts';
import type { Derivation } from './derivation.ts';
import { isCut, isSurelyFirst, type Link } from './link.ts';

// What the logins derived so far say of the link whose `connected_at` a new login was told.

/**
 * The login that made the link of a login's `connected_at`: the only one that may have made one within seconds of it, and surely a
 * first one. Undefined under manual link, where `connected_at` is the instant of the sign-up.
 */
export function makerByConnectedAt(derivation: Derivation, login: Login): Login | undefined {
  const { connectedAt } = login;
  const tells = linkMode(derivation.appOf(login)) === 'auto' && wasTokenIssued(login);
  if (connectedAt === null || !tells) return undefined;
  const [maker, ...others] = derivation
    .loginsEndedBetween(connectedAt - LONGEST_EXCHANGE_MS, connectedAt + LONGEST_EXCHANGE_MS)
    .filter((other) => mayHaveMadeLinkAt(connectedAt, other));
  if (!maker || others.length || mayHaveMadeLink(login) || !isSurelyFirst(maker)) return undefined;
  const took = maker.loggedInAt - connectedAt;
  return took > -SECOND_MS && took < CONSENT_TAKES_MS ? maker : undefined;
}

/**
 * Whether another login, perhaps of the same account, ended about when a login's `connected_at` says, as far as clocks agree.
 * One whose link was cut before this login does not count: no answer tells of a link that is gone.
 */
export function otherEndedThen(derivation: Derivation, login: Login): boolean {
  const { connectedAt, loggedInAt } = login;
  if (connectedAt === null) return false;
  return derivation
    .loginsEndedBetween(connectedAt - CLOCK_ERROR_MS, connectedAt + CLOCK_ERROR_MS)
    .some(
      (other) => mayBeOfUser(derivation, other, login) && !isLinkCut(derivation, other, loggedInAt),
    );
}

/** Whether an earlier login may be of a login's user. One account's user id may be another after its link was cut. */
function mayBeOfUser(derivation: Derivation, earlier: Login, login: Login): boolean {
  const isOfSession = earlier.kakaoSession === login.kakaoSession && earlier.userHash === null;
  return isOfSession || derivation.relationTo(earlier, login) !== 'different';
}

/** Whether the one link that a login may have made or found was surely cut before an instant (epoch ms). */
function isLinkCut({ linksOfLogins }: Derivation, { id }: Login, at: number): boolean {
  const links = linksOfLogins.get(id);
  return links?.surely ? !links.perhaps.length && isCut(links.surely, at) : false;
}

/**
 * The links that a login's `connected_at` may be of, even where nothing else tells so: made by logins that ended then,
 * or, where the link may be made by the sign-up, in the day before.
 */
export function linksMadeThen(derivation: Derivation, login: Login): Link[] {
  const { connectedAt } = login;
  if (connectedAt === null) return [];
  const span = linkMode(derivation.appOf(login)) === 'auto' ? CONNECTED_TOLERANCE_MS : WINDOW_MS;
  // A login that began within two minutes after that may have ended a little later.
  const latest = connectedAt + 2 * CONNECTED_TOLERANCE_MS;
  return derivation.loginsEndedBetween(connectedAt - span, latest).flatMap((maker) => {
    const link = derivation.linksOfLogins.get(maker.id)?.surely;
    const isThen = maker.startedAt - connectedAt <= CONNECTED_TOLERANCE_MS;
    const isMade = link?.maker === maker && isThen;
    return isMade && derivation.relationTo(maker, login) !== 'different' ? [link] : [];
  });
}

/** Whether an earlier login, perhaps of the account, was told the same `connected_at`. */
export function otherConnectedThen(derivation: Derivation, login: Login): boolean {
  const others = derivation.loginsConnectedAt(login.connectedAt);
  return others.some((other) => derivation.relationTo(other, login) !== 'different');
}
