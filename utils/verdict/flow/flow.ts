import type { Observation } from '../../model/observation.ts';
import type { Flow, Tracking } from '../state/login-state.ts';

/** Whether a flow runs in a tab, or in a popup of it. */
export function flowRunsInTab(flow: Flow, tab: string | null): boolean {
  return flow.tab === tab || (tab !== null && flow.opener === tab);
}

/** A flow that begins with an observation and of which only `known` is known. */
export function createFlow(
  o: Observation,
  known: Partial<Flow> & Pick<Flow, 'clientId' | 'site' | 'watched'>,
): Flow {
  return {
    redirectUri: null,
    cookieStore: o.cookieStore,
    tab: o.tab,
    opener: o.opener,
    startedAt: o.at,
    lastAt: o.at,
    whole: false,
    screenShown: false,
    screenOrdinal: null,
    screenAnswered: false,
    leftScreen: false,
    extraConsentRequested: false,
    popup: null,
    polledAfterAnswer: false,
    kakaoSession: null,
    atLoginForm: false,
    done: false,
    awaitsArrival: false,
    ...known,
  };
}

/**
 * Notes on the flows on their way that another login may have ended meanwhile, unseen, and made the link; not on `own`, the flow
 * of that login, where there is one.
 */
export function noteUnseenMeanwhile({ flows }: Tracking, own?: Flow): void {
  for (const flow of Object.values(flows))
    if (flow !== own && !flow.done) flow.unseenMeanwhile = true;
}
