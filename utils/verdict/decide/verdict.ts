import { CUT_BY_MS, WINDOW_MS } from '../../kakao/policy.ts';
import { linkMode, type App } from '../../model/app.ts';
import { isOfEasyLogin, isTokenByMessage, type Login } from '../../model/login.ts';
import type { Verdict, VerdictName } from '../../model/verdict.ts';
import { completedBy, completionOf } from '../derive/completion.ts';
import { deadlineOf, latestDeadlineOf } from './deadline.ts';
import {
  consentDoubt,
  kindDoubt,
  lateDoubt,
  missedDoubt,
  modeDoubt,
  openDoubt,
  repeatDoubt,
  survivalDoubt,
  waitDoubt,
} from './doubts.ts';
import { visibilityOf, wasVisible } from './visibility.ts';

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
 * call that is surely with it was seen. Or the code that came where the page had polled may be another provider's, and no token
 * was surely its.
 */
function mayBeNoLogin(login: Login): boolean {
  const { tokenAt, tokenUnsure, seenInBrowser, reportedByServer, evidence } = login;
  if (isOfEasyLogin(login) && (tokenAt === null || tokenUnsure)) return true;
  // A call with the token of any of several logins need not be with its own.
  const isCallOwn = seenInBrowser && (!evidence.length || evidence.some((e) => e.of.length === 1));
  const isTokenSeen = tokenAt !== null || isCallOwn || reportedByServer;
  return isTokenByMessage(login) && !isTokenSeen;
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
  const doubt = completion.doubt ?? consentDoubt(login) ?? waitDoubt(login) ?? modeDoubt(app);
  return { verdict: 'complete', because: completedBy(completion, app), doubt };
}

/** Verdicts on what happened in the window: nothing after it changes them, but for a cut that is known. */
const ON_WINDOW: readonly VerdictName[] = ['complete', 'late', 'missed'];

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
  const isWindowKnown = otherwise.doubt === null && ON_WINDOW.includes(otherwise.verdict);
  return isCutLater && isWindowKnown ? otherwise : cut;
}

/** The verdict on a login that no call completed in its window, and that is not known to be cut. */
function undecided(login: Login, app: App, now: number): Judgement {
  const deadline = deadlineOf(login, app);
  const completion = completionOf(login, app);
  // A call after the link was seen to have survived tells nothing of why it did.
  const survivedAt = login.linkSurvived?.at ?? Infinity;
  if (completion && completion.at < survivedAt)
    return {
      verdict: 'late',
      because: completedBy(completion, app),
      doubt: completion.doubt ?? modeDoubt(app) ?? lateDoubt(login, app, completion, deadline),
    };
  if (login.linkSurvived)
    return { verdict: 'complete', because: 'link-survived', doubt: survivalDoubt(login) };
  if (now <= deadline)
    // What is known has happened, though the clock may have been set back since.
    return { verdict: 'pending', because: 'in-window', doubt: openDoubt(login, app, Infinity) };
  if (!wasVisible(login, deadline)) {
    const isEnded = login.visibilityGap?.reason === 'recording-ended';
    return {
      verdict: 'unseen',
      because: isEnded ? 'recording-ended' : 'not-visible',
      doubt: kindDoubt(login),
    };
  }
  const isMeAlone = linkMode(app) === 'manual' && login.creditedListedCall !== null;
  return {
    verdict: 'missed',
    because: isMeAlone ? 'me-is-not-enough' : 'no-qualifying-call',
    doubt: missedDoubt(login, app, { deadline, now }),
  };
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
