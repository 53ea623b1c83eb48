import { CUT_BY_MS, SIGNUP, WINDOW_MS } from '../kakao/policy.ts';
import { linkMode, type App } from '../model/app.ts';
import type { Completion, CompletionSlot, Login } from '../model/login.ts';
import type { Verdict, VerdictName, Visibility, VisibilityBecause } from '../model/verdict.ts';
import { isOfSdkV1 } from './authorize-step.ts';
import { CLOCK_ERROR_MS } from './classify-login.ts';
import { deadlineOf, latestDeadlineOf } from './deadline.ts';
import { wasTokenIssued } from './token-issue.ts';

/** The call that completes the login under the app's link mode, in or after the window; null if none was seen. */
export function completionOf(login: Login, app: App): Completion | null {
  return linkMode(app) === 'manual' ? login.creditedSignupCall : login.creditedListedCall;
}

/** The core of a verdict: what is to be said of a login, why, and why it is not certain (null where it is). */
type Judgement = Pick<Verdict, 'verdict' | 'because' | 'doubt'>;

/** The verdict on a login at an instant (epoch ms), without what surrounds it: docs/kakao-rules.md#completion. */
export function decideVerdict(login: Login, app: App, now: number): Judgement {
  const judgement = judgeLogin(login, app, now);
  const isSure = judgement.doubt === null && judgement.because !== 'tester';
  return isSure && mayBeNoLogin(login) ? { ...judgement, doubt: 'kind-unknown' } : judgement;
}

/**
 * Whether a login's popup may have handed over a refusal as well: its last page looks the same, and neither its token nor a
 * call with it was seen.
 */
function mayBeNoLogin(login: Login): boolean {
  const { consentUnseenBecause, tokenAt, seenInBrowser, reportedByServer } = login;
  const isTokenSeen = tokenAt !== null || seenInBrowser || reportedByServer;
  return consentUnseenBecause === 'token-by-message' && !isTokenSeen;
}

function judgeLogin(login: Login, app: App, now: number): Judgement {
  if (login.kind === 'repeat')
    return { verdict: 'not-applicable', because: 'repeat-login', doubt: repeatDoubt(login) };
  const complete = completeInTime(login, app);
  const isSurelyComplete = complete !== null && complete.doubt === null;
  const cut = knownCut(login);
  if (cut && !(cut.doubt && isSurelyComplete)) return cutJudgement(login, app, cut, now);
  if (complete) return complete;
  if (login.testerMark?.mark === 'complete')
    return { verdict: 'complete', because: 'tester', doubt: null };
  return undecided(login, app, now);
}

/** The login was completed inside its window, by a call that was seen; null where it was not. */
function completeInTime(login: Login, app: App): Judgement | null {
  const completion = completionOf(login, app);
  if (!completion || completion.at > deadlineOf(login, app)) return null;
  const doubt = completion.doubt ?? consentDoubt(login) ?? modeDoubt(app);
  return { verdict: 'complete', because: completedBy(completion, app), doubt };
}

/** A link that is older than the consent which made it is another account's, and so may be the calls. */
function consentDoubt(login: Login): Verdict['doubt'] {
  const { consent, extraConsentRequested, connectedAt, startedAt } = login;
  const isOlder = connectedAt !== null && connectedAt < startedAt - CLOCK_ERROR_MS;
  return consent === 'shown' && !extraConsentRequested && isOlder ? 'account-unknown' : null;
}

function completedBy({ path }: Completion, app: App): Verdict['because'] {
  if (linkMode(app) !== 'manual') return 'listed-call';
  return path === SIGNUP.path ? 'signup-call' : 'signed-up';
}

function modeDoubt(app: App): Verdict['doubt'] {
  return linkMode(app) === 'unknown' ? 'link-mode-unknown' : null;
}

/** Verdicts that nothing after the window changes, but for a cut that is known. */
const SETTLED: readonly VerdictName[] = ['complete', 'late', 'missed'];

