import { loginsOfTab } from '../state/login-index.ts';
import type { Flow, LoginState } from '../state/login-state.ts';
import { FLOW_TIMEOUT_MS } from '../state/time-limits.ts';
import { flowRunsInTab } from './flow.ts';

/**
 * Finds the unfinished flow whose redirect URI was reached: the latest in the tab or its popups, else the latest of the
 * cookie store. Ends all of the tab and its popups. Undefined where there is none.
 */
export function endFlowReaching(
  loginState: LoginState,
  o: { cookieStore: string; tab: string | null; at: number },
  redirectUri: string,
): Flow | undefined {
  const open = Object.values(loginState.tracking.flows).filter(
    (flow) =>
      !flow.done &&
      flow.cookieStore === o.cookieStore &&
      flow.redirectUri === redirectUri &&
      (mayEndUnseen(flow) || isFirstOfTab(loginState, flow)) &&
      o.at - flow.lastAt <= FLOW_TIMEOUT_MS,
  );
  const ofTab = open.filter((flow) => flowRunsInTab(flow, o.tab));
  // Popups that were closed before are over as well, or a reload of the redirect URI would end them.
  for (const flow of ofTab) flow.done = true;
  // A popup of another tab answers to that tab.
  return ofTab.at(-1) ?? open.findLast((flow) => o.tab === null || flow.opener === null);
}

/** Whether the tab has no earlier login at the redirect URI, so that the page reached is no old one loaded again. */
function isFirstOfTab(loginState: LoginState, { tab, redirectUri }: Flow): boolean {
  if (tab === null) return false;
  return !loginsOfTab(loginState, tab).some((l) => l.redirectUri === redirectUri);
}

/**
 * Whether a flow may end without Kakao's redirect being seen: in a popup, or after its screen was answered. Any other
 * page at the redirect URI is an old one that was loaded again.
 */
function mayEndUnseen(flow: Flow): boolean {
  return flow.popup !== null || (flow.screenShown && flow.screenAnswered);
}
