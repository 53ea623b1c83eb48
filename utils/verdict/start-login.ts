import { newApp } from './app-knowledge.ts';
import type { Flow, Ledger } from './login-state.ts';
import type { KindBecause, Login } from '../model/login.ts';
import type { Observation } from '../model/observation.ts';

/** The app of a login whose `client_id` was not seen. */
export const UNKNOWN_APP = 'unknown';

/** What the flow shows of consent. A popup's last 200 may be its result page, so only an answered screen is sure. */
function consentOf(flow: Flow, o: Observation): Pick<Login, 'consent' | 'unseenBecause'> {
  const unseen = (unseenBecause: KindBecause) => ({ consent: 'unseen' as const, unseenBecause });
  const message = flow.popup === 'message';
  // A page whose body showed the token is the result, so the pages before it were none.
  const resultKnown = message && o.type === 'authorize' && o.outcome === 'token';
  const sure = resultKnown || (!message && (flow.popup === null || flow.screenAnswered));
  if (flow.screenShown && sure) return { consent: 'shown', unseenBecause: null };
  if (message && !resultKnown) return unseen('token-by-message');
  if (flow.screenShown) return unseen('popup-unseen');
  if (flow.whole) return { consent: 'none', unseenBecause: null };
  return unseen(flow.popup === 'poll' ? 'easy-login' : 'flow-not-seen');
}

/** Ends a flow with a login: the authorization came back with a code or a token. */
export function startLogin(ledger: Ledger, flow: Flow, o: Observation): Login {
  flow.done = true;
  const { track } = ledger;
  // Where the session changed under the flow, or its beginning was not seen, the account is unknown.
  const same = flow.sessionKey === track.sessionKeys[flow.cookieStore];
  const login: Login = {
    id: o.id,
    ordinal: track.nextOrdinal++,
    clientId: flow.clientId ?? UNKNOWN_APP,
    site: flow.site,
    redirectUri: flow.redirectUri,
    cookieStore: flow.cookieStore,
    tab: flow.tab,
    opener: flow.opener,
    startedAt: flow.startedAt,
    loggedInAt: o.at,
    ...consentOf(flow, o),
    askedExtra: flow.askedExtra,
    sessionKey: (same && flow.sessionKey) || o.id,
    userHash: null,
    label: null,
    connectedAt: null,
    notSignedUp: false,
    seenInBrowser: false,
    reportedByServer: false,
    gap: flow.watched || o.source === 'har' ? null : { at: o.at, reason: 'no-site-access' },
    restartedAt: null,
    ownListed: null,
    ownSignup: null,
    unlinkCall: null,
    callback: null,
    tester: null,
    calls: [],
    kind: 'unknown',
    kindBecause: 'flow-not-seen',
    certainty: 'likely',
    group: o.id,
    listed: null,
    signup: null,
    cut: null,
    survived: null,
    contested: false,
  };
  ledger.logins.set(login.id, login);
  if (!ledger.apps.has(login.clientId)) ledger.apps.set(login.clientId, newApp(login.clientId));
  return login;
}
