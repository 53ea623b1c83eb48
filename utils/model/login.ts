import type { Source } from './observation.ts';

/** Whether something holds in every history that fits what was seen, or is only likely. */
export type Certainty = 'certain' | 'likely';
/** Whether a login made its account's link to the app (`first`) or found it (`repeat`). */
export type Kind = 'first' | 'repeat' | 'unknown';

/** Why a login is of its kind. */
export type KindBecause =
  | 'consent' // consent screen, then a code
  | 'consent-with-scope' // the screen may have been extra consent
  | 'connected-now' // connected_at within 2 minutes of the login
  | 'not-signed-up' // has_signed_up: false
  | 'no-consent' // the code came back with no screen
  | 'extra-consent' // extra consent of an account known to be linked
  | 'linked-meanwhile' // another tab's login of the account made the link while the screen was shown
  | 'account-switched' // the account was changed on the consent screen, and the code came without another
  | 'connected-before' // connected_at is older than this login
  | 'token-by-message' // popup that hands the token over
  | 'consent-answer-unseen' // an earlier consent screen was left with no answer seen, and none was shown now
  | 'popup-unseen' // a popup's page may be consent or its result
  | 'easy-login'
  | 'flow-not-seen'; // the recording starts in the middle

/** Calls of a login that were answered alike, counted together. */
export interface Call {
  /** When the first of them was answered, epoch ms. */
  at: number;
  source: Source;
  method: string;
  path: string;
  /** 0 where no answer came. */
  status: number;
  /** Kakao's `code` in an error body; null where it is not known. */
  code: number | null;
  /** How many there were. */
  times: number;
  /** When the last of them was answered, epoch ms. */
  lastAt: number;
}

/** Why it is not certain that a call belongs to a login. */
export type CompletionDoubt =
  | 'account-unknown' // it may be of another account, or of another key or origin of the app
  | 'other-tab' // another tab or cookie store may have made it
  | 'answer-unknown' // the answer need not be Kakao's own: something on the way may have kept or made it
  | 'clock-moved' // it is older than the login by the clock, though it arrived later
  | 'reported-before' // a server reported it before the login was seen
  | 'kind-unknown'; // the login may have found an earlier one's link, for which it came too late

/** A call that completes a login, in or after its window. */
export interface Completion {
  /** Epoch ms. */
  at: number;
  /** When it was sent, epoch ms, where that is known and was another instant. */
  sentAt?: number;
  source: Source;
  method: string;
  path: string;
  status: number;
  /** Why it is only likely; null where it is certain. */
  doubt: CompletionDoubt | null;
}

/** What a request shows, or may show, of the link whose token it carries. */
export type EvidenceKind =
  | 'listed' // a listed call that Kakao answered 200
  | 'signup' // a sign-up call answered by 200 or "already registered"
  | 'signed-up' // a body or report with `has_signed_up: true`
  | 'unlink'
  | 'unlink-unanswered' // an unlink of which no answer is known
  | 'listed-unanswered' // a listed call of which no answer is known
  | 'signup-unanswered' // a sign-up call whose answer is not known
  | 'unconfirmed' // a call for data of which Kakao's documents do not say whether it counts
  | 'signup-unconfirmed' // the same of a sign-up call, whose path has slashes too many
  | 'unreadable' // a server's report in a form that could not be read
  | 'link-alive' // answered 200 when Kakao's job had had its time
  | 'unseen-login' // a sign of a login that was not seen: a popup, a stray call or code, redirects left out
  | 'handed-over' // the token was given to the site's own server
  | 'host-unwatched'; // a host by whose answers the site's server may report is no longer watched

/** One request as evidence. Every login whose token it may carry has it. Instants are epoch ms. */
export interface Evidence extends Omit<Completion, 'doubt' | 'sentAt'> {
  id: string;
  what: EvidenceKind;
  /** When it was sent, as far as is known. */
  sentAt: number;
  /** The tab to whose answer a server added its report; absent where it is no report, or of no tab. */
  tab?: string;
  /** It arrived before the login with this ordinal. */
  before: number;
  /** Ids of all logins whose token it may carry, the likeliest first. */
  of: string[];
  /** Salted hash of the user id that its answer named. */
  account: string | null;
  /** Why it is not even certain that it is of one of these. */
  doubt: CompletionDoubt | null;
}

