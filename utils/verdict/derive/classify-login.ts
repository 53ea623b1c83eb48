import type { Certainty, DerivedFields, Kind, KindBecause, Login } from '../../model/login.ts';
import type { LinkMode } from '../../model/observation.ts';
import { SECOND_MS, WRONG_ZONE_MS } from '../../model/time.ts';
import {
  CONNECTED_TOLERANCE_MS,
  CONSENT_TAKES_MS,
  LOGINS_APART_MS,
  LONGEST_EXCHANGE_MS,
} from '../state/time-limits.ts';
import { cameInTime, wasTokenIssued } from '../state/token-issue.ts';

/** What is known of links that a login may have found when it ended. */
export interface EarlierLinks {
  linkMode: LinkMode;
  /** Whether the account had a link: surely, surely not, or nobody can say. */
  alive: 'surely' | 'no' | 'unknown';
  /** Whether a login in another tab made or found the account's link while this one's consent screen was shown. */
  madeMeanwhile: 'surely' | 'no' | 'unknown';
  /** A link is known that this login may have found. */
  mayHaveFound: boolean;
  /**
   * A link of the account itself is known, however old. Told only for a login without a consent screen whose account had left
   * one unanswered before.
   */
  ownKnown: boolean;
  /** Another login, perhaps of the account, ended about when this one's `connected_at` says, as clocks go. */
  otherEndedThen: boolean;
  /** An earlier login made the link at this one's `connected_at` or, perhaps of the account, was told the same. */
  otherConnectedThen: boolean;
}

/** A login's kind, why, and how sure that is. */
type Classification = Pick<DerivedFields, 'kind' | 'kindBecause' | 'certainty'>;

const as = (
  kind: Kind,
  kindBecause: KindBecause,
  certainty: Certainty = 'certain',
): Classification => ({ kind, kindBecause, certainty });

/**
 * Decides whether a login made a new link between account and app. Consent is shown only at the first link or for extra
 * consent: docs/kakao-rules.md#consent. `connected_at` within two minutes of the login says that the link is new, and
 * `has_signed_up: false` that it may be: docs/kakao-rules.md#connected-at and docs/kakao-rules.md#manual-link. Signs that
 * contradict each other give nothing certain.
 */
export function classifyLogin(login: Login, links: EarlierLinks): Classification {
  if (login.consent === 'none') return classifyUnasked(login, links);
  if (login.consent === 'shown') return classifyShown(login, links);
  if (wasConnectedBefore(login, links) === 'surely') return connectedBefore(login);
  // The screen that was left asked for extra consent, or another tab's was answered.
  const isLinked = links.alive === 'surely' || links.madeMeanwhile === 'surely';
  if (login.consentUnseenBecause === 'consent-answer-unseen') {
    if (isLinked) return as('repeat', 'no-consent');
    if (login.extraConsentRequested && links.ownKnown && links.alive !== 'no')
      return as('repeat', 'no-consent', 'likely');
  }
  if (wasConnectedNow(login))
    return as('first', 'connected-now', isSurelyNow(login, links) ? 'certain' : 'likely');
  if (login.notSignedUp) return as('first', 'not-signed-up', 'likely');
  return as('unknown', login.consentUnseenBecause ?? 'flow-not-seen', 'likely');
}

/** Decides for a login without a consent screen: it found a link, or made one, as apps of Kakao itself show none. */
function classifyUnasked(login: Login, links: EarlierLinks): Classification {
  const { connectedAt, startedAt } = login;
  // `connected_at` tells whole seconds.
  const isSince = connectedAt !== null && connectedAt > startedAt - SECOND_MS;
  if (isSince && wasConnectedNow(login) && isSurelyNow(login, links))
    return as('first', 'connected-now', 'likely');
  return login.notSignedUp && !links.mayHaveFound
    ? as('first', 'not-signed-up', 'likely')
    : as('repeat', login.consentUnseenBecause ?? 'no-consent');
}

