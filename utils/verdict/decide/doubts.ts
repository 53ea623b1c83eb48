import { CUT_BY_MS } from '../../kakao/policy.ts';
import { linkMode, type App } from '../../model/app.ts';
import type { Completion, Login } from '../../model/login.ts';
import type { Verdict } from '../../model/verdict.ts';
import { completedBy, neededSlotOf } from '../derive/completion.ts';
import { CLOCK_ERROR_MS } from '../state/time-limits.ts';
import { wasTokenIssued } from '../state/token-issue.ts';
import { latestDeadlineOf } from './deadline.ts';
import { wasVisible } from './visibility.ts';

/**
 * Why a login's calls may be another account's: their `connected_at` is older than the consent that made the login's link. Null
 * where nothing says so.
 */
export function consentDoubt(login: Login): Verdict['doubt'] {
  const { consent, extraConsentRequested, connectedAt, startedAt } = login;
  const isOlder = connectedAt !== null && connectedAt < startedAt - CLOCK_ERROR_MS;
  return consent === 'shown' && !extraConsentRequested && isOlder ? 'account-unknown' : null;
}

/**
 * Why a sign-up may have come too late, or null where nothing says so: without a consent screen, the login found a link that
 * waited for it since a login that nobody saw.
 */
export function waitDoubt({ kindBecause, consent }: Login): Verdict['doubt'] {
  return consent === 'none' && kindBecause === 'not-signed-up' ? 'kind-unknown' : null;
}

/** Why it is not certain which calls complete a login of an app, or null where it is. */
export function modeDoubt(app: App): Verdict['doubt'] {
  return linkMode(app) === 'unknown' ? 'link-mode-unknown' : null;
}

/** Why a late completion is not certain, or null where it is. */
export function lateDoubt(
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
  return (
    uncompletedDoubt(login, app, deadline) ??
    (wasVisible(login, deadline) ? null : 'answer-unknown')
  );
}

/**
 * Why a miss is not certain at an instant (epoch ms), or null where it is: the login may have been completed in its window
 * or after it, or the window may not be over.
 */
export function missedDoubt(
  login: Login,
  app: App,
  { deadline, now }: { deadline: number; now: number },
): Verdict['doubt'] {
  return (
    uncompletedDoubt(login, app, deadline) ??
    lateCallDoubt(login, app) ??
    windowDoubt(login, app, now)
  );
}

/** Why it is not certain that a login whose link is alive was completed in its window, or null where it is. */
export function survivalDoubt({
  linkSurvived,
  possibleCalls,
  openDoubts,
}: Login): Verdict['doubt'] {
  const isUnsure =
    linkSurvived?.likely || Object.keys(possibleCalls).length > 0 || openDoubts.length > 0;
  return isUnsure ? 'survival-unsure' : null;
}

/** Why it is not certain that a login is no repeat, open and not cut up to an instant (epoch ms); null where it is. */
export function openDoubt(login: Login, app: App, until: number): Verdict['doubt'] {
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

/**
 * Why it is not certain that a login was not completed in its window, or null where it is. Whoever has the token may call with
 * it: only where its issue was seen is it known since when, and where, its calls can be seen.
 */
function uncompletedDoubt(login: Login, app: App, deadline: number): Verdict['doubt'] {
  const openedDoubt = openDoubt(login, app, deadline);
  if (openedDoubt) return openedDoubt;
  if (!wasTokenIssued(login)) return 'token-unseen';
  return login.restartedAt !== null && login.restartedAt <= deadline ? 'restart' : null;
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

/** Why it is not certain that the window is over at an instant (epoch ms) after the deadline, or null where it is. */
function windowDoubt(login: Login, app: App, at: number): Verdict['doubt'] {
  return at <= latestDeadlineOf(login, app) ? 'window-end-unsure' : null;
}

/** Why it is not certain that a login is a first one, or null where it is. */
export function kindDoubt({ kind, certainty }: Login): Verdict['doubt'] {
  return kind === 'unknown' || certainty === 'likely' ? 'kind-unknown' : null;
}

/** Why it is not certain that a login is a repeat, or null where it is. */
export function repeatDoubt({ certainty }: Login): Verdict['doubt'] {
  return certainty === 'likely' ? 'kind-unknown' : null;
}
