import type { VerdictName } from '../link/login.ts';
import type { Report, ReportLogin } from './document.ts';
import type { Texts } from './texts.ts';
import { counted, wordOf } from './words.ts';

/** Verdicts, the worst first. */
export const WORST_FIRST: readonly VerdictName[] = [
  'missed',
  'late',
  'unseen',
  'unlinked',
  'pending',
  'complete',
  'not-applicable',
];

/** The logins of a report, the worst first, then the latest first. */
export function worstFirst(report: Report): ReportLogin[] {
  const rank = (l: ReportLogin) => WORST_FIRST.indexOf(l.verdict);
  return [...report.logins].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      (a.loggedInAt === b.loggedInAt ? 0 : a.loggedInAt < b.loggedInAt ? 1 : -1),
  );
}

/** How many logins have which verdict, the worst first, without those that none has. */
export function verdictCounts(report: Report): [VerdictName, number][] {
  return WORST_FIRST.flatMap((name) => {
    const n = report.counts.byVerdict[name];
    return n ? [[name, n] as [VerdictName, number]] : [];
  });
}

/** The report in one line: `3 logins: missed 1, complete 2`. */
export function summaryLine(report: Report, t: Texts): string {
  const total = counted(t.report.count, report.counts.logins);
  const parts = verdictCounts(report).map(([name, n]) => `${wordOf(t.verdict, name)} ${n}`);
  return parts.length ? `${total}: ${parts.join(', ')}` : total;
}

/** Whether a login has more to it than its line in the table: a repeat login has only what guidance says of it. */
export const isTold = ({ verdict, findings }: ReportLogin) =>
  verdict !== 'not-applicable' || findings.length > 0;