/** Decides for a login whose consent screen was shown and answered. */
function classifyShown(login: Login, links: EarlierLinks): Classification {
  const before = wasConnectedBefore(login, links);
  if (login.extraConsentRequested) {
    if (before === 'surely') return connectedBefore(login);
    // The account may have cut its link in Kakao's settings.
    if (links.alive === 'surely') return as('repeat', 'extra-consent', 'likely');
    if (wasConnectedNow(login) && isSurelyNow(login, links)) return as('first', 'connected-now');
    const isNew = links.alive === 'no' && before === 'no';
    return as('first', 'consent-with-scope', isNew ? 'certain' : 'likely');
  }
  if (links.madeMeanwhile === 'surely') return as('repeat', 'linked-meanwhile');
  const isNew = links.madeMeanwhile === 'no' && before === 'no';
  return as('first', 'consent', isNew ? 'certain' : 'likely');
}

/** A login whose `connected_at` is older. */
function connectedBefore(login: Login): Classification {
  return as('repeat', 'connected-before', wasToldOfOwnLink(login) ? 'certain' : 'likely');
}

/**
 * Whether a login's `connected_at` is surely of its own link: unless its token was seen to be issued, and its own tab was told, the
 * answer may be to a token from before.
 */
export function wasToldOfOwnLink(login: Login): boolean {
  const isTokenSeen = wasTokenIssued(login) || login.reportedByServer;
  return login.connectedAt !== null && isTokenSeen && !login.toldElsewhere;
}

/** Whether `connected_at` is older than the login's first step, as far as the clock tells, or was told to an earlier login. */
function wasConnectedBefore(
  login: Login,
  { otherConnectedThen }: EarlierLinks,
): 'surely' | 'maybe' | 'no' {
  const { connectedAt, startedAt } = login;
  if (connectedAt === null) return 'no';
  if (connectedAt < startedAt - WRONG_ZONE_MS) return 'surely';
  if (otherConnectedThen) return mayHaveMadeLink(login) ? 'maybe' : 'surely';
  return connectedAt < startedAt - CONNECTED_TOLERANCE_MS ? 'maybe' : 'no';
}

/** Whether `connected_at` may tell of the link that a login itself made, even if another login was told the same. */
export function mayHaveMadeLink(login: Login): boolean {
  return login.connectedAt !== null && mayHaveMadeLinkAt(login.connectedAt, login);
}

/**
 * Whether a login may have made a link about an instant (epoch ms): from its code on, up to its token. Where only the token shows
 * the login, the page has kept a code, for as long as one serves.
 */
export function mayHaveMadeLinkAt(instant: number, login: Login): boolean {
  const { loggedInAt, tokenAt } = login;
  const from = tokenAt === loggedInAt ? loggedInAt - LONGEST_EXCHANGE_MS : loggedInAt;
  const to = cameInTime(login) ? Math.max(tokenAt ?? 0, loggedInAt) : loggedInAt;
  return instant >= from - LOGINS_APART_MS && instant <= to + LOGINS_APART_MS;
}

/** Whether `connected_at` tells of another link than the one that a login's consent made. */
export function isConnectedBeforeConsent(login: Login): boolean {
  const { consent, extraConsentRequested, connectedAt } = login;
  if (connectedAt === null || consent !== 'shown' || extraConsentRequested) return false;
  return !mayHaveMadeLink(login);
}

function wasConnectedNow({ connectedAt, loggedInAt }: Login): boolean {
  return connectedAt !== null && Math.abs(connectedAt - loggedInAt) <= CONNECTED_TOLERANCE_MS;
}

/**
 * Whether a login itself made the link of its `connected_at`: no other login, seen or lost, can have made it just before. Under
 * manual link nobody knows, since `connected_at` is the instant of the sign-up.
 */
function isSurelyNow(
  { connectedAt, lostAt, unseenMeanwhile, startedAt }: Login,
  { linkMode, otherEndedThen }: EarlierLinks,
): boolean {
  if (connectedAt === null || connectedAt < startedAt - CONSENT_TAKES_MS) return false;
  if (lostAt !== undefined || unseenMeanwhile) return false;
  return linkMode !== 'manual' && !otherEndedThen;
}
