import type { FrameFact, Observation } from '../../model/observation.ts';
import { MINUTE_MS } from '../../model/time.ts';
import {
  mayChangeAccount,
  mayGoOn,
  popupKind,
  type Step,
} from '../../verdict/flow/authorize-step.ts';
import { flowRunsInTab } from '../../verdict/flow/flow.ts';
import { loginsOfTab } from '../../verdict/state/login-index.ts';
import type { LoginState, Tracking } from '../../verdict/state/login-state.ts';
import { FLOW_TIMEOUT_MS } from '../../verdict/state/time-limits.ts';
import { flowKey } from '../../verdict/state/tracking-keys.ts';
import { createLoss } from './create-observation.ts';

/** A loss that was recorded this long ago still speaks of a flow that begins now. */
const LOSS_HOLDS_MS = 10 * MINUTE_MS;

/** Which sites are watched, as was last recorded, and whether only these are recorded. */
export interface RecordedSites {
  sites: Tracking['sites'];
  watchedOnly: boolean;
}

/** What is stored of an observation; null where nothing is. */
export function whatIsStored(
  loginState: LoginState,
  o: Observation,
  { sites, watchedOnly }: RecordedSites,
): Observation | null {
  const { tracking } = loginState;
  // SDK v1 opens Kakao's own frame on every page, so it is seen wherever a person goes.
  if (o.type === 'frame') return isWatched(sites, o.site) ? o : frameOfAnother(tracking, o);
  if (o.type === 'api' && o.inFrame && o.source === 'browser')
    return isOfWatchedFrame(tracking, o, sites) ||
      hasLogin(loginState, o, watchedOnly ? sites : null) ||
      mayEndPopup(tracking, o)
      ? o
      : null;
  return watchedOnly ? ofWatchedSite(tracking, o) : o;
}

/** Of a frame of another site only that the tab's is no longer that of a watched one; null where that is known. */
function frameOfAnother(
  { frames }: Tracking,
  frame: Observation<FrameFact>,
): Observation<FrameFact> | null {
  return frames[frame.tab ?? '']?.site ? { ...frame, site: null } : null;
}

/** Whether a call came out of the frame of a watched site. */
function isOfWatchedFrame(
  { frames }: Tracking,
  { site, tab }: Observation,
  sites: Tracking['sites'],
): boolean {
  return isWatched(sites, site ?? frames[tab ?? '']?.site ?? null);
}

/** Whether the tab of a call has a login; where `sites` are given, one of a watched site. */
function hasLogin(
  loginState: LoginState,
  { tab }: Observation,
  sites: Tracking['sites'] | null,
): boolean {
  const logins = tab === null ? [] : loginsOfTab(loginState, tab);
  return logins.some((login) => sites === null || isWatched(sites, login.site));
}

/** Whether a popup of the call's tab, of a flow that was recorded, may have handed its token over: nothing else shows that. */
function mayEndPopup({ flows }: Tracking, { cookieStore, tab }: Observation): boolean {
  return Object.values(flows).some(
    (flow) =>
      flow.popup === 'message' &&
      !flow.done &&
      flow.cookieStore === cookieStore &&
      flowRunsInTab(flow, tab),
  );
}

/**
 * Of any observation outside of frames, what is stored while only watched sites are recorded: itself where it is of one, or no
 * traffic; of every other login a loss, where another account may have logged in, or an account's link have changed. Null
 * where that is recorded already, and where a step says nothing.
 */
function ofWatchedSite(tracking: Tracking, o: Observation): Observation | null {
  if (o.type === 'poll') return o.watched ? o : null;
  if (o.type !== 'authorize' || o.source !== 'browser' || o.watched) return o;
  return goesOnWithFlow(tracking, o) ? o : lossOf(tracking, o);
}

function isWatched(sites: Tracking['sites'], site: string | null): boolean {
  return site !== null && sites[site]?.watched === true;
}

/** Whether a step, whose own address names no site, goes on with a flow that was recorded. */
function goesOnWithFlow({ flows }: Tracking, step: Step): boolean {
  const flow = flows[flowKey(step)];
  if (!flow || flow.done || step.at - flow.lastAt > FLOW_TIMEOUT_MS) return false;
  return mayGoOn(step) && (step.clientId === null || step.clientId === flow.clientId);
}

/** The loss that says that a step was left out; null where it is of no account, or recorded already. */
function lossOf(tracking: Tracking, step: Step): Observation | null {
  const { at, outcome, method } = step;
  // A popup's result is a page that its form led to or, where the account is linked, its only one.
  const mayBeResult = outcome === 'screen' && (method === 'POST' || popupKind(step) !== null);
  const isLogin = outcome === 'code' || outcome === 'token' || mayBeResult;
  if (isLogin ? isLossKnown(tracking, at) : !mayChangeAccount(step) || isStepKnown(tracking, step))
    return null;
  return createLoss(step, isLogin ? 'logins' : 'steps');
}

/** Whether a loss of steps would change nothing. */
function isStepKnown({ flows, kakaoSessions }: Tracking, step: Step): boolean {
  return flows[flowKey(step)]?.done !== false && !(step.cookieStore in kakaoSessions);
}

/** Whether a loss of logins would change nothing. */
function isLossKnown(tracking: Tracking, at: number): boolean {
  const { lostAt = -Infinity, unseenBefore, nextOrdinal, kakaoSessions, flows } = tracking;
  const isRecent = at >= lostAt && at - lostAt <= LOSS_HOLDS_MS;
  const isNoted = unseenBefore === nextOrdinal && Object.keys(kakaoSessions).length === 0;
  return isRecent && isNoted && Object.values(flows).every((flow) => flow.done || !flow.whole);
}
