import { WINDOW_MS } from '../../kakao/policy.ts';
import {
  areOfOneSite,
  type CompletionDoubt,
  type Evidence,
  type Login,
} from '../../model/login.ts';
import { isBeforeToken, wasAskedElsewhereBefore } from '../state/token-issue.ts';
import type { Derivation } from './derivation.ts';
import { isCut, isDead, isSurelyFirst, type Link } from './link.ts';
import { allLinks, type LoginLinks } from './login-links.ts';

/** A link that a request may be of. */
export interface EvidenceLink {
  link: Link;
  /** Whether it is surely of this link, likelier than of any other, or perhaps. */
  belongs: 'surely' | 'likely' | 'perhaps';
  /** Why it is not certain of which link it is; null where it is. */
  doubt: CompletionDoubt | null;
}

/** A login whose token a request may carry, with those links that the token may be for. */
interface Candidate {
  login: Login;
  links: LoginLinks;
}

/**
 * The doubt about a request that no link which may be there explains: Kakao's job left one of them, or the token is of another
 * login.
 */
const UNEXPLAINED: CompletionDoubt = 'account-unknown';

/**
 * Finds the links that a request may be of: those of the logins whose token it may carry that may have been there when it was
 * sent.
 */
export function findEvidenceLinks(derivation: Derivation, evidence: Evidence): EvidenceLink[] {
  const candidates = evidence.of.flatMap((id) => {
    const links = derivation.linksOfLogins.get(id);
    const login = derivation.loginState.logins.get(id);
    return links && login ? [{ login, links }] : [];
  });
  const notDead = withLinks(candidates, evidence, isDead);
  // A link that seems missed may have been completed unseen; the token of one that was cut is no good.
  const there = notDead.length ? notDead : withLinks(candidates, evidence, isCut);
  const possible = ofNamedAccount(derivation, there, evidence);
  const [first] = possible;
  if (!first) return [];
  const isExplained =
    notDead.length > 0 && areAllKnown(derivation, evidence) && !isOfKeptToken(candidates, evidence);
  const ownDoubt = evidence.doubt ?? (isExplained ? null : UNEXPLAINED);
  const all = new Set(possible.flatMap(({ links }) => allLinks(links)));
  const isSure = all.size === 1 && ownDoubt === null;
  // A login's own link has its calls for sure, whichever link that is.
  const ofOne = possible.length === 1 && ownDoubt === null ? first.links.surely : null;
  const likeliest = likeliestOf(derivation, first, evidence);
  const doubt = ownDoubt ?? likeliestDoubt(possible, likeliest);
  const { likely: found } = first.links;
  const isLikely = (link: Link) =>
    link === likeliest || (link === found && isOpenFor(link, evidence));
  return [...all].map((link) => {
    if (isSure || link === ofOne) return { link, belongs: 'surely', doubt: null };
    return { link, belongs: isLikely(link) ? 'likely' : 'perhaps', doubt };
  });
}

/**
 * Whether the logins whose token a request may carry are all there. If not, Kakao may have taken the token of one that
 * retention has removed.
 */
function areAllKnown({ loginState }: Derivation, { of }: Evidence): boolean {
  return of.every((id) => loginState.logins.has(id));
}

/** Whether none of some logins can have got the token of a request: a site may have kept that of whoever logged in before. */
function isOfKeptToken(candidates: readonly Candidate[], evidence: Evidence): boolean {
  return candidates.every(
    ({ login }) =>
      isBeforeToken(login, evidence.sentAt) || wasAskedElsewhereBefore(login, evidence),
  );
}

/** The candidates that had, or may have had, a link when a request was sent, with these links. `isGone` says which were not there. */
function withLinks(
  candidates: readonly Candidate[],
  request: Evidence,
  isGone: (link: Link, at: number) => boolean,
): Candidate[] {
  return candidates.flatMap(({ login, links }) => {
    const there = withoutGone(links, request, isGone);
    return allLinks(there).length ? [{ login, links: there }] : [];
  });
}

/** Of the candidates only those of the account that the answer named, where their links are not in doubt; else all of them. */
function ofNamedAccount(
  derivation: Derivation,
  candidates: Candidate[],
  { account, sentAt }: Evidence,
): Candidate[] {
  if (account === null) return candidates;
  const named = candidates.filter(({ login }) => login.userHash === account);
  const isThere = (link: Link | null) =>
    link !== null && !link.maybeCut && (link.isOlder || derivation.isSurelyAlive(link, sentAt));
  // A later link of an account that nothing names may be the same one's, whose earlier link was cut unseen; a login may have made
  // one where it was not seen whether it was asked for consent.
  const isMadeLater = ({ maker }: Link) =>
    (isSurelyFirst(maker) || maker.consent === 'unseen') &&
    named.some((n) => n.login.ordinal < maker.ordinal);
  const mayBeAnew = ({ login, links }: Candidate) =>
    login.userHash === null && allLinks(links).some(isMadeLater);
  const areSure = named.length > 0 && named.every((n) => isThere(n.links.surely));
  return areSure && !candidates.some(mayBeAnew) ? named : candidates;
}

/** The links without those that were gone when a request was sent that Kakao answered 200: it took no token of theirs then. */
function withoutGone(
  { surely, perhaps, likely }: LoginLinks,
  request: Evidence,
  isGone: (link: Link, at: number) => boolean,
): LoginLinks {
  const at = request.sentAt;
  const wasThere = (link: Link) => request.status !== 200 || !isGone(link, at);
  return {
    surely: surely && wasThere(surely) ? surely : null,
    perhaps: perhaps.filter(wasThere),
    likely,
  };
}

/** The link that a login's token is likeliest for; null where several are as likely, or the login was told of another. */
function likeliestOf(
  derivation: Derivation,
  { login, links: { surely, perhaps } }: Candidate,
  request: Evidence,
): Link | null {
  if (surely && !surely.isOlder) return surely;
  const open = perhaps.filter(
    (link) => isOpenFor(link, request) && !derivation.isToldOfOther(login, link),
  );
  return open.length === 1 ? (open[0] ?? null) : null;
}

/** Whether a login made a link that is in its window when a request comes, and is not completed yet. */
function isOpenFor({ completed, isOlder, maker }: Link, { at }: Evidence): boolean {
  return !completed && !isOlder && at - maker.loggedInAt <= WINDOW_MS;
}

/** Why it is not certain that a request is of the likeliest of the candidates' links. */
function likeliestDoubt(candidates: readonly Candidate[], likeliest: Link | null): CompletionDoubt {
  const logins = candidates.map(({ login }) => login);
  const isOwnLink = logins[0] === likeliest?.maker;
  return logins.length > 1 && areOfOneSite(logins) && isOwnLink ? 'other-tab' : 'account-unknown';
}
