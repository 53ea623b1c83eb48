import { messageKey } from '../i18n/message.ts';
import type { Translate } from '../i18n/translate.ts';
import type { VerdictName } from '../model/verdict.ts';
import type { Report, ReportLogin } from './document.ts';
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

/** Sorts the logins of a report, the worst first, and among equals the latest first. */
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

/** Counts verdicts, one for each login. */
export function countVerdicts(verdicts: readonly VerdictName[]): VerdictCounts {
  const byVerdict: VerdictCounts['byVerdict'] = {
    pending: 0,
    complete: 0,
    late: 0,
    missed: 0,
    unseen: 0,
    unlinked: 0,
    'not-applicable': 0,
  };
  for (const name of verdicts) byVerdict[name] += 1;
  return { logins: verdicts.length, byVerdict };
}

/** Lists how many logins have each verdict, the worst first, without the verdicts that no login has. */
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

/** Tells whether a login has details beside its line in the table; a repeat login has only its findings. */
export const hasDetails = ({ verdict, findings }: ReportLogin) =>
  verdict !== 'not-applicable' || findings.length > 0;
