import type { Translate } from '../../i18n/translate.ts';
import type { ReportLogin } from '../document.ts';
import { answerOf, appWord, translateWord, verdictWords } from './wording.ts';

/** How a format writes what stands in a table. */
export interface Ink {
  /** A text of our own. */
  ownText: (text: string) => string;
  /** A value as it is in traffic. */
  code: (value: string) => string;
  /** A site, or what a tester calls an account. */
  name: (value: string) => string;
  /** An instant (ISO). */
  time: (iso: string) => string;
  /** Words about a verdict. */
  verdict: (words: string, verdict: string) => string;
}

/** Column heads in plain words, and rows as a format writes them. */
export interface Table {
  head: string[];
  rows: string[][];
}

type Column<T> = [head: string, cell: (one: T) => string];

const tableOf = <T>(columns: readonly Column<T>[], all: readonly T[]): Table => ({
  head: columns.map(([head]) => head),
  rows: all.map((one) => columns.map(([, cell]) => cell(one))),
});

/** Logins, a row each. */
export const loginTable = (
  logins: readonly ReportLogin[],
  t: Translate,
  { ownText, code, name, time, verdict }: Ink,
): Table =>
  tableOf<ReportLogin>(
    [
      [t('report.verdict'), (l) => verdict(verdictWords(l, t), l.verdict)],
      [t('report.site'), (l) => (l.site ? name(l.site) : ownText(t('report.noSite')))],
      [t('report.appKey'), (l) => code(appWord(l.clientId, t))],
      [t('report.account'), (l) => name(l.account ?? '')],
      [t('report.loggedInAt'), (l) => time(l.loggedInAt)],
      [t('report.deadline'), (l) => time(l.deadline)],
    ],
    logins,
  );

/** The calls of a login, a row each. */
export const callTable = (
  { calls }: ReportLogin,
  t: Translate,
  { ownText, code, time }: Ink,
): Table =>
  tableOf(
    [
      [t('report.at'), (c) => time(c.at)],
      [t('report.method'), (c) => code(c.method)],
      [t('report.path'), (c) => code(c.path)],
      [t('report.status'), (c) => ownText(answerOf(c, t))],
      [t('report.source'), (c) => ownText(translateWord(t, 'source', c.source))],
      [
        t('report.counted'),
        (c) =>
          `${ownText(c.counts ? t('report.countsYes') : t('report.countsNo'))}: ${ownText(translateWord(t, 'calls', c.why))}`,
      ],
    ],
    calls,
  );
