/** Where an observation was taken. */
export type Source = 'browser' | 'server' | 'har' | 'tester' | 'callback';

/** What a kauth page load on the way of a login turned out to be. */
export type AuthorizeOutcome =
  | 'login-form' // sent on to accounts.kakao.com
  | 'screen' // 200 HTML on kauth: normally consent; or its form, or a popup, sent on to another page of kauth
  | 'code'
  | 'token' // token in the redirect's fragment, or handed to the opener by message
  | 'error' // error redirect, or an error handed over by message
  | 'error-page'; // 4xx or 5xx on kauth

/** One kauth document response: a step of a login. */
export interface AuthorizeFact {
  type: 'authorize';
  method: string;
  status: number;
  /** Null where the request's URL does not carry it (the consent form's POST). */
  clientId: string | null;
  /** Without query and fragment; the SDK's words `kakaojs` and `JS-SDK` are kept as they are. */
  redirectUri: string | null;
  /** Names of the allow-listed parameters that were present. */
  params: string[];
  /** Values of `prompt`, split. */
  prompt: string[];
  /** Version of Kakao’s SDK for JavaScript out of `ka`. */
  sdk: string | null;
  outcome: AuthorizeOutcome;
  /** OAuth `error` of an error redirect, or the KOE code of an error page where it is known. */
  error: string | null;
  /** The request asked for `response_type=token`, the implicit flow; absent where it did not. */
  implicit?: true;
  /** A page of kauth itself, such as the consent screen, led there; absent where none did. */
  fromKauth?: true;
  /** A page of Kakao's login led here, so this goes on with a login rather than starting one. */
  fromKakao: boolean;
  /** Whether API calls of the site could be seen at this moment. */
  watched: boolean;
  /** When a screen was asked for, epoch ms; absent where that is not known, and for every other outcome. */
  sentAt?: number;
}

/** The redirect URI was reached on a watched site. */
export interface ArrivalFact {
  type: 'arrival';
  redirectUri: string;
  outcome: 'code' | 'error';
  error: string | null;
  /** The site's server redirected to a page without the code, which it kept; absent where a page got the code. */
  codeKept?: true;
}

/** The SDK polls for the result of a popup or easy login. */
export interface PollFact {
  type: 'poll';
  clientId: string | null;
  watched: boolean;
  /** It is the first for another popup than its page's before; absent where it is not, or that is not known. */
  another?: true;
  /** When that popup's first page came, epoch ms; absent where it was not seen. */
  popupAt?: number;
}

/** SDK v1 opened its hidden kapi frame for a site. Calls out of the frame name no site, so their tab tells it. */
export interface FrameFact {
  type: 'frame';
}

/** What a token request was for: to exchange a login's code, or to refresh a token. */
type Grant = 'authorization_code' | 'refresh_token';

/** A request to `/oauth/token`. */
export interface TokenFact {
  type: 'token';
  method: string;
  /** 0 where no answer came. */
  status: number;
  /** Null where the request's body was not known. */
  grant: Grant | null;
  clientId: string | null;
  redirectUri: string | null;
  /** `error_code` of the body (KOE…), where a body was known. */
  error: string | null;
  /** Salted hash of the user id in an ID token, where a body was known. */
  account: string | null;
  /** When the browser sent it, epoch ms; absent where that was not seen. */
  sentAt?: number;
  /** When the code came that its token is issued for, epoch ms; absent where that was not seen. */
  codeAt?: number;
  /** The browser's name for the document that made it; absent where it is not known. */
  documentId?: string;
}

/** A request to kapi.kakao.com. */
export interface ApiFact {
  type: 'api';
  method: string;
  path: string;
  /** 0 where no answer came. */
  status: number;
  /** Kakao's `code` in an error body, where it is known. */
  code: number | null;
  /** Null where unknown or absent; see `wholeBody`. */
  hasSignedUp: boolean | null;
  /** Epoch ms. */
  connectedAt: number | null;
  /** Salted hash of the user id. */
  account: string | null;
  /** The complete, unfiltered body was known, so an absent field is really absent. */
  wholeBody: boolean;
  /** Answered from a cache: Kakao never saw the call. */
  cached: boolean;
  /** Whether Kakao gave this answer is not sure: a cache, a service worker or a test may have; absent where it did. */
  maybeCached?: true;
  /** The browser did not send it: an extension, a policy or tracking protection kept it back; absent where it was sent. */
  blocked?: true;
  /** Made inside Kakao's own kapi frame (JS SDK v1), so it names no site. */
  inFrame: boolean;
  /** `required_scopes` of a -402 answer: names of consent items, where a body was known. */
  requiredScopes: string[];
  /** When the browser sent it, epoch ms; absent where that was not seen. */
  sentAt?: number;
  /** When the token that it carries was issued for a code, at the latest, epoch ms; absent where that was not seen. */
  tokenIssuedAt?: number;
  /** When the code came that its token was issued for, epoch ms; absent where that was not seen. */
  codeAt?: number;
  /** It carries a token that the recording does not show to be issued, though it shows others; absent where it does. */
  tokenUnseen?: true;
  /**
   * The call names its user, as calls with the admin key do: a salted hash of that user's id, or `other` where the id was
   * not read. It says nothing of who is logged in.
   */
  target?: string;
  /** The browser's name for the document that made it; absent where it is not known. */
  documentId?: string;
}

/**
 * What a tab's developer tools showed of an answer: the facts of its body, and what a token request was for. They belong to
 * the request that traffic shows as well; by itself an answer is no request.
 */