/** What is to be said of a login whose link was cut, or likely was. */
function cutJudgement(login: Login, app: App, cut: Judgement, now: number): Judgement {
  if (!cut.doubt) return cut;
  const otherwise = undecided(login, app, now);
  // Kakao's callback about a sign-up that was not completed, and nothing speaks against it: the link is gone by now.
  if (cut.because === 'callback' && login.callback?.referrerType === 'INCOMPLETE_SIGN_UP') {
    const isMissed = otherwise.verdict === 'missed' && otherwise.doubt === null;
    const isGone = isMissed && now - login.loggedInAt > CUT_BY_MS;
    return isGone ? { ...cut, doubt: null } : cut;
  }
  // What is certain of the window holds whether or not the link was cut after it.
  const isTimeKnown = cut.because !== 'callback' || !login.callback?.timeUnknown;
  const isCutLater =
    isTimeKnown && login.cut !== null && login.cut.at > latestDeadlineOf(login, app);
  const isSettled = otherwise.doubt === null && SETTLED.includes(otherwise.verdict);
  return isCutLater && isSettled ? otherwise : cut;
}

/** The verdict on a login that no call completed in its window, and that is not known to be cut. */
function undecided(login: Login, app: App, now: number): Judgement {
  const deadline = deadlineOf(login, app);
  const mode = linkMode(app);
  const completion = completionOf(login, app);
  if (completion)
    return {
      verdict: 'late',
      because: completedBy(completion, app),
      doubt: completion.doubt ?? modeDoubt(app) ?? lateDoubt(login, app, completion, deadline),
    };
  const survived = login.linkSurvived;
  if (survived)
    return {
      verdict: 'complete',
      because: 'link-survived',
      doubt:
        survived.likely || Object.keys(login.possibleCalls).length || login.openDoubts.length
          ? 'survival-unsure'
          : null,
    };
  if (now <= deadline)
    return { verdict: 'pending', because: 'in-window', doubt: openDoubt(login, app, deadline) };
  if (!wasVisible(login, deadline)) {
    const isEnded = login.visibilityGap?.reason === 'recording-ended';
    return {
      verdict: 'unseen',
      because: isEnded ? 'recording-ended' : 'not-visible',
      doubt: kindDoubt(login),
    };
  }
  const isMeAlone = mode === 'manual' && login.creditedListedCall !== null;
  return {
    verdict: 'missed',
    because: isMeAlone ? 'me-is-not-enough' : 'no-qualifying-call',
    doubt:
      missDoubt(login, app, deadline) ?? lateCallDoubt(login, app) ?? windowDoubt(login, app, now),
  };
}

/** Why it is not certain that no call came after the window either, which would make the login late; null where it is. */
function lateCallDoubt(
  { possibleCalls, openDoubts, loggedInAt }: Login,
  app: App,
): Verdict['doubt'] {
  if (linkMode(app) !== 'auto' && possibleCalls.signupAnswer !== undefined)
    return 'signup-answer-unknown';
  // Later, Kakao's job had its time.
  const isEarlyEnough = (at: number | undefined) =>
    at !== undefined && at - loggedInAt <= CUT_BY_MS;
  if (isEarlyEnough(possibleCalls[neededSlotOf(app)])) return 'account-unknown';
  if (linkMode(app) === 'unknown' && isEarlyEnough(possibleCalls.signupCall))
    return 'link-mode-unknown';
  // What may have been a call may have been one after the window, too.
  return openDoubts.find((d) => d.doubt !== 'cut-unsure')?.doubt ?? null;
}

/** As what a call has to count to complete a login of an app, under its link mode. */
export function neededSlotOf(app: App): CompletionSlot {
  return linkMode(app) === 'manual' ? 'signupCall' : 'listedCall';
}

/** Why the link is known to be cut, or null. The tester's later word wins over what was derived. */
function knownCut({ cut, testerMark }: Login): Judgement | null {
  if (cut && cut.at >= (testerMark?.at ?? -Infinity))
    return {
      verdict: 'unlinked',
      because: cut.because,
      doubt: cut.likely ? 'cut-unsure' : null,
    };
  return testerMark?.mark === 'cut'
    ? { verdict: 'unlinked', because: 'tester', doubt: null }
    : null;
}

