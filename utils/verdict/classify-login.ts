import type { Certainty, DerivedFields, Kind, KindBecause, Login } from '../model/login.ts';
import { MINUTE_MS } from '../model/time.ts';

/** How far `connected_at` and the instant of the login that made the link may be apart. */
const CONNECTED_TOLERANCE_MS = 2 * MINUTE_MS;

/** What is known of the same account's earlier logins when a login's kind is decided. */
export interface EarlierLogins {
  /** The account was surely linked to the app right before this login. */
  linked(): boolean;
  /** There is an earlier first login of the account whose link may still stand. */
  first: boolean;
  /** `connected_at` values seen before, epoch ms. */
  connectedAts: ReadonlySet<number>;
}

/** A login's kind, why, and how sure that is. */
type Classification = Pick<DerivedFields, 'kind' | 'kindBecause' | 'certainty'>;

/**
 * Decides whether a login made a new link between account and app. Consent is shown only at the first link or for extra
 * consent: docs/kakao-rules.md#consent. `connected_at` within two minutes of the login, or `has_signed_up: false`, says
 * that the link is new: docs/kakao-rules.md#connected-at.
 */
export function classifyLogin(login: Login, earlier: EarlierLogins): Classification {
  const as = (
    kind: Kind,
    kindBecause: KindBecause,
    certainty: Certainty = 'certain',
  ): Classification => ({ kind, kindBecause, certainty });

  if (login.consent === 'none')
    return login.notSignedUp && !earlier.first
      ? as('first', 'not-signed-up')
      : as('repeat', 'no-consent');
  if (wasConnectedBefore(login, earlier)) return as('repeat', 'connected-before');
  if (login.consent === 'shown' && !login.extraConsentRequested) return as('first', 'consent');
  if (wasConnectedNow(login)) return as('first', 'connected-now');
  if (login.notSignedUp) return as('first', 'not-signed-up');
  if (login.consent === 'shown')
    return earlier.linked()
      ? as('repeat', 'extra-consent')
      : as('first', 'consent-with-scope', 'likely');
  return as('unknown', login.consentUnseenBecause ?? 'flow-not-seen', 'likely');
}

/** `connected_at` is older than the login's first step, or was seen at an earlier login already. */
function wasConnectedBefore(
  { connectedAt, startedAt }: Login,
  { connectedAts }: EarlierLogins,
): boolean {
  if (connectedAt === null) return false;
  return connectedAt < startedAt - CONNECTED_TOLERANCE_MS || connectedAts.has(connectedAt);
}

function wasConnectedNow({ connectedAt, loggedInAt }: Login): boolean {
  return connectedAt !== null && Math.abs(connectedAt - loggedInAt) <= CONNECTED_TOLERANCE_MS;
}
