import { deadlineOf } from './deadline.ts';
import { CUT_BY_MS, WINDOW_MS, SIGNUP } from '../kakao/policy.ts';
import { linkMode, type App } from '../model/app.ts';
import type { Verdict, VerdictName, Visibility, VisibilityBecause } from '../model/verdict.ts';
import type { Completion, Login } from '../model/login.ts';

/** The call that completes the login under the app's link mode, in or after the window; null if none was seen. */
export function completionOf(login: Login, app: App): Completion | null {
  return linkMode(app) === 'manual' ? login.creditedSignupCall : login.creditedListedCall;
}

/** Whether we could have seen the calls between the login and its deadline, and why (not). */
function visibilityOf(
  login: Login,
  app: App,
): { visibility: Visibility; because: VisibilityBecause } {
  const gap =
    login.visibilityGap && login.visibilityGap.at <= deadlineOf(login, app)
      ? login.visibilityGap
      : null;
  if (gap && !completionOf(login, app)) return { visibility: 'none', because: gap.reason };
  if (login.seenInBrowser) return { visibility: 'browser', because: 'token-seen' };
  if (login.reportedByServer) return { visibility: 'server-reported', because: 'reported' };
  return { visibility: 'none', because: gap?.reason ?? 'server-side' };
}

/** A sign-up call was answered 400 with an unknown code: it may have said "already registered". */
function signupAnswerUnknown(login: Login): boolean {
  return login.calls.some((c) => c.path === SIGNUP.path && c.status === 400 && c.code === null);
}

/** The core of what is to be said of a login, and why. */
type Judgement = Pick<Verdict, 'verdict' | 'because' | 'doubt'>;

/** The verdict on a login at an instant (epoch ms), without what surrounds it. Rule: utils/kakao/policy.ts. */
export function decideVerdict(login: Login, app: App, now: number): Judgement {
  const deadline = deadlineOf(login, app);
  const mode = linkMode(app);
  const completion = completionOf(login, app);
  const say = (
    verdict: VerdictName,
    because: Verdict['because'],
    doubt: Verdict['doubt'] = null,
  ): Judgement => ({ verdict, because, doubt });

  if (login.kind === 'repeat') return say('not-applicable', 'repeat-login');

  const testerAt = login.testerMark?.at ?? -Infinity;
  if (login.cut && login.cut.at >= testerAt) return say('unlinked', login.cut.because);
  if (login.testerMark?.mark === 'cut') return say('unlinked', 'tester');

  const doubt = completion?.doubt ?? (mode === 'unknown' ? 'link-mode-unknown' : null);
  const rivalAt = login.possibleCalls?.[mode === 'manual' ? 'signupCall' : 'listedCall'];
  const contested = login.ambiguous || (rivalAt && rivalAt <= deadline) ? 'account-unknown' : null;
  const done = mode === 'manual' ? 'signup-call' : 'listed-call';
  if (completion && completion.at <= deadline) return say('complete', done, doubt);
  if (login.testerMark?.mark === 'complete') return say('complete', 'tester');
  if (login.linkSurvived) return say('complete', 'link-survived');
  if (completion) return say('late', done, doubt ?? contested);

  const kindDoubt =
    login.kind === 'unknown' || login.certainty === 'likely' ? 'kind-unknown' : null;
  if (now <= deadline) return say('pending', 'in-window', kindDoubt);
  const hasGap = login.visibilityGap && login.visibilityGap.at <= deadline;
  if (hasGap || !(login.seenInBrowser || login.reportedByServer))
    return say('unseen', 'not-visible', kindDoubt);

  const why =
    mode === 'manual' && login.creditedListedCall ? 'me-is-not-enough' : 'no-qualifying-call';
  if (mode !== 'auto' && signupAnswerUnknown(login))
    return say('missed', why, 'signup-answer-unknown');
  return say(
    'missed',
    why,
    contested ?? kindDoubt ?? (login.restartedAt === null ? null : 'restart'),
  );
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
    cutBand:
      verdict === 'missed' || verdict === 'unseen'
        ? { from: login.loggedInAt + WINDOW_MS, to: login.loggedInAt + CUT_BY_MS }
        : null,
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
