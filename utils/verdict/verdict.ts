import { CUT_BY_MS, SIGNUP, WINDOW_MS } from '../kakao/policy.ts';
import { linkMode, type App } from '../model/app.ts';
import type { Completion, Login } from '../model/login.ts';
import type { Verdict, Visibility, VisibilityBecause } from '../model/verdict.ts';
import { deadlineOf } from './deadline.ts';

/** The call that completes the login under the app's link mode, in or after the window; null if none was seen. */
export function completionOf(login: Login, app: App): Completion | null {
  return linkMode(app) === 'manual' ? login.creditedSignupCall : login.creditedListedCall;
}

/** The core of a verdict: what is to be said of a login, why, and why it is not certain (null where it is). */
type Judgement = Pick<Verdict, 'verdict' | 'because' | 'doubt'>;

/** The verdict on a login at an instant (epoch ms), without what surrounds it: docs/kakao-rules.md#completion. */
export function decideVerdict(login: Login, app: App, now: number): Judgement {
  const deadline = deadlineOf(login, app);
  const mode = linkMode(app);
  const completion = completionOf(login, app);
  const completedBy = mode === 'manual' ? 'signup-call' : 'listed-call';
  const completionDoubt = completion?.doubt ?? (mode === 'unknown' ? 'link-mode-unknown' : null);

  if (login.kind === 'repeat')
    return { verdict: 'not-applicable', because: 'repeat-login', doubt: null };
  const cutBecause = knownCut(login);
  if (cutBecause) return { verdict: 'unlinked', because: cutBecause, doubt: null };
  if (completion && completion.at <= deadline)
    return { verdict: 'complete', because: completedBy, doubt: completionDoubt };
  if (login.testerMark?.mark === 'complete')
    return { verdict: 'complete', because: 'tester', doubt: null };
  if (login.linkSurvived) return { verdict: 'complete', because: 'link-survived', doubt: null };
  if (completion) {
    const doubt = completionDoubt ?? otherCallDoubt(login, app);
    return { verdict: 'late', because: completedBy, doubt };
  }
  if (now <= deadline) return { verdict: 'pending', because: 'in-window', doubt: kindDoubt(login) };
  if (!wasVisible(login, deadline))
    return { verdict: 'unseen', because: 'not-visible', doubt: kindDoubt(login) };
  const isMeAlone = mode === 'manual' && login.creditedListedCall !== null;
  return {
    verdict: 'missed',
    because: isMeAlone ? 'me-is-not-enough' : 'no-qualifying-call',
    doubt: missDoubt(login, app),
  };
}

/** Why the link is known to be cut, or null. The tester's later word wins over what was derived. */
function knownCut({ cut, testerMark }: Login): Verdict['because'] | null {
  if (cut && cut.at >= (testerMark?.at ?? -Infinity)) return cut.because;
  return testerMark?.mark === 'cut' ? 'tester' : null;
}

/** Why a miss is not certain, or null where it is. */
function missDoubt(login: Login, app: App): Verdict['doubt'] {
  if (linkMode(app) !== 'auto' && isSignupAnswerUnknown(login)) return 'signup-answer-unknown';
  const restartDoubt = login.restartedAt === null ? null : 'restart';
  return otherCallDoubt(login, app) ?? kindDoubt(login) ?? restartDoubt;
}

/** Whether a call that was recorded on another login may have completed this one in its window. */
function otherCallDoubt(login: Login, app: App): Verdict['doubt'] {
  const slot = linkMode(app) === 'manual' ? 'signupCall' : 'listedCall';
  const possibleAt = login.possibleCalls?.[slot] ?? Infinity;
  return login.ambiguous || possibleAt <= deadlineOf(login, app) ? 'account-unknown' : null;
}

/** Whether the login may be no first login at all. */
function kindDoubt({ kind, certainty }: Login): Verdict['doubt'] {
  return kind === 'unknown' || certainty === 'likely' ? 'kind-unknown' : null;
}

/** Whether a sign-up call was answered 400 with an unknown code: it may have said "already registered". */
function isSignupAnswerUnknown(login: Login): boolean {
  return login.calls.some((c) => c.path === SIGNUP.path && c.status === 400 && c.code === null);
}

/** Whether the login's calls could be seen up to its deadline (epoch ms). */
function wasVisible(login: Login, deadline: number): boolean {
  if (login.visibilityGap && login.visibilityGap.at <= deadline) return false;
  return login.seenInBrowser || login.reportedByServer;
}

/** Whether we could have seen the calls between the login and its deadline, and why or why not. */
function visibilityOf(
  login: Login,
  app: App,
): { visibility: Visibility; because: VisibilityBecause } {
  const { visibilityGap } = login;
  const gap = visibilityGap && visibilityGap.at <= deadlineOf(login, app) ? visibilityGap : null;
  if (gap && !completionOf(login, app)) return { visibility: 'none', because: gap.reason };
  if (login.seenInBrowser) return { visibility: 'browser', because: 'token-seen' };
  if (login.reportedByServer) return { visibility: 'server-reported', because: 'reported' };
  return { visibility: 'none', because: gap?.reason ?? 'server-side' };
}

/** Between which instants (epoch ms) Kakao cuts the link of an incomplete login: docs/kakao-rules.md#daily-job. */
function cutBandOf({ loggedInAt }: Login): Verdict['cutBand'] {
  return { from: loggedInAt + WINDOW_MS, to: loggedInAt + CUT_BY_MS };
}

/**
 * What is to be said of a login at an instant (epoch ms). Pure: the same login, app and instant give the same answer.
 * Where the evidence does not carry a certain answer, `certainty` is `likely` and `doubt` says why.
 */
export function verdictOf(login: Login, app: App, now: number): Verdict {
  const judgement = decideVerdict(login, app, now);
  const { verdict, doubt } = judgement;
  const completion = completionOf(login, app);
  const { visibility, because: visibilityBecause } = visibilityOf(login, app);
  return {
    ...judgement,
    certainty: doubt ? 'likely' : 'certain',
    visibility,
    visibilityBecause,
    deadline: deadlineOf(login, app),
    cutBand: verdict === 'missed' || verdict === 'unseen' ? cutBandOf(login) : null,
    completedBy: completion && {
      at: completion.at,
      source: completion.source,
      method: completion.method,
      path: completion.path,
      status: completion.status,
    },
    linkMode: linkMode(app),
    rehearsal: app.windowMs !== null,
  };
}

/**
 * Where a login stands whatever the hour: `open` while only time decides, `late`, `done` (complete or cut) or `repeat`.
 * Lets a store find the logins whose verdict time will change.
 */
export function loginStatus(login: Login, app: App): 'open' | 'late' | 'done' | 'repeat' {
  const { verdict } = decideVerdict(login, app, login.loggedInAt);
  if (verdict === 'not-applicable') return 'repeat';
  if (verdict === 'pending') return 'open';
  return verdict === 'late' ? 'late' : 'done';
}
