import type { App } from '../../utils/model/app.ts';
import type { Login } from '../../utils/model/login.ts';
import type { Verdict, VerdictName } from '../../utils/model/verdict.ts';
import { needsWord } from '../../utils/verdict/decide/needs-word.ts';
import { judgeLogins, type JudgedLogin } from '../shared/judged-login.ts';

/** The logins that the popup lists, and when they have to be judged again. */
export interface SortedLogins {
  /** Nearest deadline first. */
  open: JudgedLogin[];
  /** Newest deadline first, then those that are complete only if their app links automatically. */
  attention: JudgedLogin[];
  /** Judged complete or cut since they were read, e.g. after the link mode was set; shown until the next reading. */
  settled: JudgedLogin[];
  /** The next instant (epoch ms) at which a verdict changes by itself; Infinity where none does. */
  nextChange: number;
}

/** Verdicts that someone should look at. */
export const ATTENTION: ReadonlySet<VerdictName> = new Set(['missed', 'unseen', 'late']);

/**
 * Judges logins at an instant (epoch ms) and sorts them by whether they are open, need attention, or neither. `accounts` are
 * the numbers of their accounts, where these are also of logins listed elsewhere.
 */
export function sortIntoSections(
  logins: readonly Login[],
  apps: ReadonlyMap<string, App>,
  now: number,
  accounts?: ReadonlyMap<string, number>,
): SortedLogins {
  const judged = judgeLogins(logins, apps, now, accounts);
  const having = (test: (v: Verdict) => boolean) => judged.filter((j) => test(j.verdict));
  const waiting = judged.filter(needsWord);
  const byDeadline = (a: JudgedLogin, b: JudgedLogin) => a.verdict.deadline - b.verdict.deadline;
  const isOpen = (v: Verdict) => v.verdict === 'pending';
  const isPast = (v: Verdict) => ATTENTION.has(v.verdict);
  const newestFirst = (list: JudgedLogin[]) => list.sort((a, b) => byDeadline(b, a));
  return {
    open: having(isOpen).sort(byDeadline),
    attention: [...newestFirst(having(isPast)), ...newestFirst(waiting)],
    settled: judged.filter((j) => !isOpen(j.verdict) && !isPast(j.verdict) && !needsWord(j)),
    nextChange: Math.min(
      ...judged.flatMap((j) => changesOf(j.verdict)).filter((at) => at >= now),
      Infinity,
    ),
  };
}

/** Returns the instants (epoch ms) after which a verdict, or the cut band shown with it, reads differently. */
function changesOf({ deadline, cutBand }: Verdict): number[] {
  return cutBand ? [deadline, cutBand.from, cutBand.to] : [deadline];
}
