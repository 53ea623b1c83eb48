import type { PauseFact, RecordingEndFact, StartFact, WatchFact } from '../../model/observation.ts';
import { markChanged } from '../reduce-context.ts';
import { noteBrowserRestart, openVisibilityGap } from '../visibility-gaps.ts';
import type { FactHandler } from './fact-handler.ts';

/** Access to a site came or went. */
export const watchHandler: FactHandler<WatchFact> = {
  record(context, { site, watched, at }) {
    const { loginState } = context;
    if (!site) return;
    loginState.tracking.sites[site] = { watched, since: at };
    if (!watched) markChanged(context, openVisibilityGap(loginState, at, 'no-site-access', site));
  },
};

/** The tester paused or resumed all recording. */
export const pauseHandler: FactHandler<PauseFact> = {
  record(context, { paused, at }) {
    const { loginState } = context;
    const { tracking } = loginState;
    tracking.pausedAt = paused ? (tracking.pausedAt ?? at) : null;
    // Another account may log in while nothing is recorded.
    tracking.kakaoSessions = {};
    tracking.pausedBefore = tracking.nextOrdinal;
    if (paused) markChanged(context, openVisibilityGap(loginState, at, 'paused', null));
  },
};

/** The browser started. */
export const startHandler: FactHandler<StartFact> = {
  record(context, { at }) {
    markChanged(context, noteBrowserRestart(context.loginState, at));
  },
};

/** Nothing after this was recorded: what came later in a login's window may be unseen. */
export const recordingEndHandler: FactHandler<RecordingEndFact> = {
  record(context, { at }) {
    markChanged(context, openVisibilityGap(context.loginState, at, 'recording-ended', null));
  },
};
