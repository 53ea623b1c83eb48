import { CUT_BY_MS, WINDOW_MS } from '../kakao/policy.ts';
import { appOf, type App } from '../model/app.ts';
import type { Completion, Login } from '../model/login.ts';
import { areDifferentAccounts, groupByAccount } from './accounts.ts';
import { classifyLogin } from './classify-login.ts';
import { windowMs } from './deadline.ts';
import { loginsOfAppOnSite } from './find-logins.ts';
import type { LoginState } from './login-state.ts';
import { strongerCompletion } from './record-call.ts';
import { completionOf } from './verdict.ts';

/** What is known, so far, of one Kakao account on one app and site. Logins are in order of arrival. */
interface Account {
  logins: Login[];
  /** Logins that made, or may have made, a link. */
  firstLogins: Login[];
  connectedAts: Set<number>;
}

/**
 * Derives all that the logins of one app on one site say about each other: accounts, kinds, which call completes which
 * login, cut and surviving links. Reads own facts only, so it may be run again at any time.
 * Returns the ids of the logins whose derived fields changed.
 */
export function deriveLogins(
  loginState: LoginState,
  clientId: string,
  site: string | null,
): string[] {
  const app = appOf(loginState, clientId);
  const logins = loginsOfAppOnSite(loginState, clientId, site);
  const before = logins.map(derivedFields);
  const accountIds = groupByAccount(logins);
  const accounts = new Map<string, Account>();
  const firstLogins: Login[] = [];

  for (const login of logins) resetDerived(login, accountIds.get(login.id) ?? login.id);
  for (const login of logins) {
    const account = accounts.get(login.accountId) ?? newAccount();
    accounts.set(login.accountId, account);
    deriveLogin(login, account, firstLogins, app);

    account.logins.push(login);
    if (login.connectedAt !== null) account.connectedAts.add(login.connectedAt);
    if (login.kind === 'repeat') continue;
    account.firstLogins.push(login);
    firstLogins.push(login);
  }
  for (const login of logins) markAmbiguousAround(login, firstLogins, app);
  return logins.filter((l, i) => before[i] !== derivedFields(l)).map((l) => l.id);
}

function newAccount(): Account {
  return { logins: [], firstLogins: [], connectedAts: new Set() };
}

function resetDerived(login: Login, accountId: string): void {
  login.accountId = accountId;
  login.creditedListedCall = null;
  login.creditedSignupCall = null;
  login.cut = null;
  login.linkSurvived = null;
  login.ambiguous = false;
}

/** Derives one login after all earlier ones of its app and site, and what it says of those. */
function deriveLogin(
  login: Login,
  account: Account,
  firstLogins: readonly Login[],
  app: App,
): void {
  /** The first login that made the link which this login finds. */
  const linked = account.firstLogins.findLast((l) => !l.cut);
  const classified = classifyLogin(login, {
    linked: () => account.logins.some((l) => isSurelyLinked(l, app, login.loggedInAt)),
    first: linked !== undefined,
    connectedAts: account.connectedAts,
  });
  Object.assign(login, classified);

  if (login.kind === 'repeat') {
    if (linked && provesSurvival(login, linked))
      linked.linkSurvived = { at: login.loggedInAt, by: login.id };
  } else {
    if (linked && provesNewLink(login))
      linked.cut = { at: login.loggedInAt, because: 'consent-again' };
    login.creditedListedCall = login.listedCall;
    login.creditedSignupCall = login.signupCall;
  }
  creditCalls(login, linked, firstLogins, app);
  cutLink(login.kind === 'repeat' ? linked : login, login);
}

/** A repeat with no consent screen after Kakao's job had its time: the link that the first login made is alive. */
function provesSurvival(repeat: Login, first: Login): boolean {
  return repeat.consent === 'none' && repeat.loggedInAt - first.loggedInAt >= CUT_BY_MS;
}

