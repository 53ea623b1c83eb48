import { newApp } from '../model/app.ts';
import type { Flow, LoginState } from './login-state.ts';
import type { KindBecause, Login } from '../model/login.ts';
import type { Observation } from '../model/observation.ts';

/** The app of a login whose `client_id` was not seen. */
export const UNKNOWN_APP = 'unknown';

/** What the flow shows of consent. A popup's last 200 may be its result page, so only an answered screen is sure. */
function consentOf(flow: Flow, o: Observation): Pick<Login, 'consent' | 'consentUnseenBecause'> {
  const unseen = (consentUnseenBecause: KindBecause) => ({
    consent: 'unseen' as const,
    consentUnseenBecause,
  });
  const message = flow.popup === 'message';
  // A page whose body showed the token is the result, so the pages before it were none.
  const resultKnown = message && o.type === 'authorize' && o.outcome === 'token';
  const sure = resultKnown || (!message && (flow.popup === null || flow.screenAnswered));
  if (flow.screenShown && sure) return { consent: 'shown', consentUnseenBecause: null };
  if (message && !resultKnown) return unseen('token-by-message');
  if (flow.screenShown) return unseen('popup-unseen');
  if (flow.whole) return { consent: 'none', consentUnseenBecause: null };
  return unseen(flow.popup === 'poll' ? 'easy-login' : 'flow-not-seen');
}

/** Ends a flow with a login: the authorization came back with a code or a token. */
export function startLogin(loginState: LoginState, flow: Flow, o: Observation): Login {
  flow.done = true;
  const { tracking } = loginState;
  // Where the session changed under the flow, or its beginning was not seen, the account is unknown.
  const same = flow.kakaoSession === tracking.kakaoSessions[flow.cookieStore];
  const login: Login = {
    id: o.id,
    ordinal: tracking.nextOrdinal++,
    clientId: flow.clientId ?? UNKNOWN_APP,
    site: flow.site,
    redirectUri: flow.redirectUri,
    cookieStore: flow.cookieStore,
    tab: flow.tab,
    opener: flow.opener,
    startedAt: flow.startedAt,
    loggedInAt: o.at,
    ...consentOf(flow, o),
    extraConsentRequested: flow.extraConsentRequested,
    kakaoSession: (same && flow.kakaoSession) || o.id,
    userHash: null,
    label: null,
    connectedAt: null,
    notSignedUp: false,
    seenInBrowser: false,
    reportedByServer: false,
    visibilityGap:
      flow.watched || o.source === 'har' ? null : { at: o.at, reason: 'no-site-access' },
    restartedAt: null,
    listedCall: null,
    signupCall: null,
    unlinkCall: null,
    callback: null,
    testerMark: null,
    calls: [],
    kind: 'unknown',
    kindBecause: 'flow-not-seen',
    certainty: 'likely',
    accountId: o.id,
    creditedListedCall: null,
    creditedSignupCall: null,
    cut: null,
    linkSurvived: null,
    ambiguous: false,
  };
  loginState.logins.set(login.id, login);
  if (!loginState.apps.has(login.clientId))
    loginState.apps.set(login.clientId, newApp(login.clientId));
  return login;
}
