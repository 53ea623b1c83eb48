import { appOf } from '../app-knowledge.ts';
import { applyToken } from '../record-call.ts';
import { originOf } from '../../model/url.ts';
import { newFlow } from '../flow.ts';
import type { Ledger } from '../login-state.ts';
import type { Login } from '../../model/login.ts';
import type { Observation, TokenFact } from '../../model/observation.ts';
import { placeOf, siteOf } from '../attribute-request.ts';
import { UNKNOWN_APP } from '../start-login.ts';
import type { Intake } from '../reduce-context.ts';
import { keepWaiting } from '../buffered-reports.ts';

/** A token that comes this long after a login is still that login's. */
const EXCHANGE_MS = 600_000;

/** Takes in a token request. In a recording that starts in the middle it may be all there is of a login. */
export function foldToken(intake: Intake, o: Observation<TokenFact>): void {
  const { ledger, change } = intake;
  const newCode = o.grant === 'authorization_code' && o.status === 200 && o.source === 'har';
  const fits = (l: Login | undefined): l is Login =>
    l !== undefined &&
    (!o.clientId || [UNKNOWN_APP, o.clientId].includes(l.clientId)) &&
    (!newCode || Math.abs(o.at - l.loggedInAt) <= EXCHANGE_MS);
  const place = placeOf(ledger, o, o.account);
  const placed = place?.login;
  // A popup of the page's own making: the page that exchanges the code had its last login long ago.
  const login = fits(placed) || !newCode ? placed : recentLogin(ledger, o, fits);
  if (fits(login)) {
    if (login.clientId === UNKNOWN_APP && o.clientId) {
      login.clientId = o.clientId;
      ledger.apps.set(o.clientId, appOf(ledger, o.clientId));
      change.apps.add(o.clientId);
      intake.unsettle(UNKNOWN_APP, login.site);
    }
    applyToken(login, o, login === placed ? place?.doubt : null);
    intake.on(login);
  } else if (newCode && o.clientId) {
    const { clientId, redirectUri } = o;
    const site = o.site ?? originOf(redirectUri);
    applyToken(intake.begin(newFlow(o, { clientId, redirectUri, site, watched: true })), o);
  } else if (!login) {
    keepWaiting(ledger, o);
  }
}

function recentLogin(
  ledger: Ledger,
  o: Observation<TokenFact>,
  fits: (l: Login) => boolean,
): Login | undefined {
  const site = siteOf(ledger, o);
  return [...ledger.logins.values()].findLast(
    (l) =>
      l.cookieStore === o.cookieStore &&
      l.site === site &&
      (!o.account || !l.userHash || l.userHash === o.account) &&
      fits(l),
  );
}
