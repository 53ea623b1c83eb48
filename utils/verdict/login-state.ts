import type { Login } from '../model/login.ts';
import type { Observation } from '../model/observation.ts';
import type { App } from '../model/app.ts';

/** A login on its way: from the first authorize request to its code, or its failure. */
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
  /** The screen was answered by a form, so it really was one. */
  screenAnswered: boolean;
  extraConsentRequested: boolean;
  /** Its page closes itself and the opener gets the result: a 200 may be that page. */
  popup: 'message' | 'poll' | null;
  watched: boolean;
  /** Which Kakao session it runs in; null where its beginning was not seen. */
  kakaoSession: string | null;
  /** Its last step led to the login form. */
  atLoginForm: boolean;
  done: boolean;
}

/** What the fold has to remember between observations besides logins and apps. Small and bounded. */
export interface Tracking {
  flows: Record<string, Flow>;
  /** Per cookie store: which Kakao session flows without a login form belong to. */
  kakaoSessions: Record<string, string>;
  /** Per tab: the site that SDK v1's kapi frame works for. */
  frames: Record<string, { site: string; at: number }>;
  /** Per tab: an SDK that polls for the result of a popup or easy login. */
  polls: Record<string, { clientId: string; site: string | null; watched: boolean; at: number }>;
  /** Last known access per site, and since when (epoch ms). */
  sites: Record<string, { watched: boolean; since: number }>;
  pausedAt: number | null;
  /** What servers reported while there was no login to place it on. */
  bufferedReports: Observation[];
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
  logins: Set<string>;
  apps: Set<string>;
  /** The login it was placed on. */
  loginId: string | null;
  /** Earlier observations that have found their login now: their ids, and the login's. */
  attached: Map<string, string>;
}

/** An empty loginState. */
export function createLoginState(): LoginState {
  return {
    logins: new Map(),
    apps: new Map(),
    tracking: {
      flows: {},
      kakaoSessions: {},
      frames: {},
      polls: {},
      sites: {},
      pausedAt: null,
      bufferedReports: [],
      nextOrdinal: 0,
    },
  };
}
