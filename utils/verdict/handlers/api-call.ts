import { WINDOW_MS } from '../../kakao/policy.ts';
import { linkModeEvidence } from '../app-knowledge.ts';
import { recordCall } from '../record-call.ts';
import { flowRunsInTab } from '../flow.ts';
import { isCompletingListedCall, isCompletingSignup } from '../evaluate-call.ts';
import type { Flow, LoginState } from '../login-state.ts';
import type { ApiFact, Observation } from '../../model/observation.ts';
import { attributeRequest, siteOfRequest, areUnrelated } from '../attribute-request.ts';
import { markAppChanged, type ReduceContext } from '../reduce-context.ts';
import { bufferReport } from '../buffered-reports.ts';
import { appOf } from '../../model/app.ts';

const HOUR = 3_600_000;

/** Takes in an API call: on the login it belongs to, and as evidence of its app's link mode. */
export function handleApiCall(intake: ReduceContext, o: Observation<ApiFact>): void {
  if (o.method === 'OPTIONS') return;
  const { loginState, change } = intake;
  const handed = o.status === 200 && messageFlow(loginState, o);
  if (handed && o.inFrame && !attributeRequest(loginState, o, o.account)) intake.begin(handed);
  const place = attributeRequest(loginState, o, o.account);
  if (!place) return bufferReport(loginState, o);
  const { login, isOwnTab, otherCandidates } = place;
  const counted = isCompletingListedCall(o)
    ? 'listedCall'
    : isCompletingSignup(o)
      ? 'signupCall'
      : null;
  // By another key or origin of the site, unless it was surely complete before this tab's login.
  const other = otherCandidates.findLast((l) => areUnrelated(login, l));
  const doubt =
    (handed && login.id !== o.id) ||
    (other && !(isOwnTab && counted && other[counted]?.doubt === null))
      ? 'account-unknown'
      : place.doubt;
  recordCall(login, o, doubt, counted);
  if (counted)
    for (const l of loginState.logins.values())
      if (
        !l.possibleCalls?.[counted] &&
        ((doubt && otherCandidates.includes(l)) ||
          // A link is the app's, and an app may have two keys: after a repeat it may be that of a login before.
          ((login.consent !== 'shown' || login.extraConsentRequested) &&
            (l.clientId === login.clientId) !== (l.site === login.site) &&
            l.cookieStore === login.cookieStore &&
            l.ordinal < login.ordinal &&
            o.at - l.loggedInAt <= WINDOW_MS))
      ) {
        (l.possibleCalls ??= {})[counted] = o.at;
        change.logins.add(l.id);
      }
  const evidence = linkModeEvidence(o);
  const app = appOf(loginState, login.clientId);
  if (evidence && !doubt) {
    loginState.apps.set(login.clientId, { ...app, ...evidence, inferredAt: o.at });
    if (evidence.inferredLinkMode !== app.inferredLinkMode) markAppChanged(intake, login.clientId);
    change.apps.add(login.clientId);
  }
  intake.on(login);
}

/** A popup that showed a page and then handed a token over at once leaves only the call that uses the token. */
function messageFlow(loginState: LoginState, o: Observation<ApiFact>): Flow | undefined {
  const site = siteOfRequest(loginState, o);
  return Object.values(loginState.tracking.flows).find(
    (f) =>
      f.popup === 'message' &&
      !f.done &&
      f.screenShown &&
      o.at - f.lastAt <= HOUR &&
      f.cookieStore === o.cookieStore &&
      (site ? f.site === site : flowRunsInTab(f, o.tab)),
  );
}
