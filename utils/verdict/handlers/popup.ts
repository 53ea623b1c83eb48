import type { FrameFact, PollFact } from '../../model/observation.ts';
import { MINUTE_MS } from '../../model/time.ts';
import { notePoll, pollKey } from '../flow/popup-flow.ts';
import { setAsLatest } from '../state/tracking-keys.ts';
import type { FactHandler } from './fact-handler.ts';

/** The SDK gives up polling after this long: docs/kakao-rules.md#popup. */
const LONGEST_POLL_MS = 10 * MINUTE_MS;

/** The SDK asks whether a popup or an easy login has ended: its tab waits for a login. */
export const pollHandler: FactHandler<PollFact> = {
  record({ loginState }, observation) {
    const { clientId, site, watched, another, at } = observation;
    const key = pollKey(observation);
    if (!key || !clientId) return;
    notePoll(loginState, observation);
    const { polls } = loginState.tracking;
    const before = polls[key];
    const isOfPage = before?.clientId === clientId && before.site === site;
    const goesOn = isOfPage && at - before.at <= LONGEST_POLL_MS && !another;
    const since = goesOn ? before : { clientId, site, at };
    setAsLatest(polls, key, { ...since, watched, lastAt: at });
  },
};

/** SDK v1 opened its kapi frame: calls out of the frame are the site's, or of one that is not told. */
export const frameHandler: FactHandler<FrameFact> = {
  record({ loginState }, { tab, site, at }) {
    if (tab) setAsLatest(loginState.tracking.frames, tab, { site, at });
  },
};
