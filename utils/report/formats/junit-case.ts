import type { Translate } from '../../i18n/translate.ts';
import type { Report, ReportFinding, ReportLogin, ReportSession } from '../document.ts';
import { noneJudgedText } from '../first-logins.ts';
import { escapeXml } from './escape-markup.ts';
import { findingLines } from './finding-lines.ts';
import { answerOf, appWord, readable, reasonsOf, translateWord, verdictWords } from './wording.ts';

const FAILS = new Set<string>(['missed', 'late']);
const UNDECIDED = new Set<string>(['unseen', 'pending']);

/** What the command line knows beyond the report. */
export interface JunitOptions {
  /** The file that a session was read from, as the user named it; null where there is none. */
  fileOf?: (session: ReportSession) => string | null;
  /** What is undecided or in doubt fails too. */
  strict?: boolean;
  /** That nothing was judged is no error. */
  allowNone?: boolean;
  /** Why the number of first logins is not the expected one, in words; null where it is. */
  unexpected?: string | null;
}

/** A suite, or a case of one: what it counts, and its lines. */
export interface JunitPart {
  tests: number;
  failures: number;
  errors: number;
  skipped: number;
  lines: string[];
}

/** By what a suite and its cases are known. */
interface Naming {
  /** The suite's name: the class of its cases. */
  path: string;
  /** The file that the session was read from; null where there is none. */
  file: string | null;
}

/** The attributes of an XML element, each after a space. */
export const attributes = (values: Record<string, string | number>) =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('');

/** The name of the case of a session's first login with a number, from 1. */
export const caseName = (path: string, number: number) => `${path} › first login ${number}`;

const caseHead = (name: string, { path, file }: Naming) =>
  `    <testcase${attributes({ name, classname: path, time: 0, ...(file === null ? {} : { file }) })}`;

/** The test case of a first login. */
export function loginCase(
  login: ReportLogin,
  naming: Naming & { number: number },
  t: Translate,
  options: JunitOptions,
): JunitPart {
  const head = caseHead(caseName(naming.path, naming.number), naming);
  const why = [verdictWords(login, t), ...reasonsOf(login, t)].join(' — ').replaceAll('`', '');
  const counts = { tests: 1, failures: 0, errors: 0, skipped: 0 };
  if (isFailure(login, options)) {
    const message = attributes({ message: why, type: login.verdict });
    return {
      ...counts,
      failures: 1,
      lines: [
        `${head}>`,
        `      <failure${message}>${details(login, t).map(escapeXml).join('\n')}</failure>`,
        '    </testcase>',
      ],
    };
  }
  if (!isSkipped(login, options)) return { ...counts, lines: [`${head}/>`] };
  return {
    ...counts,
    skipped: 1,
    lines: [
      `${head}>`,
      `      <skipped>${[why, ...details(login, t)].map(escapeXml).join('\n')}</skipped>`,
      '    </testcase>',
    ],
  };
}

/** Stands for the first login that was not there: an error, or where others were judged only skipped. */
export function emptyCase(
  report: Report,
  logins: readonly ReportLogin[],
  { isError, ...naming }: Naming & { isError: boolean },
  t: Translate,
): JunitPart {
  const why = noneJudgedText({ logins, observations: report.observations }, t);
  const plain = why.replaceAll('`', '');
  return {
    tests: 1,
    failures: 0,
    errors: isError ? 1 : 0,
    skipped: isError ? 0 : 1,
    lines: [
      `${caseHead(`${naming.path} › first login`, naming)}>`,
      isError
        ? `      <error${attributes({ message: plain, type: 'none-judged' })}/>`
        : `      <skipped>${escapeXml(plain)}</skipped>`,
      '    </testcase>',
    ],
  };
}

/** Whether a login fails the build. */
const isFailure = (login: ReportLogin, { strict }: JunitOptions) =>
  FAILS.has(login.verdict) ||
  (strict === true && (UNDECIDED.has(login.verdict) || login.verdictCertainty === 'likely'));

/** Whether a login is neither passed nor failed. */
const isSkipped = (login: ReportLogin, options: JunitOptions) =>
  !isFailure(login, options) && (UNDECIDED.has(login.verdict) || login.verdict === 'unlinked');

/** Whether a login's case itself holds what guidance says of it: one that passes has no place for that. */
export const holdsAdvice = (login: ReportLogin, options: JunitOptions) =>
  isFailure(login, options) || isSkipped(login, options);

/** What a tester has to know of a login, as lines. */
function details(login: ReportLogin, t: Translate): string[] {
  return [
    `${t('report.site')}: ${login.site ?? t('report.noSite')}`,
    `${t('report.appKey')}: ${appWord(login.clientId, t)}`,
    ...(login.account ? [`${t('report.account')}: ${login.account}`] : []),
    `${t('report.loggedInAt')}: ${readable(login.loggedInAt)}`,
    `${t('report.deadline')}: ${readable(login.deadline)}`,
    login.calls.length ? `${t('report.callsSeen')}:` : t('report.noCalls'),
    ...login.calls.map(
      (c) =>
        `  ${readable(c.at)} ${c.method} ${c.path} ${answerOf(c, t)} — ${translateWord(t, 'calls', c.why)}`,
    ),
  ]
    .map((line) => line.replaceAll('`', ''))
    .concat(adviceOf(login.findings, t));
}

/** Findings as lines, each with the name of its rule. */
export const adviceOf = (findings: readonly ReportFinding[], t: Translate) =>
  findings
    .flatMap((f) => {
      const [head = '', ...rest] = findingLines(f, t);
      return [`[${f.rule}] ${head}`, ...rest];
    })
    .map((line) => line.replaceAll('`', ''));
