import { WINDOW_MS } from '../../kakao/policy.ts';
import { modeEvidence, appOf } from '../app-knowledge.ts';
import { applyCall } from '../record-call.ts';
import { runsIn } from '../flow.ts';
import { completesListed, completesSignup } from '../evaluate-call.ts';
import type { Flow, Ledger } from '../login-state.ts';
import type { ApiFact, Observation } from '../../model/observation.ts';
import { placeOf, siteOf, unrelated } from '../attribute-request.ts';
import { changeApp, type Intake } from '../reduce-context.ts';
import { keepWaiting } from '../buffered-reports.ts';

const HOUR = 3_600_000;

/** Takes in an API call: on the login it belongs to, and as evidence of its app's link mode. */
export function foldCall(intake: Intake, o: Observation<ApiFact>): void {
  if (o.method === 'OPTIONS') return;
  const { ledger, change } = intake;
  const handed = o.status === 200 && messageFlow(ledger, o);
  if (handed && o.inFrame && !placeOf(ledger, o, o.account)) intake.begin(handed);
  const place = placeOf(ledger, o, o.account);
  if (!place) return keepWaiting(ledger, o);
  const { login, isOwnTab, rivals } = place;
  const counted = completesListed(o) ? 'ownListed' : completesSignup(o) ? 'ownSignup' : null;
  // By another key or origin of the site, unless it was surely complete before this tab's login.
  const other = rivals.findLast((l) => unrelated(login, l));
  const doubt =
    (handed && login.id !== o.id) ||
    (other && !(isOwnTab && counted && other[counted]?.doubt === null))
      ? 'account-unknown'
      : place.doubt;
  applyCall(login, o, doubt, counted);
  if (counted)
    for (const l of ledger.logins.values())
      if (
        !l.rivals?.[counted] &&
        ((doubt && rivals.includes(l)) ||
          // A link is the app's, and an app may have two keys: after a repeat it may be that of a login before.
          ((login.consent !== 'shown' || login.askedExtra) &&
            (l.clientId === login.clientId) !== (l.site === login.site) &&
            l.cookieStore === login.cookieStore &&
            l.ordinal < login.ordinal &&
            o.at - l.loggedInAt <= WINDOW_MS))
      ) {
        (l.rivals ??= {})[counted] = o.at;
        change.logins.add(l.id);
      }
  const evidence = modeEvidence(o);
  const app = appOf(ledger, login.clientId);
  if (evidence && !doubt) {
    ledger.apps.set(login.clientId, { ...app, ...evidence, inferredAt: o.at });
    if (evidence.inferred !== app.inferred) changeApp(intake, login.clientId);
    change.apps.add(login.clientId);
  }
  intake.on(login);
}

/** A popup that showed a page and then handed a token over at once leaves only the call that uses the token. */
function messageFlow(ledger: Ledger, o: Observation<ApiFact>): Flow | undefined {
  const site = siteOf(ledger, o);
  return Object.values(ledger.track.flows).find(
    (f) =>
      f.popup === 'message' &&
      !f.done &&
      f.screenShown &&
      o.at - f.lastAt <= HOUR &&
      f.cookieStore === o.cookieStore &&
      (site ? f.site === site : runsIn(f, o.tab)),
  );
}
