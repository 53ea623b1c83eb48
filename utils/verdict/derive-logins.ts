import { WINDOW_MS, CUT_BY_MS } from '../kakao/policy.ts';
import { appOf, type App } from '../model/app.ts';
import { windowMs } from './deadline.ts';
import { strongerCompletion } from './record-call.ts';
import { groupByAccount, areDifferentAccounts } from './accounts.ts';
import { classifyLogin } from './classify-login.ts';
import type { LoginState } from './login-state.ts';
import type { Completion, Login } from '../model/login.ts';
import { completionOf } from './verdict.ts';

/** The logins of one app on one site, in order of arrival. */
function loginsOf(loginState: LoginState, clientId: string, site: string | null): Login[] {
  return [...loginState.logins.values()].filter((l) => l.clientId === clientId && l.site === site);
}

function completed(l: Login, app: App): boolean {
  return !!(completionOf(l, app) || l.testerMark?.mark === 'complete' || l.linkSurvived);
}

/** Whether the login's link was certainly alive at an instant: complete, or too young for Kakao's job. */
function linkedAt(l: Login, app: App, at: number): boolean {
  if (l.cut || l.testerMark?.mark === 'cut') return false;
  return l.kind === 'repeat' || completed(l, app) || at - l.loggedInAt <= WINDOW_MS;
}

function likely(call: Completion): Completion {
  return { ...call, doubt: call.doubt ?? 'account-unknown' };
}

/** The logins so far of one Kakao account, in order of arrival. */
interface Account {
  logins: Login[];
  /** Those that made, or may have made, a link. */
  firsts: Login[];
  connectedAts: Set<number>;
}

/**
 * Derives everything that logins of one app and site say about each other: groups, kinds, which call completes
 * which login, cut and surviving links. Reads own facts only, so it may be run again at any time.
 * Returns the ids of the logins whose derived fields changed.
 */
export function deriveLogins(
  loginState: LoginState,
  clientId: string,
  site: string | null,
): string[] {
  const app = appOf(loginState, clientId);
  const logins = loginsOf(loginState, clientId, site);
  const before = logins.map(derived);
  const groups = groupByAccount(logins);
  const accounts = new Map<string, Account>();
  const firsts: Login[] = [];

  for (const l of logins) {
    l.accountId = groups.get(l.id) ?? l.id;
    l.creditedListedCall = l.creditedSignupCall = l.cut = l.linkSurvived = null;
    l.ambiguous = false;
    const mine = accounts.get(l.accountId) ?? { logins: [], firsts: [], connectedAts: new Set() };
    accounts.set(l.accountId, mine);
    const link = mine.firsts.findLast((p) => !p.cut);
    Object.assign(
      l,
      classifyLogin(l, {
        linked: () => mine.logins.some((p) => linkedAt(p, app, l.loggedInAt)),
        first: !!link,
        connectedAts: mine.connectedAts,
      }),
    );
    if (l.kind === 'repeat') {
      if (link && l.consent === 'none' && l.loggedInAt - link.loggedInAt >= CUT_BY_MS)
        link.linkSurvived = { at: l.loggedInAt, by: l.id };
    } else {
      const anew = l.certainty === 'certain' && l.kindBecause !== 'not-signed-up';
      if (link && anew) link.cut = { at: l.loggedInAt, because: 'consent-again' };
      l.creditedListedCall = l.listedCall;
      l.creditedSignupCall = l.signupCall;
    }
    credit(l, link, firsts, app);
    const target = l.kind === 'repeat' ? link : l;
    if (target && l.unlinkCall) target.cut = { at: l.unlinkCall.at, because: 'unlink-call' };
    if (target && l.callback) target.cut = { at: l.callback.at, because: 'callback' };

    mine.logins.push(l);
    if (l.connectedAt !== null) mine.connectedAts.add(l.connectedAt);
    if (l.kind === 'repeat') continue;
    mine.firsts.push(l);
    firsts.push(l);
  }
  // A call that need not be of the login it was placed on may be of another one that is open.
  for (const l of logins) {
    const own = l.listedCall ?? l.signupCall;
    if (own && (own.doubt || l.certainty === 'likely'))
      for (const f of openFor(l, own.at, firsts, app))
        if (f.loggedInAt <= own.at) f.ambiguous = true;
  }
  return logins.filter((l, i) => before[i] !== derived(l)).map((l) => l.id);
}

/** The open first logins of other accounts, as far as is known, that a call at an instant may be of instead. */
function openFor(l: Login, at: number, firsts: readonly Login[], app: App): Login[] {
  return firsts.filter(
    (f) =>
      f.accountId !== l.accountId &&
      f.cookieStore === l.cookieStore &&
      !f.cut &&
      f.testerMark?.mark !== 'cut' &&
      at - f.loggedInAt <= windowMs(app) &&
      !completed(f, app) &&
      !areDifferentAccounts(f, l),
  );
}

/** Lets the calls of a login that is (or may be) a repeat count for the open first login of the account. */
function credit(l: Login, link: Login | undefined, firsts: readonly Login[], app: App): void {
  if (l.kind === 'first' || (!l.listedCall && !l.signupCall)) return;
  const stands = link && !link.cut ? link : undefined;
  let target = stands;
  let unsure = l.kind === 'unknown';
  if (!target && l.kind === 'repeat') {
    const open = openFor(l, l.loggedInAt, firsts, app);
    if (open.length > 1) for (const f of open) f.ambiguous = true;
    if (open.length !== 1) return;
    target = open[0];
    unsure = true;
  }
  if (!target) return;
  const as = (c: Completion | null) => (c && unsure ? likely(c) : c);
  target.creditedListedCall = strongerCompletion(
    target,
    target.creditedListedCall,
    as(l.listedCall),
  );
  target.creditedSignupCall = strongerCompletion(
    target,
    target.creditedSignupCall,
    as(l.signupCall),
  );
}

/** What was derived, to compare; `kindBecause` tells the kind and its certainty. */
function derived(l: Login): string {
  return JSON.stringify([
    l.kindBecause,
    l.accountId,
    l.creditedListedCall,
    l.creditedSignupCall,
    l.cut,
    l.linkSurvived,
    l.ambiguous,
  ]);
}
