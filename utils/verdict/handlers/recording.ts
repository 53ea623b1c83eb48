import type {
  LossFact,
  PauseFact,
  RecordingEndFact,
  StartFact,
  WatchFact,
} from '../../model/observation.ts';
import { noteUnseenMeanwhile } from '../flow/flow.ts';
import { recentLogins } from '../state/login-index.ts';
import type { Tracking } from '../state/login-state.ts';
import { flowKey } from '../state/tracking-keys.ts';
import type { FactHandler } from './fact-handler.ts';
import { markChanged } from './reduce-context.ts';
import { noteUnseenLogin } from './unseen-login.ts';
import { noteUnwatchedHosts } from './unwatched-hosts.ts';
import {
  loginsInWindow,
  noteBrowserRestart,
  noteLoss,
  noteToldLate,
  openVisibilityGap,
} from './visibility-gaps.ts';

/** Access to a site came or went. */
export const watchHandler: FactHandler<WatchFact> = {
  record(context, observation) {
    const { loginState } = context;
    const { site, watched, at } = observation;
    if (!site) return;
    loginState.tracking.sites[site] = { watched, since: at };
    if (watched) return;
    markChanged(context, openVisibilityGap(loginState, at, 'no-site-access', site));
    markChanged(
      context,
      noteUnwatchedHosts(loginState, observation, loginsInWindow(loginState, at), [site]),
    );
  },
};

/** The tester paused or resumed all recording. */
export const pauseHandler: FactHandler<PauseFact> = {
  record(context, { paused, at }) {
    const { loginState } = context;
    const { tracking } = loginState;
    tracking.pausedAt = paused ? (tracking.pausedAt ?? at) : null;
    noteUnseenSteps(tracking);
    if (paused) markChanged(context, openVisibilityGap(loginState, at, 'paused', null));
  },
};

/** The browser started. */
export const startHandler: FactHandler<StartFact> = {
  record(context, { at }) {
    context.loginState.tracking.startedAt = at;
    markChanged(context, noteBrowserRestart(context.loginState, at));
  },
};

/** The worker ended in the middle of its work, or something was left out of the record. */
export const lossHandler: FactHandler<LossFact> = {
  record(context, loss) {
    const { at, leftOut, cookieStore, tab } = loss;
    const { loginState } = context;
    if (leftOut === 'redirects')
      return noteUnseenLogin(context, loss, recentLogins(loginState, at));
    const { tracking } = loginState;
    if (leftOut === 'steps') return forgetFlow(tracking, { cookieStore, tab });
    if (leftOut === 'elsewhere') {
      tracking.elsewhereBefore = tracking.nextOrdinal;
      return noteUnseenMeanwhile(tracking);
    }
    tracking.lostAt = at;
    noteUnseenSteps(tracking);
    markChanged(context, noteLoss(loginState, at));
    // What came since the start was recorded before anybody knew that the extension had been switched off.
    if (at < (tracking.startedAt ?? at)) markChanged(context, noteToldLate(loginState, loss));
  },
};

/** What was not recorded may be steps of a flow on its way, or a login, of the same account or of another one. */
function noteUnseenSteps(tracking: Tracking): void {
  for (const flow of Object.values(tracking.flows)) {
    if (!flow.done) Object.assign(flow, { whole: false, unseenMeanwhile: true });
    delete flow.refused;
  }
  tracking.kakaoSessions = {};
  tracking.unseenBefore = tracking.nextOrdinal;
}

/** Steps in a tab were left out: what comes next there begins in the middle, and another account may have logged in. */
function forgetFlow(tracking: Tracking, place: { cookieStore: string; tab: string | null }): void {
  const key = flowKey(place);
  const flow = tracking.flows[key];
  if (flow && (!flow.done || flow.refused)) delete tracking.flows[key];
  delete tracking.kakaoSessions[place.cookieStore];
}

/** Nothing after this was recorded, or nothing of the site that is named: what came later in a login's window may be unseen. */
export const recordingEndHandler: FactHandler<RecordingEndFact> = {
  record(context, { at, site }) {
    markChanged(context, openVisibilityGap(context.loginState, at, 'recording-ended', site));
  },
};