/** Whether a login surely made a new link, so that the one before it is gone. */
function provesNewLink(login: Login): boolean {
  return login.certainty === 'certain' && login.kindBecause !== 'not-signed-up';
}

/** Notes on the login that made a link that a later login's unlink call or an unlink callback cut it. */
function cutLink(linked: Login | undefined, { unlinkCall, callback }: Login): void {
  if (!linked) return;
  if (unlinkCall) linked.cut = { at: unlinkCall.at, because: 'unlink-call' };
  if (callback) linked.cut = { at: callback.at, because: 'callback' };
}

/** Whether a login is complete, whatever completed it. */
function isCompleted(login: Login, app: App): boolean {
  return !!(
    completionOf(login, app) ||
    login.testerMark?.mark === 'complete' ||
    login.linkSurvived
  );
}

function isKnownCut(login: Login): boolean {
  return !!login.cut || login.testerMark?.mark === 'cut';
}

/** Whether a login's link was surely alive at an instant (epoch ms): complete, or too young for Kakao's job. */
function isSurelyLinked(login: Login, app: App, at: number): boolean {
  if (isKnownCut(login)) return false;
  return login.kind === 'repeat' || isCompleted(login, app) || at - login.loggedInAt <= WINDOW_MS;
}

/** The open first logins, of accounts that may be the same, that a login's call at an instant (epoch ms) may be of. */
function openFirstLogins(
  login: Login,
  at: number,
  firstLogins: readonly Login[],
  app: App,
): Login[] {
  return firstLogins.filter(
    (first) =>
      first.accountId !== login.accountId &&
      first.cookieStore === login.cookieStore &&
      !isKnownCut(first) &&
      at - first.loggedInAt <= windowMs(app) &&
      !isCompleted(first, app) &&
      !areDifferentAccounts(first, login),
  );
}

/**
 * Credits the calls of a login that is, or may be, a repeat to the first login they complete: that of its account, or
 * with doubt the only open one whose account may be the same.
 */
function creditCalls(
  login: Login,
  linked: Login | undefined,
  firstLogins: readonly Login[],
  app: App,
): void {
  if (login.kind === 'first' || !(login.listedCall || login.signupCall)) return;
  if (linked && !linked.cut) {
    creditTo(linked, login, login.kind === 'unknown');
  } else if (login.kind === 'repeat') {
    const open = openFirstLogins(login, login.loggedInAt, firstLogins, app);
    const [only] = open;
    if (open.length > 1) for (const first of open) first.ambiguous = true;
    else if (only) creditTo(only, login, true);
  }
}

/** Credits a later login's calls to a first login; where the account may be another one, only as likely. */
function creditTo(first: Login, { listedCall, signupCall }: Login, isDoubtful: boolean): void {
  const credit = (credited: Completion | null, call: Completion | null) =>
    strongerCompletion(first, credited, call && isDoubtful ? withAccountDoubt(call) : call);
  first.creditedListedCall = credit(first.creditedListedCall, listedCall);
  first.creditedSignupCall = credit(first.creditedSignupCall, signupCall);
}

function withAccountDoubt(call: Completion): Completion {
  return { ...call, doubt: call.doubt ?? 'account-unknown' };
}

/** A call that need not be of the login it was recorded on may complete another open first login instead. */
function markAmbiguousAround(login: Login, firstLogins: readonly Login[], app: App): void {
  const call = login.listedCall ?? login.signupCall;
  if (!call || !(call.doubt || login.certainty === 'likely')) return;
  for (const first of openFirstLogins(login, call.at, firstLogins, app))
    if (first.loggedInAt <= call.at) first.ambiguous = true;
}

/** The derived fields as one string, to compare. `kindBecause` stands for `kind` and `certainty` too. */
function derivedFields(login: Login): string {
  return JSON.stringify([
    login.kindBecause,
    login.accountId,
    login.creditedListedCall,
    login.creditedSignupCall,
    login.cut,
    login.linkSurvived,
    login.ambiguous,
  ]);
}
