import type { FrameFact, PollFact } from '../../model/observation.ts';
import { setAsLatest } from '../flow.ts';
import type { FactHandler } from './fact-handler.ts';

/** The SDK asks whether a popup or an easy login has ended: its tab waits for a login. */
export const pollHandler: FactHandler<PollFact> = {
  record({ loginState }, { tab, clientId, site, watched, at }) {
    if (!tab || !clientId) return;
    const { polls } = loginState.tracking;
    const before = polls[tab];
    const isSameApp = before?.clientId === clientId;
    setAsLatest(polls, tab, isSameApp ? { ...before, watched } : { clientId, site, watched, at });
  },
};

/** SDK v1 opened its kapi frame: calls out of the frame are the site's. */
export const frameHandler: FactHandler<FrameFact> = {
  record({ loginState }, { tab, site, at }) {
    if (tab && site) setAsLatest(loginState.tracking.frames, tab, { site, at });
  },
};
