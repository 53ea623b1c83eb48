import type { VerdictName } from '../model/verdict.ts';
import type { Report, ReportLogin } from './document.ts';
import { messageKey } from '../i18n/message.ts';
import type { Translate } from '../i18n/translate.ts';
import { translateCount } from './formats/wording.ts';

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

/** How many logins there are, and of which verdict. */
export type VerdictCounts = Pick<Report['counts'], 'logins' | 'byVerdict'>;

/** Counts verdicts, one a login. */
export function countVerdicts(verdicts: readonly VerdictName[]): VerdictCounts {
  const byVerdict = Object.fromEntries(
    WORST_FIRST.map((name) => [name, 0]),
  ) as VerdictCounts['byVerdict'];
  for (const name of verdicts) byVerdict[name] += 1;
  return { logins: verdicts.length, byVerdict };
}

/** How many logins have which verdict, the worst first, without those that none has. */
export function verdictCounts({ byVerdict }: VerdictCounts): [VerdictName, number][] {
  return WORST_FIRST.flatMap((name) => {
    const n = byVerdict[name];
    return n ? [[name, n] as [VerdictName, number]] : [];
  });
}

/** A report in one line: `3 logins: missed 1, complete 2`. */
export function summaryLine(counts: VerdictCounts, t: Translate): string {
  const total = translateCount(t, 'report.count', counts.logins);
  const parts = verdictCounts(counts).map(([name, n]) => `${t(messageKey('verdict', name))} ${n}`);
  return parts.length ? `${total}: ${parts.join(', ')}` : total;
}

/** Whether a login has more to it than its line in the table: a repeat login has only what guidance says of it. */
export const hasDetails = ({ verdict, findings }: ReportLogin) =>
  verdict !== 'not-applicable' || findings.length > 0;