/** As what a call may complete a login: as a listed call, or as the sign-up call of manual link. */
export type CompletionSlot = 'listedCall' | 'signupCall';

/** Why it is not certain that a login is still open or was missed. */
export type OpenDoubt =
  | 'answer-unknown' // a listed call went out and no answer was seen
  | 'unconfirmed-call' // a call of which Kakao does not say whether it counts
  | 'report-unreadable' // a server's report could not be read
  | 'token-handed-over' // the site's own server has the token
  | 'host-unwatched' // a host by whose answers the site's server may report is no longer watched
  | 'token-unseen' // no token request was seen to succeed
  | 'other-login-unseen' // calls of another login of the same link may be unseen
  | 'cut-unsure' // an unlink that may be of this link
  | 'lost'; // the worker ended in the middle of its work

export type GapReason = 'no-site-access' | 'paused' | 'recording-ended';

/** Which login it is, and where it was made. Instants are epoch ms. */
interface LoginIdentity {
  /** Id of the observation that ended the flow. */
  id: string;
  /** Number in the order of arrival. Clocks can jump, this cannot. */
  ordinal: number;
  /** `unknown` where it was not seen. */
  clientId: string;
  site: string | null;
  redirectUri: string | null;
  cookieStore: string;
  /** The tab it was made in. */
  tab: string | null;
  /** The tab that opened `tab`: a popup counts as its opener's tab. */
  opener: string | null;
  startedAt: number;
  loggedInAt: number;
}

/**
 * Own facts: each was taken from observations that belong to this login, as they arrived, and is never derived again.
 * Handlers in utils/verdict/handlers/ write them and read nothing else.
 */
interface OwnFacts {
  consent: 'shown' | 'none' | 'unseen';
  /** The request asked for `scope` or `service_terms`, so the screen may have been extra consent. */
  extraConsentRequested: boolean;
  /**
   * Logins from this ordinal on ended, or got their tokens, since this one's consent screen, or one that was left, was shown; null
   * where none was.
   */
  screenOrdinal: number | null;
  /** Why `consent` is `unseen`, or `none` though a screen was shown; null everywhere else. */
  consentUnseenBecause: KindBecause | null;
  /** Logins with the same value were made in the same Kakao session. */
  kakaoSession: string;
  /** Salted hash of the user id. */
  userHash: string | null;
  /** The tester's name for the account. */
  label: string | null;
  /** `connected_at` of a body, epoch ms. */
  connectedAt: number | null;
  /** A page in another tab was told the `connected_at`, perhaps by the token of a login there; absent where none was. */
  toldElsewhere?: true;
  /** A body said `has_signed_up: false`. */
  notSignedUp: boolean;
  /** The token was seen in a request of the browser. */
  seenInBrowser: boolean;
  /** When the token was issued, as far as was seen, epoch ms. */
  tokenAt: number | null;
  /** The token issued then may be another login's, or one that was only refreshed; absent where it is this login's. */
  tokenUnsure?: true;
  /** The site's server kept the code, so that no page can have exchanged it; absent where a page got it. */
  codeKept?: true;
  /** A token request without success was seen. */
  tokenRefused: boolean;
  /** The site's server reported requests with the token. */
  reportedByServer: boolean;
  /** Since when, in the window, calls may go unseen. */
  visibilityGap: { at: number; reason: GapReason } | null;
  /** When the browser was restarted in the window: its first moments are unseen. */
  restartedAt: number | null;
  /** When something of the login may have been lost with the worker; absent where nothing was. */
  lostAt?: number;
  /** Steps may have gone unseen while its consent screen was shown or, where none was seen, while it was on its way. */
  unseenMeanwhile?: true;
  /** Logins may have gone unseen between those before this ordinal and this one; absent where all were seen. */
  unseenBefore?: number;
  /** A page may have kept a popup's code, and have logged in with it unseen before this login; absent where none may. */
  keptCodeBefore?: true;
  /** The successful listed call, recorded on this login, that says most of when it was completed. */
  listedCall: Completion | null;
  /** The same for successful sign-up calls. */
  signupCall: Completion | null;
  /** Requests that may carry this login's token, in order of arrival. */
  evidence: Evidence[];
  unlinkCall: { at: number } | null;
  /** When Kakao refused a silent login (`prompt=none`) of the same session for want of consent, epoch ms. */
  consentRequiredAt: number | null;
  /** The unlink callback that Kakao sent for the account. */
  callback: {
    at: number;
    referrerType: string;
    /** Absent where the log named the instant. */
    timeUnknown?: true;
    /** The log names another app's number than before. */
    otherApp?: true;
  } | null;
  testerMark: { at: number; mark: 'complete' | 'cut'; note: string } | null;
  calls: Call[];
}

