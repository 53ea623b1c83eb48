import { appOf } from '../../model/app.ts';
import { recordTokenRequest } from '../record-call.ts';
import { originOf } from '../../model/url.ts';
import { createFlow } from '../flow.ts';
import type { LoginState } from '../login-state.ts';
import type { Login } from '../../model/login.ts';
import type { Observation, TokenFact } from '../../model/observation.ts';
import { attributeRequest, siteOfRequest } from '../attribute-request.ts';
import { UNKNOWN_APP } from '../start-login.ts';
import type { ReduceContext } from '../reduce-context.ts';
import { bufferReport } from '../buffered-reports.ts';

/** A token that comes this long after a login is still that login's. */
const EXCHANGE_MS = 600_000;

/** Takes in a token request. In a recording that starts in the middle it may be all there is of a login. */
export function handleToken(intake: ReduceContext, o: Observation<TokenFact>): void {
  const { loginState, change } = intake;
  const newCode = o.grant === 'authorization_code' && o.status === 200 && o.source === 'har';
  const fits = (l: Login | undefined): l is Login =>
    l !== undefined &&
    (!o.clientId || [UNKNOWN_APP, o.clientId].includes(l.clientId)) &&
    (!newCode || Math.abs(o.at - l.loggedInAt) <= EXCHANGE_MS);
  const place = attributeRequest(loginState, o, o.account);
  const placed = place?.login;
  // A popup of the page's own making: the page that exchanges the code had its last login long ago.
  const login = fits(placed) || !newCode ? placed : recentLogin(loginState, o, fits);
  if (fits(login)) {
    if (login.clientId === UNKNOWN_APP && o.clientId) {
      login.clientId = o.clientId;
      loginState.apps.set(o.clientId, appOf(loginState, o.clientId));
      change.apps.add(o.clientId);
      intake.markDirty(UNKNOWN_APP, login.site);
    }
    recordTokenRequest(login, o, login === placed ? place?.doubt : null);
    intake.on(login);
  } else if (newCode && o.clientId) {
    const { clientId, redirectUri } = o;
    const site = o.site ?? originOf(redirectUri);
    recordTokenRequest(
      intake.begin(createFlow(o, { clientId, redirectUri, site, watched: true })),
      o,
    );
  } else if (!login) {
    bufferReport(loginState, o);
  }
}

function recentLogin(
  loginState: LoginState,
  o: Observation<TokenFact>,
  fits: (l: Login) => boolean,
): Login | undefined {
  const site = siteOfRequest(loginState, o);
  return [...loginState.logins.values()].findLast(
    (l) =>
      l.cookieStore === o.cookieStore &&
      l.site === site &&
      (!o.account || !l.userHash || l.userHash === o.account) &&
      fits(l),
  );
}
