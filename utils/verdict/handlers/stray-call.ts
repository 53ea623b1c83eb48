import { appOf } from '../../model/app.ts';
import type { Login } from '../../model/login.ts';
import type { ApiFact, Observation } from '../../model/observation.ts';
import { neighbourOf, siteOfRequest, type Attribution } from '../attribute/attribute-request.ts';
import { addEvidence, evidenceKindsOf } from '../attribute/evidence.ts';
import { isInStore, mayBeOfAnySite, mayShareLink } from '../attribute/token-bearer.ts';
import { completes } from '../derive/link.ts';
import { popupHandingOver } from '../flow/popup-flow.ts';
import { loginsNearPopup, recentLogins } from '../state/login-index.ts';
import type { LoginState } from '../state/login-state.ts';

/** A call of no known login, which arrived before the login with an ordinal. */
type StrayCall = Observation<ApiFact> & { before: number };

/** Notes a stray call on the logins that it may have completed or cut, and returns those that did not know as much. */
export function noteStrayCall(loginState: LoginState, call: StrayCall): Login[] {
  const logins = loginsOfStrayCall(loginState, call);
  const kept = addEvidence(call, evidenceKindsOf(call), logins, ofUnknownAccount(call));
  return [...kept.union(noteUnseenLinks(loginState, call))];
}

/** Notes on the logins whose link the unseen login of a call may have found that there was one; returns those that did not know. */
export function noteUnseenLinks(loginState: LoginState, call: StrayCall): Set<Login> {
  const linked = loginsLinkedUnseen(loginState, call);
  return addEvidence(call, ['unseen-login'], linked, ofUnknownAccount(call));
}

const ofUnknownAccount = ({ before }: StrayCall) => ({ doubt: 'account-unknown', before }) as const;

/**
 * The logins whose link a login that nobody saw may have found, where a call may be of that one: any before it. None where the
 * call is surely of a login that was seen.
 */
export function loginsBeforeUnseen(
  loginState: LoginState,
  call: Observation<ApiFact>,
  { candidates, doubt }: Attribution,
): Login[] {
  const { unseenBefore } = loginState.tracking;
  const mayBeOfUnseen = doubt !== null && candidates.every((l) => l.ordinal < unseenBefore);
  return mayBeOfUnseen ? loginsOfAnySite(loginState, call) : [];
}

/** The logins whose token, or whose account's, a stray call may carry. */
function loginsOfStrayCall(loginState: LoginState, call: StrayCall): Login[] {
  // A popup whose own login was not seen may have found the link of another one.
  const popup = popupHandingOver(loginState, call);
  const ofPopup = popup ? loginsNearPopup(loginState, popup, call.at) : [];
  // Kakao asks for no site, so a token may be used on another host of the same domain.
  const neighbour = neighbourOf(loginState, call);
  const others = [...(neighbour ? [neighbour] : []), ...loginsOfAnySite(loginState, call)];
  return [...new Set([...ofPopup, ...others])];
}

/**
 * The latest logins of the 48 h before a call that it may be of, for all that is known: those after which nothing was recorded
 * for a while and, where nothing tells its site, all of its cookie store. Where everything was recorded, a report is of a login
 * to come.
 */
function loginsOfAnySite(loginState: LoginState, call: Observation<ApiFact>): Login[] {
  const { source } = call;
  const { unseenBefore } = loginState.tracking;
  const isOfAny = isOfUnknownSite(loginState, call);
  if (unseenBefore === 0 && (source === 'server' || !isOfAny)) return [];
  return recentLogins(loginState, call.at).filter(
    (l) => l.ordinal < unseenBefore || (isOfAny && isInStore(l, call)),
  );
}

/**
 * Whether nothing tells for which site a call was made: it names none, or comes out of a frame of SDK v1 that was there before
 * the recording.
 */
export function isOfUnknownSite(loginState: LoginState, o: Observation): boolean {
  const isInFrame = o.type === 'api' && o.inFrame;
  return isInFrame ? siteOfRequest(loginState, o) === null : mayBeOfAnySite(o);
}

/**
 * The latest logins of the 48 h before a stray call in a file that may have completed, or cut, their links: it shows that
 * somebody logged in on its site in a popup or another tab, which developer tools do not record.
 */
function loginsLinkedUnseen(loginState: LoginState, call: StrayCall): Login[] {
  if (call.source !== 'har' || call.site === null) return [];
  const kinds = evidenceKindsOf(call);
  const maySayOf = ({ clientId }: Login) =>
    kinds.some((k) => k === 'unlink' || completes(k, appOf(loginState, clientId)) !== 'no');
  return recentLogins(loginState, call.at).filter((l) => mayShareLink(call, l) && maySayOf(l));
}
