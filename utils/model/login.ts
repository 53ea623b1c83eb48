import type { Source } from './observation.ts';

export type Certainty = 'certain' | 'likely';
export type Kind = 'first' | 'repeat' | 'unknown';

export type KindBecause =
  | 'consent' // consent screen, then a code
  | 'consent-with-scope' // the screen may have been extra consent
  | 'connected-now' // connected_at within 2 minutes of the login
  | 'not-signed-up' // has_signed_up: false
  | 'no-consent' // the code came back with no screen
  | 'extra-consent' // extra consent of an account known to be linked
  | 'connected-before' // connected_at is older than this login
  | 'token-by-message' // popup that hands the token over
  | 'popup-unseen' // a popup's page may be consent or its result
  | 'easy-login'
  | 'flow-not-seen'; // the recording starts in the middle

/** A call as it counts for a login. */
export interface Call {
  at: number;
  source: Source;
  method: string;
  path: string;
  status: number;
  code: number | null;
  /** How often the same answer came, and when last. */
  times: number;
  lastAt: number;
}

/** Why it is not certain that a call belongs to a login. */
export type CompletionDoubt =
  | 'account-unknown' // it may be of another account, or of another app key or origin
  | 'other-tab' // another tab or cookie store may have made it
  | 'clock-moved' // it is older than the login by the clock, not by the order of arrival
  | 'reported-before'; // a server reported it before the login was seen

/** A call that completes a login, in or after its window. */
export interface Completion {
  at: number;
  source: Source;
  method: string;
  path: string;
  status: number;
  /** Why it is only likely; null where it is certain. */
  doubt: CompletionDoubt | null;
}

/** As what a call may complete a login: by a listed call, or by the sign-up call of manual link. */
export type CompletionSlot = 'listedCall' | 'signupCall';

export type GapReason = 'no-site-access' | 'paused';

/** What is known of one authorization that came back with a code or a token. */
export interface Login {
  /** Id of the observation that made it. */
  id: string;
  /** Place in the order of arrival; times can jump, this cannot. */
  ordinal: number;
  clientId: string;
  site: string | null;
  redirectUri: string | null;
  cookieStore: string;
  /** The tab it happened in, and the one that opened that: a popup counts as its opener's tab. */
  tab: string | null;
  opener: string | null;
  startedAt: number;
  loggedInAt: number;

  // Own facts, each taken from observations placed on this login.
  consent: 'shown' | 'none' | 'unseen';
  /** The request asked for `scope` or `service_terms`, so the screen may have been extra consent. */
  extraConsentRequested: boolean;
  /** Why `consent` is `unseen`. */
  consentUnseenBecause: KindBecause | null;
  /** Logins with the same key were made with the same Kakao session. */
  kakaoSession: string;
  userHash: string | null;
  label: string | null;
  connectedAt: number | null;
  notSignedUp: boolean;
  seenInBrowser: boolean;
  reportedByServer: boolean;
  /** The first stretch after the login in which calls could not be seen. */
  visibilityGap: { at: number; reason: GapReason } | null;
  /** The browser was restarted inside the window: its first moments are unseen. */
  restartedAt: number | null;
  /** First successful listed call, and first successful sign-up call, placed on this login. */
  listedCall: Completion | null;
  signupCall: Completion | null;
  /** When such calls first came that may be of this login but were placed on another; absent where none was. */
  possibleCalls?: Partial<Record<CompletionSlot, number>>;
  unlinkCall: { at: number } | null;
  callback: { at: number; referrerType: string } | null;
  testerMark: { at: number; mark: 'complete' | 'cut'; note: string } | null;
  calls: Call[];

  // Derived from the logins of the same app and site, see settle.ts.
  kind: Kind;
  kindBecause: KindBecause;
  certainty: Certainty;
  /** Same group: same Kakao account, as far as is known. */
  accountId: string;
  creditedListedCall: Completion | null;
  creditedSignupCall: Completion | null;
  cut: { at: number; because: 'unlink-call' | 'callback' | 'consent-again' } | null;
  linkSurvived: { at: number; by: string } | null;
  /** A completing call came from an account that may be this one or another with an open first login. */
  ambiguous: boolean;
}

/** Whether a login is of a site: it began there, or its redirect URI, which was reduced to origin and path, is there. */
export function belongsToSite({ site, redirectUri }: Login, of: string): boolean {
  return site === of || !!redirectUri?.startsWith(`${of}/`);
}
