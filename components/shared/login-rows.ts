import { appOf, type App } from '../../utils/model/app.ts';
import type { Verdict, VerdictName } from '../../utils/model/verdict.ts';
import type { Login } from '../../utils/model/login.ts';
import { verdictOf } from '../../utils/verdict/verdict.ts';

/** A login with what is said of it at an instant. */
export interface JudgedLogin {
  login: Login;
  app: App;
  verdict: Verdict;
  /** "Account 1", "Account 2": by arrival; logins of one account share it. */
  account: number;
}

/** What the popup lists, and when it has to be judged again (epoch ms, Infinity: never). */
export interface LoginSectionLists {
  open: JudgedLogin[];
  attention: JudgedLogin[];
  /** Judged complete or cut since it was read, e.g. after the link mode was set; shown until the next reading. */
  settled: JudgedLogin[];
  nextChange: number;
}

/** Judges logins at an instant, in their own order. */
export function judgeLogins(
  logins: readonly Login[],
  apps: ReadonlyMap<string, App>,
  now: number,
): JudgedLogin[] {
  const firstOf = new Map<string, number>();
  for (const { accountId, ordinal } of logins)
    firstOf.set(accountId, Math.min(ordinal, firstOf.get(accountId) ?? ordinal));
  return logins.map((login) => {
    const app = appOf({ apps }, login.clientId);
    const verdict = verdictOf(login, app, now);
    return { login, app, verdict, account: (firstOf.get(login.accountId) ?? login.ordinal) + 1 };
  });
}

/** Verdicts that someone should look at. */
export const ATTENTION: ReadonlySet<VerdictName> = new Set(['missed', 'unseen', 'late']);

/** Instants after which the verdict, or the band shown with it, reads differently. */
function changesOf({ deadline, cutBand }: Verdict): number[] {
  return cutBand ? [deadline, cutBand.from, cutBand.to] : [deadline];
}

/** Sorts logins into what is open (nearest deadline first) and what needs attention (newest deadline first). */
export function sortIntoSections(
  logins: readonly Login[],
  apps: ReadonlyMap<string, App>,
  now: number,
): LoginSectionLists {
  const judged = judgeLogins(logins, apps, now);
  const of = (test: (v: Verdict) => boolean) => judged.filter((j) => test(j.verdict));
  const byDeadline = (a: JudgedLogin, b: JudgedLogin) => a.verdict.deadline - b.verdict.deadline;
  const isOpen = (v: Verdict) => v.verdict === 'pending';
  const needsAttention = (v: Verdict) => ATTENTION.has(v.verdict);
  return {
    open: of(isOpen).sort(byDeadline),
    attention: of(needsAttention).sort((a, b) => byDeadline(b, a)),
    settled: of((v) => !isOpen(v) && !needsAttention(v)),
    nextChange: Math.min(
      ...judged.flatMap((j) => changesOf(j.verdict)).filter((at) => at >= now),
      Infinity,
    ),
  };
}
