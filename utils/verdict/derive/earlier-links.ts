import { linkMode } from '../../model/app.ts';
import type { Login } from '../../model/login.ts';
import { MINUTE_MS, SECOND_MS } from '../../model/time.ts';
import { FLOW_TIMEOUT_MS } from '../state/time-limits.ts';
import { cameInTime } from '../state/token-issue.ts';
import type { EarlierLinks } from './classify-login.ts';
import { otherConnectedThen, otherEndedThen } from './connected-at.ts';
import type { Derivation } from './derivation.ts';
import type { FoundLinks } from './found-links.ts';
import { isDead, type Link } from './link.ts';
import { mayHaveOvertaken, overtakenBy } from './overtaken.ts';

/** A link is held to be there still for this long after a login: a person takes longer to cut it in Kakao's settings. */
const CUT_TAKES_MS = 2 * MINUTE_MS;

/**
 * What the links that were found, and the logins before, say of the link that a login may have found or made. `maker` is the
 * earlier login that made the link of which its `connected_at` tells; undefined where none is known.
 */
export function earlierLinksOf(
  derivation: Derivation,
  found: FoundLinks,
  login: Login,
  maker: Login | undefined,
): EarlierLinks {
  return {
    linkMode: linkMode(derivation.appOf(login)),
    alive: aliveAmong(derivation, found, login),
    madeMeanwhile: madeMeanwhile(derivation, found, login),
    mayHaveFound: found.some((f) => !f.link.isOlder),
    // Looked for only where it is asked for: the search may go through thousands of links.
    ownKnown:
      login.consentUnseenBecause === 'consent-answer-unseen' &&
      found.some((f) => f.relation === 'same'),
    otherEndedThen: otherEndedThen(derivation, login),
    otherConnectedThen: maker !== undefined || otherConnectedThen(derivation, login),
  };
}

/** Whether the account of a login had a link when it ended, as far as the links that were found say. */
function aliveAmong(
  derivation: Derivation,
  found: FoundLinks,
  login: Login,
): 'surely' | 'no' | 'unknown' {
  const latest = found.latestNear((f) => f.relation === 'same');
  if (latest) return derivation.isSurelyAlive(latest.link, login.loggedInAt) ? 'surely' : 'unknown';
  if (found.some(() => true)) return 'unknown';
  return derivation.latestLinkOf(login) ? 'no' : 'unknown';
}

/** Whether another login made, or found, the account's link while the consent screen of a login was shown. */
function madeMeanwhile(
  derivation: Derivation,
  found: FoundLinks,
  login: Login,
): 'surely' | 'no' | 'unknown' {
  const { done, linksOfLogins } = derivation;
  const { consent, screenOrdinal, unseenMeanwhile } = login;
  // What other tabs did while nothing was recorded is not known.
  if (unseenMeanwhile) return 'unknown';
  if (screenOrdinal === null && consent !== 'shown') return 'no';
  // Of a screen that was not seen itself, only its answer, nobody knows since when it was shown.
  const isBefore = (l: Login) =>
    screenOrdinal === null
      ? login.startedAt - l.loggedInAt > FLOW_TIMEOUT_MS
      : l.ordinal < screenOrdinal;
  const mayBeOfAccount = (l: Login) => derivation.relationTo(l, login) !== 'different';
  const meanwhile = done.slice(done.findLastIndex(isBefore) + 1).filter(mayBeOfAccount);
  // A token that was not seen may have come after the screen.
  const waiting = overtakenBy(derivation, login).filter(
    (l) => !cameInTime(l) && !isSurelyRepeat(l) && mayBeOfAccount(l),
  );
  if (!meanwhile.length && !waiting.length) return 'no';
  const areAllDead = [...waiting, ...meanwhile].every((l) => {
    const links = linksOfLogins.get(l.id);
    return links?.surely && !links.perhaps.length && isDead(links.surely, login.loggedInAt);
  });
  if (areAllDead) return 'no';
  if (screenOrdinal === null) return 'unknown';
  const isRecent = (l: Login) => login.loggedInAt - l.loggedInAt <= CUT_TAKES_MS;
  const sure = found.latestNear(
    ({ link, relation }) =>
      relation === 'same' &&
      (link.completed || hasTokenBefore(derivation, link.maker, login)) &&
      meanwhile.some((l) => isRecent(l) && linksOfLogins.get(l.id)?.surely === link) &&
      derivation.isSurelyAlive(link, login.loggedInAt),
  );
  return sure && !tellsOfAnother(login, sure.link) ? 'surely' : 'unknown';
}

/** Whether a login surely found its link, so that its token made none. */
function isSurelyRepeat({ kind, certainty }: Login): boolean {
  return kind === 'repeat' && certainty === 'certain';
}

/** Whether an earlier login got its token before a login got its own. */
function hasTokenBefore(derivation: Derivation, earlier: Login, login: Login): boolean {
  return cameInTime(earlier) && !mayHaveOvertaken(derivation, login, earlier);
}

/**
 * Whether Kakao told a login of a link that was made at another instant than a link's maker was told of: that one was cut
 * since, in Kakao's settings. A sign-up moves the instant.
 */
function tellsOfAnother({ connectedAt }: Login, { maker, app, maybeCompleted }: Link): boolean {
  if (connectedAt === null || maker.connectedAt === null) return false;
  const isMoved = linkMode(app) !== 'auto' && maybeCompleted;
  return !isMoved && Math.abs(connectedAt - maker.connectedAt) > SECOND_MS;
}
