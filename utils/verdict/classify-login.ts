import type { Certainty, Kind, KindBecause, Login } from '../model/login.ts';

const NEAR = 120_000;

/** What is known of the same account's earlier logins when a login's kind is decided. */
export interface EarlierLogins {
  /** The account was linked to the app right before this login. */
  linked(): boolean;
  /** There is an earlier first login of the account whose link may still stand. */
  first: boolean;
  /** `connected_at` values seen before, epoch ms. */
  connectedAts: ReadonlySet<number>;
}

/**
 * Decides whether a login made a new link between account and app.
 * Consent is shown only at the first link or for extra consent (kakao.md 1.9); `connected_at` within two minutes of
 * the login, or `has_signed_up: false`, says the link is new (kakao.md 4).
 */
export function classifyLogin(
  l: Login,
  earlier: EarlierLogins,
): { kind: Kind; kindBecause: KindBecause; certainty: Certainty } {
  const is = (kind: Kind, kindBecause: KindBecause, certainty: Certainty = 'certain') => ({
    kind,
    kindBecause,
    certainty,
  });
  const { connectedAt } = l;
  const linkedBefore =
    connectedAt !== null &&
    (connectedAt < l.startedAt - NEAR || earlier.connectedAts.has(connectedAt));

  if (l.consent === 'none')
    return l.notSignedUp && !earlier.first
      ? is('first', 'not-signed-up')
      : is('repeat', 'no-consent');
  if (linkedBefore) return is('repeat', 'connected-before');
  if (l.consent === 'shown' && !l.extraConsentRequested) return is('first', 'consent');
  if (connectedAt !== null && Math.abs(connectedAt - l.loggedInAt) <= NEAR)
    return is('first', 'connected-now');
  if (l.notSignedUp) return is('first', 'not-signed-up');
  if (l.consent === 'shown')
    return earlier.linked()
      ? is('repeat', 'extra-consent')
      : is('first', 'consent-with-scope', 'likely');
  return is('unknown', l.consentUnseenBecause ?? 'flow-not-seen', 'likely');
}
