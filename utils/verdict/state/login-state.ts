import type { App } from '../../model/app.ts';
import type { Login } from '../../model/login.ts';
import type { ApiFact, Observation, TokenFact } from '../../model/observation.ts';
import type { AnsweredRequest, Unjoined } from './join-answers.ts';

/** A login on its way, from the first authorize request to its code or its failure. Instants are epoch ms. */
export interface Flow {
  clientId: string | null;
  redirectUri: string | null;
  site: string | null;
  cookieStore: string;
  tab: string | null;
  opener: string | null;
  startedAt: number;
  lastAt: number;
  /** Seen from its first authorize request on. */
  whole: boolean;
  screenShown: boolean;
  /** The ordinal of the next login when the screen was last shown; null where none was. */
  screenOrdinal: number | null;
  /** A form answered the screen, so it was no result page. */
  screenAnswered: boolean;
  /** When a form was last sent whose answer led on to another page of Kakao's, epoch ms; absent where none was. */
  formSentAt?: number;
  /** No answer came to a form that was sent since the screen was last shown; absent where one came. */
  formLost?: true;
  /** One of Kakao's account pages led on from the screen: another account may have been chosen there. */
  leftScreen: boolean;
  /** The app's consent screen of an earlier flow that was left with no answer seen; absent where none was. */
  unansweredScreen?: {
    ordinal: number;
    /** Which Kakao session may have agreed, unless `formLost`; null where its beginning was not seen. */
    kakaoSession: string | null;
    /** Its form was sent and no answer came: any session may have agreed. */
    formLost: boolean;
    extraConsentRequested: boolean;
  };
  /** It ended with an error that does not say whether the consent screen was answered; absent where it did not. */
  brokenOff?: true;
  /** When its screen was first answered with a code, epoch ms; absent where it was not. */
  agreedAt?: number;
  /** Its screen was refused, and nothing of it may have gone unseen since; absent where it was not. */
  refused?: true;
  /** Steps may have gone unseen since its screen was shown or, where none was, since it began; absent where all were seen. */
  unseenMeanwhile?: true;
  extraConsentRequested: boolean;
  /** How a popup's opener gets the result, null outside of popups. The popup's last page, a 200, may be that result. */
  popup: 'message' | 'poll' | null;
  /** Polls name the popup that they are for, so that one which names none is for another; absent where none did. */
  isNamedByPolls?: true;
  /** The SDK asked for the result after the screen was answered: what it asks after that is of another login. */
  polledAfterAnswer: boolean;
  watched: boolean;
  /** Which Kakao session it runs in; null where its beginning was not seen. */
  kakaoSession: string | null;
  /** Its last step led to the login form. */
  atLoginForm: boolean;
  done: boolean;
  /** The popup's only page was its result, and no consent screen; absent where that is not known. */
  resultShown?: true;
  /** The popup's page that was noted as the result of a login which may have gone unseen; absent where none was. */
  unknownEnd?: string;
  /** Kakao sent the browser to the redirect URI, and that page was not seen yet. */
  awaitsArrival: boolean;
}

/** An SDK that polls for the result of a popup or easy login. */
export interface Poll {
  clientId: string;
  site: string | null;
  watched: boolean;
  /** Since when it polls, epoch ms. */
  at: number;
  /** When it last did, epoch ms. */
  lastAt: number;
}

/** A request to Kakao that a site's server may have reported. */
export type ReportedRequest = Observation<ApiFact> | Observation<TokenFact>;

/** What a login's flow showed of consent. */
export type KnownConsent = Pick<
  Login,
  'consent' | 'consentUnseenBecause' | 'extraConsentRequested' | 'screenOrdinal'
>;

/** A request that waits for what its answer said, and what was made of it meanwhile. */
export interface WaitingRequest {
  request: AnsweredRequest;
  /** It arrived before the login with this ordinal. */
  before: number;
  /** Id of the login that it was attributed to; null where there was none. */
  login: string | null;
  /** Ids of all logins whose token it may carry. */
  candidates: string[];
  /** It may be of yet another login. */
  maybeOther: boolean;
  /** It was the first to show that the login's token is seen in the browser. */
  firstSight: boolean;
  /** What is known of the login's consent if the request exchanged its code; absent where that says no more. */
  ifExchanged?: KnownConsent;
}

/** What has to be remembered between observations besides logins and apps. Small and bounded. */
export interface Tracking {
  flows: Record<string, Flow>;
  /** Per cookie store: which Kakao session flows without a login form belong to. */
  kakaoSessions: Record<string, string>;
  /** Per tab: the site that SDK v1's kapi frame works for, null where that is not told. */
  frames: Record<string, { site: string | null; at: number }>;
  /** Per tab: an SDK that polls for the result of a popup or easy login. */
  polls: Record<string, Poll>;
  /** Per browser, app and whether more is asked for: a form answered the screen of a popup that polls. */
  popupForms: Record<string, true>;
  /** Last known access per site, and since when (epoch ms). */
  sites: Record<string, { watched: boolean; since: number }>;
  pausedAt: number | null;
  /** Logins before this ordinal were made before the last pause or loss, in which others may have been made unseen. */
  unseenBefore: number;
  /** The same for a login on a device that was not recorded; absent where none is known. */
  elsewhereBefore?: number;
  /** The same for a cookie store and a site, or a tab, where steps of a login were lost. */
  lostBefore: Record<string, number>;
  /** Per document that asked Kakao: the ordinal of the next login when it was first seen, or was given its token. */
  documents: Record<string, number>;
  /** Per tab: when a code came to which no step of a login that was seen led. Epoch ms. */
  strayCodes: Record<string, number>;
  /** When something was last lost with the worker, epoch ms; absent where nothing was. */
  lostAt?: number;
  /** When the browser last started, epoch ms; absent where that was not seen. */
  startedAt?: number;
  /** Requests that servers reported while there was no login they could belong to. */
  bufferedReports: ReportedRequest[];
  /** The latest requests and what the developer tools told of answers, as far as these have not found each other. */
  unjoined: Unjoined<WaitingRequest>;
  nextOrdinal: number;
}

/** The state of the judgement: everything that observations so far add up to. */
export interface LoginState {
  /** In order of arrival. */
  logins: Map<string, Login>;
  apps: Map<string, App>;
  tracking: Tracking;
}

/** What one observation changed. */
export interface StateChange {
  /** Ids of the logins that changed. */
  logins: Set<string>;
  /** Client ids of the apps that changed. */
  apps: Set<string>;
  /** The login that the observation belongs to. */
  loginId: string | null;
  /** Earlier observations that have found their login by it, or lost it: the login's id, or null, by theirs. */
  attached: Map<string, string | null>;
}

/** The state before any observation. */
export function createLoginState(): LoginState {
  return {
    logins: new Map(),
    apps: new Map(),
    tracking: {
      flows: {},
      kakaoSessions: {},
      frames: {},
      polls: {},
      popupForms: {},
      sites: {},
      pausedAt: null,
      unseenBefore: 0,
      lostBefore: {},
      documents: {},
      strayCodes: {},
      bufferedReports: [],
      unjoined: { requests: [], answers: [] },
      nextOrdinal: 0,
    },
  };
}