/** Why a late completion is not certain, or null where it is. */
function lateDoubt(
  login: Login,
  app: App,
  completion: Completion,
  deadline: number,
): Verdict['doubt'] {
  // What was on its way when the window ended may have reached Kakao in time.
  const endDoubt = windowDoubt(login, app, completion.sentAt ?? completion.at);
  if (endDoubt) return endDoubt;
  // By then Kakao's job had its time: the call may be of a link that was made anew elsewhere.
  if (completion.at - login.loggedInAt > CUT_BY_MS) return 'cut-unsure';
  // "Already registered" and `has_signed_up: true` tell of a sign-up before them, perhaps in time.
  const isEarlier = linkMode(app) === 'manual' && completion.status !== 200;
  if (isEarlier || completedBy(completion, app) === 'signed-up') return 'answer-unknown';
  return missDoubt(login, app, deadline) ?? (wasVisible(login, deadline) ? null : 'answer-unknown');
}

/**
 * Why a miss is not certain, or null where it is. Whoever was given the token may call with it, so only where its issue was
 * seen is it known from when on, and where, its calls can be seen.
 */
function missDoubt(login: Login, app: App, deadline: number): Verdict['doubt'] {
  const openedDoubt = openDoubt(login, app, deadline);
  if (openedDoubt) return openedDoubt;
  if (!wasTokenIssued(login)) return 'token-unseen';
  return login.restartedAt !== null && login.restartedAt <= deadline ? 'restart' : null;
}

/** Why it is not certain that a login is no repeat, open and not cut up to an instant (epoch ms); null where it is. */
function openDoubt(login: Login, app: App, until: number): Verdict['doubt'] {
  const { possibleCalls, openDoubts, evidence } = login;
  const mode = linkMode(app);
  const isBefore = (at: number | undefined) => at !== undefined && at <= until;
  if (mode !== 'auto' && isBefore(possibleCalls.signupAnswer)) return 'signup-answer-unknown';
  if (isBefore(possibleCalls[neededSlotOf(app)])) return 'account-unknown';
  const mayBeSignedUp =
    isBefore(login.creditedSignupCall?.at) ||
    isBefore(possibleCalls.signupCall) ||
    evidence.some((e) => e.what === 'signup' || e.what === 'signed-up');
  if (mode === 'unknown' && mayBeSignedUp) return 'link-mode-unknown';
  const open = openDoubts.find((d) => d.at <= until);
  if (open) return open.doubt;
  if (login.tokenAt === null && login.tokenRefused) return 'token-unseen';
  if (isBefore(login.lostAt)) return 'lost';
  return kindDoubt(login);
}

/** Why it is not certain that the window is over at an instant (epoch ms) after the deadline, or null where it is. */
function windowDoubt(login: Login, app: App, at: number): Verdict['doubt'] {
  return at <= latestDeadlineOf(login, app) ? 'window-end-unsure' : null;
}

/** Whether the login may be no first login at all. */
function kindDoubt({ kind, certainty }: Login): Verdict['doubt'] {
  return kind === 'unknown' || certainty === 'likely' ? 'kind-unknown' : null;
}

/** Whether the login may be no repeat. */
function repeatDoubt({ certainty }: Login): Verdict['doubt'] {
  return certainty === 'likely' ? 'kind-unknown' : null;
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
  // SDK v1's popup hands the token to its page, and no server takes part.
  const tokenWent = isOfSdkV1(login) ? 'token-by-message' : 'server-side';
  return { visibility: 'none', because: gap?.reason ?? tokenWent };
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
  // Long after the window, a login that only time decides is missed, or was not seen.
  const { verdict } = decideVerdict(login, app, Infinity);
  if (verdict === 'not-applicable') return 'repeat';
  if (verdict === 'missed' || verdict === 'unseen') return 'open';
  return verdict === 'late' ? 'late' : 'done';
}
