import { UNKNOWN_APP, type App } from '../../model/app.ts';
import type { Login } from '../../model/login.ts';
import type { Verdict } from '../../model/verdict.ts';
import type { TestCase } from './test-case.ts';

/** A login, its app, and what is said of it. */
export interface JudgedLogin {
  login: Login;
  app: App;
  verdict: Verdict;
}

/** What surrounds the logins in which the cases are looked for. */
interface Surroundings {
  /** Whether an instant (epoch ms) is in the session. */
  isWithin: (at: number) => boolean;
  /** Every login that is known, also of other sessions. */
  all: readonly Login[];
  /** The recording that a login is out of, where several were merged: user ids are hashed anew in each. */
  browserOf: (login: Login) => string | undefined;
}

/** The login that shows a case for certain, and the one that likely does. */
interface Shown {
  sure: Login | undefined;
  likely: Login | undefined;
}

type LoginCase = Exclude<TestCase, 'cancel' | 'error-page'>;

const isSure = ({ login, verdict }: JudgedLogin) =>
  login.certainty === 'certain' && verdict.certainty === 'certain';

const isSureFirst = (one: JudgedLogin) => one.login.kind === 'first' && isSure(one);

/** Finds for each case that is shown by a login the first one that shows it. */
export function findInLogins(
  judged: readonly JudgedLogin[],
  surroundings: Surroundings,
): Record<LoginCase, Shown> {
  const { isWithin } = surroundings;
  const made = judged.filter(({ login }) => isWithin(login.loggedInAt));
  const decided = judged.filter(
    ({ login, verdict }) => isWithin(login.loggedInAt) || isWithin(verdict.deadline),
  );
  const shown = (
    among: readonly JudgedLogin[],
    sure: (one: JudgedLogin) => boolean,
    likely: (one: JudgedLogin) => boolean,
  ): Shown => ({ sure: among.find(sure)?.login, likely: among.find(likely)?.login });
  return {
    'first-complete': shown(made, (one) => isComplete(one) && isSureFirst(one), isComplete),
    repeat: shown(made, (one) => isPlainRepeat(one) && isSure(one), isPlainRepeat),
    'extra-consent': shown(made, isExtraConsent, mayBeExtraConsent),
    'manual-signup': shown(made, (one) => isSignup(one) && isSureFirst(one), isSignup),
    'server-side': shown(made, isReported, isServerSide),
    'deadline-passed': shown(decided, (one) => isLost(one) && isSureFirst(one), isLost),
    'second-account': findSecondAccount(made, surroundings),
    'unlink-and-again': findLinkedAgain(made, surroundings),
  };
}

/** Completed by a call that was seen; the tester's word and a link that survived are no such call. */
const isComplete = ({ verdict }: JudgedLogin) =>
  verdict.verdict === 'complete' && verdict.because !== 'tester' && verdict.completedBy !== null;

const isPlainRepeat = ({ login }: JudgedLogin) =>
  login.kind === 'repeat' &&
  login.kindBecause !== 'extra-consent' &&
  login.kindBecause !== 'linked-meanwhile';

const mayBeExtraConsent = ({ login }: JudgedLogin) =>
  login.kindBecause === 'extra-consent' || login.kindBecause === 'consent-with-scope';

/** A consent screen that asked for more, of an account that was surely linked before. */
const isExtraConsent = ({ login }: JudgedLogin) =>
  login.kind === 'repeat' &&
  login.certainty === 'certain' &&
  login.consent === 'shown' &&
  login.extraConsentRequested &&
  login.kindBecause !== 'linked-meanwhile';

const isSignup = ({ verdict }: JudgedLogin) =>
  verdict.verdict === 'complete' && verdict.because === 'signup-call';

/** The site's server reported a call that can be of no other login. */
const isReported = ({ login }: JudgedLogin) =>
  login.evidence.some((e) => e.source === 'server' && e.doubt === null && e.of.length === 1);

const isServerSide = ({ verdict }: JudgedLogin) =>
  verdict.visibility === 'server-reported' || verdict.visibilityBecause === 'server-side';

/** The deadline of a rehearsal passed without completion. */
const isLost = ({ verdict }: JudgedLogin) =>
  verdict.rehearsal && (verdict.verdict === 'missed' || verdict.verdict === 'late');

/**
 * Two logins of one app whose user ids differ. That is only likely where the tester's names for the accounts differ, or where
 * one account may have got a new id with a new link: docs/kakao-rules.md#user-id.
 */
function findSecondAccount(made: readonly JudgedLogin[], { browserOf }: Surroundings): Shown {
  const differ = (
    by: (login: Login) => string | null,
    shows: (change: AccountChange) => boolean,
  ) => {
    const ofApps = new Map<string, { latest: Login; accounts: Set<string> }>();
    return made.find(({ login, app }) => {
      const account = by(login);
      if (account === null || login.clientId === UNKNOWN_APP) return false;
      const key = JSON.stringify([login.clientId, browserOf(login)]);
      const known = ofApps.get(key);
      const accounts = known?.accounts ?? new Set();
      const wasBefore = accounts.has(account);
      ofApps.set(key, { latest: login, accounts: accounts.add(account) });
      if (!known || by(known.latest) === account) return false;
      return shows({ before: known.latest, login, app, wasBefore });
    })?.login;
  };
  const byUser = (login: Login) => login.userHash;
  const isLikely = () => true;
  return {
    sure: differ(byUser, areTwoAccounts),
    likely: differ(byUser, isLikely) ?? differ((login) => login.label, isLikely),
  };
}

/** A login that has another user id than the one before it. */
interface AccountChange {
  before: Login;
  login: Login;
  app: App;
  /** A login before that one had this login's id. */
  wasBefore: boolean;
}

/** Whether two user ids are surely of two accounts: ids are fixed, or both links were there at once. */
const areTwoAccounts = ({ before, login, app, wasBefore }: AccountChange) =>
  app.fixedUserId === 'on' ||
  wasBefore ||
  (login.connectedAt !== null && login.connectedAt <= before.loggedInAt);

/** A first login of an account whose link to the app was seen to be cut before. */
function findLinkedAgain(made: readonly JudgedLogin[], { all, browserOf }: Surroundings): Shown {
  const accountOf = (login: Login) =>
    JSON.stringify([login.clientId, login.accountId, browserOf(login)]);
  const cutLogins = all.filter((login) => login.cut !== null && login.clientId !== UNKNOWN_APP);
  if (!cutLogins.length) return { sure: undefined, likely: undefined };
  const cutOf = Map.groupBy(cutLogins, accountOf);
  const again = (isCase: (before: Login, after: Login) => boolean) =>
    made.find(
      ({ login: after }) =>
        after.kind === 'first' &&
        cutOf
          .get(accountOf(after))
          ?.some(
            (before) =>
              before.id !== after.id &&
              before.loggedInAt < after.loggedInAt &&
              (before.cut?.at ?? Infinity) <= after.loggedInAt &&
              isCase(before, after),
          ),
    )?.login;
  const sure = again(
    ({ cut, userHash }, after) =>
      after.certainty === 'certain' &&
      userHash !== null &&
      userHash === after.userHash &&
      cut?.likely !== true &&
      cut?.because !== 'consent-again',
  );
  return { sure, likely: again(() => true) };
}