export interface AnswerFact extends Omit<ApiFact, 'type' | 'inFrame' | 'documentId'> {
  type: 'answer';
  /** What it answers, by the type of that request's fact. */
  of: 'api' | 'token';
  /** `error_code` of a token request's body (KOE…). */
  error: string | null;
  /** What a token request was for; absent where that is not known. */
  grant?: Grant;
  /** When the browser sent the request, epoch ms. */
  sentAt: number;
}

/**
 * The access token was seen in a request to a host that is not Kakao's, or may be in one: calls may be made where nobody sees
 * them.
 */
export interface TokenHandedFact {
  type: 'token-handed';
  /** When it was issued for a code, at the latest, epoch ms; absent where that was not seen. */
  tokenIssuedAt?: number;
  /** When the code came that it was issued for, epoch ms; absent where that was not seen. */
  codeAt?: number;
}

/** Nothing after this instant was recorded. */
export interface RecordingEndFact {
  type: 'recording-ended';
}

/** A `kakao` metric in a Server-Timing header that does not say METHOD PATH STATUS. */
export interface BadReportFact {
  type: 'bad-report';
  /** The first part that could not be read. */
  reason: 'method' | 'path' | 'status';
}

/** Something that belongs on the server left the browser. Its value is never kept. */
export interface LeakFact {
  type: 'leak';
  what: 'client-secret' | 'admin-key' | 'token-in-url';
  clientId: string | null;
}

/** Access to the site was granted or taken away. */
export interface WatchFact {
  type: 'watch';
  watched: boolean;
}

/** The tester paused or resumed all recording. */
export interface PauseFact {
  type: 'pause';
  paused: boolean;
}

/** The browser started: what happened right before may be unseen. */
export interface StartFact {
  type: 'start';
}

/** The worker ended in the middle of its work: what it had not stored yet is lost. */
export interface LossFact {
  type: 'loss';
  /**
   * Left out of the record on purpose instead: `steps` of logins on their way in the tab that is named, or whole `logins`; or
   * the `redirects` that led to a page of some site, in which a login may be. Or it is a login `elsewhere`: a server's calls show
   * one of a recorded account on a device that was not recorded. Absent where the worker ended.
   */
  leftOut?: 'steps' | 'logins' | 'redirects' | 'elsewhere';
}

/** The tester says that a login is complete, or its link cut; null takes that back. */
export interface MarkFact {
  type: 'mark';
  login: string;
  mark: 'complete' | 'cut' | null;
  note: string;
}

/** The tester's name for the account of a login; empty takes it back. */
export interface LabelFact {
  type: 'label';
  login: string;
  label: string;
}

/** Whether Kakao makes an app's links itself (`auto`), or the app by a call for the sign-up (`manual`). */
export type LinkMode = 'auto' | 'manual' | 'unknown';

/** What the tester set for an app. A field left out stays as it was; `unknown` and null undo. */
export interface AppFact {
  type: 'app';
  clientId: string;
  linkMode?: LinkMode;
  fixedUserId?: 'on' | 'off' | 'unknown';
  /** Rehearsal window in ms instead of 24 h; null ends the rehearsal. */
  windowMs?: number | null;
}

/** The tester hides a rule's findings about an app, or shows them again. */
export interface SilenceFact {
  type: 'silence';
  clientId: string;
  rule: string;
  silenced: boolean;
}

/** The tester's note of what is done from this moment on. */
interface StepFact {
  type: 'step';
  text: string;
}

/** An entry of the app's unlink-callback log. */
export interface CallbackFact {
  type: 'unlink-callback';
  appId: string | null;
  account: string | null;
  referrerType: string;
  /** False where the entry named no time, so that `at` is only when it was imported. */
  timeKnown: boolean;
}

/** What requests and their answers show. */
export type TrafficFact =
  | AuthorizeFact
  | ArrivalFact
  | PollFact
  | FrameFact
  | TokenFact
  | ApiFact
  | AnswerFact
  | BadReportFact
  | TokenHandedFact
  | LeakFact;
/** What the tester states or does. */
type TesterFact = MarkFact | LabelFact | AppFact | SilenceFact | StepFact | PauseFact;
/** What one event says: everything that may be observed. */
export type Fact =
  | TrafficFact
  | TesterFact
  | WatchFact
  | StartFact
  | LossFact
  | RecordingEndFact
  | CallbackFact;

/** Name of a kind of fact. */
export type FactType = Fact['type'];

/** The fact of one type. */
export type FactOf<T extends FactType> = Extract<Fact, { type: T }>;

/** Where a request was made. */
export interface RequestContext {
  /** Cookie jar the request used: a private window or container is another one. */
  cookieStore: string;
  /** Tab, unique across browser runs; null where there was none (workers, server calls). */
  tab: string | null;
  /** Tab that opened this one. */
  opener: string | null;
  /** Origin of the initiator, never one of Kakao's. */
  site: string | null;
}

/** One secret-free fact with its time and place, never changed afterwards. The judgement reads nothing else. */
export type Observation<F extends Fact = Fact> = F &
  RequestContext & {
    id: string;
    /** Epoch ms. */
    at: number;
    source: Source;
  };

/** An observation whose fact is of one of the given types. Lets a table of handlers by type be called type-safely. */
export type ObservationOf<T extends FactType> = {
  [Type in T]: { type: Type } & Observation<FactOf<Type>>;
}[T];

/** An observation and, where it was attributed, the login it belongs to. */
export type AttributedObservation = Observation & { loginId?: string };

/** An observation as stored, in order of arrival. */
export type StoredObservation = AttributedObservation & {
  /** Assigned by the database. */
  seq?: number;
  /** The judgement could not read it: it is kept, and counted as dropped. */
  unread?: true;
  /** The session it was recorded in. */
  session: string;
};
