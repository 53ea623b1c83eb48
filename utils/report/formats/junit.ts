import type { Report, ReportFinding, ReportLogin, ReportSession } from '../document.ts';
import { isFirstLogin, noneJudgedText } from '../first-logins.ts';
import { summaryLine } from '../verdict-counts.ts';
import { escapeXml } from './escape-markup.ts';
import { findingLines } from './finding-lines.ts';
import type { Translate } from '../../i18n/translate.ts';
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
interface Part {
  tests: number;
  failures: number;
  errors: number;
  skipped: number;
  lines: string[];
}

const attributes = (values: Record<string, string | number>) =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('');

/**
 * JUnit XML: a suite for each session and in it a test case for each login that is (or may be) a first one. `missed` and
 * `late` fail; what is not decided, or cannot be, is skipped with the reason. A suite never passes without a case: where
 * no first login was judged at all it has an error. Names of cases hold no time, so that a case is the same in every run.
 */
export function writeJunit(report: Report, t: Translate, options: JunitOptions = {}): string {
  const sessions = sessionsOf(report);
  const isNone = !report.logins.some(isFirstLogin);
  const suites = sessions.map(({ session, logins }, i) => {
    // What is found of an app or of all sessions stands once.
    const shared = i ? [] : report.findings;
    return suite(report, { session, logins, shared, isNone, id: i }, t, options);
  });
  if (options.unexpected) suites.push(expectationSuite(report, suites.length, options.unexpected));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    ...suites.flatMap((part) => part.lines),
    '</testsuites>',
    '',
  ].join('\n');
}

/** The sessions of a report, each with its logins in the order in which they were made. */
function sessionsOf(report: Report): { session: ReportSession; logins: ReportLogin[] }[] {
  if (!report.sources?.length) return [{ session: report.session, logins: report.logins }];
  const taken = new Set<string>();
  return report.sources.map(({ session, logins }) => {
    const own = new Set(logins.filter((id) => !taken.has(id)));
    for (const id of own) taken.add(id);
    return { session, logins: report.logins.filter((login) => own.has(login.id)) };
  });
}

interface SuiteContents {
  session: ReportSession;
  logins: readonly ReportLogin[];
  /** Findings that are of no login. */
  shared: readonly ReportFinding[];
  /** No session of the report has a first login. */
  isNone: boolean;
  id: number;
}

function suite(report: Report, contents: SuiteContents, t: Translate, options: JunitOptions): Part {
  const { session, logins, shared, isNone, id } = contents;
  const file = options.fileOf?.(session) ?? null;
  const name = file ?? (session.name.trim() || 'Linkwatch');
  const naming = { path: name, file };
  const firsts = logins.filter(isFirstLogin);
  const cases = firsts.length
    ? firsts.map((login, i) => loginCase(login, { ...naming, number: i + 1 }, t, options))
    : [emptyCase(report, logins, naming, isNone && !options.allowNone && !options.unexpected, t)];
  // Repeat logins are no test cases, but guidance may have something to say of them.
  const beside = logins.filter((login) => !isFirstLogin(login)).flatMap((login) => login.findings);
  const passed = firsts
    .flatMap((login, i) => (isDecidedBad(login, options) ? [] : [{ login, number: i + 1 }]))
    .flatMap(({ login, number }) =>
      adviceOf(login.findings, t).map((line) => `${caseName(name, number)}: ${line}`),
    );
  const told = [
    summaryLine(report.counts, t),
    ...passed,
    ...adviceOf([...shared, ...beside], t),
  ].map(escapeXml);
  return wrapSuite({ report, session, name, file, id }, cases, told);
}

/** A suite of its own for the number of first logins, which no single file is to blame for. */
function expectationSuite(report: Report, id: number, unexpected: string): Part {
  const name = 'linkwatch check › number of first logins';
  const lines = [
    `    <testcase${attributes({ name, classname: 'linkwatch check', time: 0 })}>`,
    `      <error${attributes({ message: unexpected, type: 'unexpected' })}/>`,
    '    </testcase>',
  ];
  const only = { tests: 1, failures: 0, errors: 1, skipped: 0, lines };
  const { session } = report;
  return wrapSuite({ report, session, name: 'linkwatch check', file: null, id }, [only], []);
}

function wrapSuite(
  head: {
    report: Report;
    session: ReportSession;
    name: string;
    file: string | null;
    id: number;
  },
  cases: readonly Part[],
  told: readonly string[],
): Part {
  const { report, session, name, file, id } = head;
  const sum = (count: (part: Part) => number) => cases.reduce((n, part) => n + count(part), 0);
  const counts = {
    tests: sum((c) => c.tests),
    failures: sum((c) => c.failures),
    errors: sum((c) => c.errors),
  };
  const skipped = sum((c) => c.skipped);
  const lines = [
    `  <testsuite${attributes({
      name,
      ...counts,
      time: 0,
      ...(skipped ? { skipped } : {}),
      timestamp: report.evaluatedAt.slice(0, 19),
      hostname: 'linkwatch',
      id,
      package: 'linkwatch',
      ...(file === null ? {} : { file }),
    })}>`,
    '    <properties>',
    ...Object.entries({
      evaluatedAt: report.evaluatedAt,
      policy: report.policy.id,
      session: session.id,
      build: session.build,
      environment: session.environment ?? '',
      tester: session.tester,
    }).map(([key, value]) => `      <property${attributes({ name: key, value })}/>`),
    '    </properties>',
    ...cases.flatMap((c) => c.lines),
    `    <system-out>${told.join('\n')}</system-out>`,
    '    <system-err></system-err>',
    '  </testsuite>',
  ];
  return { ...counts, skipped, lines };
}

interface Naming {
  /** What the suite and its cases are called by. */
  path: string;
  file: string | null;
}

const caseName = (path: string, number: number) => `${path} › first login ${number}`;

const caseHead = (name: string, { path, file }: Naming) =>
  `    <testcase${attributes({ name, classname: path, time: 0, ...(file === null ? {} : { file }) })}`;

/** Stands for the first login that was not there: an error, or where others were judged only skipped. */
function emptyCase(
  report: Report,
  logins: readonly ReportLogin[],
  naming: Naming,
  isError: boolean,
  t: Translate,
): Part {
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

const isFailure = (login: ReportLogin, { strict }: JunitOptions) =>
  FAILS.has(login.verdict) ||
  (strict === true && (UNDECIDED.has(login.verdict) || login.verdictCertainty === 'likely'));

const isSkipped = (login: ReportLogin, options: JunitOptions) =>
  !isFailure(login, options) && (UNDECIDED.has(login.verdict) || login.verdict === 'unlinked');

/** Whether the case itself holds what guidance says of the login. */
const isDecidedBad = (login: ReportLogin, options: JunitOptions) =>
  isFailure(login, options) || isSkipped(login, options);

function loginCase(
  login: ReportLogin,
  naming: Naming & { number: number },
  t: Translate,
  options: JunitOptions,
): Part {
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
const adviceOf = (findings: readonly ReportFinding[], t: Translate) =>
  findings
    .flatMap((f) => {
      const [head = '', ...rest] = findingLines(f, t);
      return [`[${f.rule}] ${head}`, ...rest];
    })
    .map((line) => line.replaceAll('`', ''));
