import type { Translate } from '../utils/i18n/translate.ts';
import type { Report, ReportLogin } from '../utils/report/document.ts';
import { isFirstLogin, noneJudgedText } from '../utils/report/first-logins.ts';
import type { CheckOptions } from './arguments.ts';

/** What a check comes to. */
export interface Outcome {
  /** 0 nothing missed, 1 something missed, 3 nothing judged or not as many first logins as expected. */
  code: 0 | 1 | 3;
  /** Why the number of first logins is wrong; null where it is right. */
  wrongNumber: string | null;
}

type Asked = Pick<CheckOptions, 'strict' | 'allowNone' | 'expectFirst'>;

/** Decides how a check ends. What was missed weighs more than what was not judged. */
export function outcomeOf(reports: readonly Report[], asked: Asked, t: Translate): Outcome {
  const firsts = reports.flatMap((report) => report.logins.filter(isFirstLogin));
  const wrongNumber = wrongNumberText(reports, firsts.length, asked, t);
  if (firsts.some((login) => isBad(login, asked.strict))) return { code: 1, wrongNumber };
  return { code: wrongNumber === null ? 0 : 3, wrongNumber };
}

/** Whether a first login fails the check; with `strict` also where it is undecided or in doubt. */
function isBad({ verdict, verdictCertainty }: ReportLogin, strict: boolean): boolean {
  if (verdict === 'missed' || verdict === 'late') return true;
  return strict && (verdict === 'unseen' || verdict === 'pending' || verdictCertainty === 'likely');
}

function wrongNumberText(
  reports: readonly Report[],
  found: number,
  { allowNone, expectFirst }: Asked,
  t: Translate,
): string | null {
  const isRight = expectFirst === null ? found > 0 || allowNone : found === expectFirst;
  if (isRight) return null;
  if (found > 0) return t('report.noneJudged.otherNumber', [String(expectFirst), String(found)]);
  return noneJudgedText(
    {
      logins: reports.flatMap((report) => report.logins),
      observations: reports.flatMap((report) => report.observations),
    },
    t,
  );
}