/**
 * Derived fields: what all logins say about each other, as an account's link is one on all sites and of all keys of the app.
 * `deriveLogins` in utils/verdict/derive/derive-logins.ts computes them anew from own facts whenever a login changes.
 */
export interface DerivedFields {
  kind: Kind;
  kindBecause: KindBecause;
  /** How sure `kind` is. */
  certainty: Certainty;
  /** Logins with the same value are of one Kakao account, as far as is known. */
  accountId: string;
  /** The listed call that completes this login: its own, or that of a later login of the account. */
  creditedListedCall: Completion | null;
  /** The same for the sign-up call. */
  creditedSignupCall: Completion | null;
  /** When and why the link that this login made was cut, and whether that is only likely. */
  cut: {
    at: number;
    because: 'unlink-call' | 'callback' | 'consent-again';
    likely?: true;
  } | null;
  /** When the link is known to have survived Kakao's job, the login that showed it, and whether that is only likely. */
  linkSurvived: { at: number; by: string; likely?: true } | null;
  /** When calls came that may have completed this login's link or another one, epoch ms. */
  possibleCalls: Partial<Record<CompletionSlot | 'signupAnswer', number>>;
  /** What keeps a miss, or that the login is still open, from being certain, and since when (epoch ms). */
  openDoubts: { at: number; doubt: OpenDoubt }[];
}

/** What is known of one authorization that came back with a code or a token. */
export interface Login extends LoginIdentity, OwnFacts, DerivedFields {}

/** Whether a login is of a site (an origin): it began there, or its redirect URI, kept as origin and path, is there. */
export function belongsToSite({ site, redirectUri }: Login, of: string): boolean {
  return site === of || !!redirectUri?.startsWith(`${of}/`);
}

/** Whether logins are all by one key and of one site: what separates them is no more than a tab or a cookie store. */
export function areOfOneSite([first, ...others]: readonly Login[]): boolean {
  return others.every((l) => l.clientId === first?.clientId && l.site === first.site);
}

/** Whether SDK v1 asked for a login: its popup hands the token to the page by message. */
export function isOfSdkV1({ redirectUri }: { redirectUri: string | null }): boolean {
  return redirectUri === 'kakaojs';
}

/** Whether a login was asked for in a popup whose page polls for the code, by what is noted of the request's parameters. */
export function isPolledFor({ params }: { params: readonly string[] }): boolean {
  return params.includes('is_popup') && !params.includes('proxy');
}

/** Whether a login's popup gave its token to the page by message, where nobody sees it, nor whether it was a refusal. */
export function isTokenByMessage({ consentUnseenBecause }: Login): boolean {
  return consentUnseenBecause === 'token-by-message';
}

/** Whether a page polled for a login's code that no popup asked for: a phone's login brought it, or another provider. */
export function isOfEasyLogin({ consentUnseenBecause }: Login): boolean {
  return consentUnseenBecause === 'easy-login';
}

/** A login's kind as it is shown to people: one that is only likely a first login may be one. */
export function shownKind({ kind, certainty }: Pick<Login, 'kind' | 'certainty'>): Kind {
  return kind === 'first' && certainty === 'likely' ? 'unknown' : kind;
}
