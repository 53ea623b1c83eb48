import type { Translate } from '../../i18n/translate.ts';
import type { Report, ReportFinding, ReportLogin, ReportSession } from '../document.ts';
import { isFirstLogin } from '../first-logins.ts';
import { summaryLine } from '../verdict-counts.ts';
import { escapeXml } from './escape-markup.ts';
import {
  adviceOf,
  attributes,
  caseName,
  emptyCase,
  holdsAdvice,
  loginCase,
  type JunitOptions,
  type JunitPart,
} from './junit-case.ts';

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

/** What one session's suite is made of. */
interface SuiteContents {
  session: ReportSession;
  logins: readonly ReportLogin[];
  /** Findings that are of no login. */
  shared: readonly ReportFinding[];
  /** No session of the report has a first login. */
  isNone: boolean;
  id: number;
}

/** The suite of one session. */
function suite(
  report: Report,
  contents: SuiteContents,
  t: Translate,
  options: JunitOptions,
): JunitPart {
  const { session, logins, shared, isNone, id } = contents;
  const file = options.fileOf?.(session) ?? null;
  const name = file ?? (session.name.trim() || 'Linkwatch');
  const naming = { path: name, file };
  const firsts = logins.filter(isFirstLogin);
  const isError = isNone && !options.allowNone && !options.unexpected;
  const cases = firsts.length
    ? firsts.map((login, i) => loginCase(login, { ...naming, number: i + 1 }, t, options))
    : [emptyCase(report, logins, { ...naming, isError }, t)];
  // Repeat logins are no test cases, but guidance may have something to say of them.
  const beside = logins.filter((login) => !isFirstLogin(login)).flatMap((login) => login.findings);
  const ofPassed = firsts
    .flatMap((login, i) => (holdsAdvice(login, options) ? [] : [{ login, number: i + 1 }]))
    .flatMap(({ login, number }) =>
      adviceOf(login.findings, t).map((line) => `${caseName(name, number)}: ${line}`),
    );
  const output = [
    summaryLine(report.counts, t),
    ...ofPassed,
    ...adviceOf([...shared, ...beside], t),
  ].map(escapeXml);
  return wrapSuite({ report, session, name, file, id }, cases, output);
}

/** A suite of its own for the number of first logins, which no single file is to blame for. */
function expectationSuite(report: Report, id: number, unexpected: string): JunitPart {
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

/** A suite around its cases, whose results it counts. `output` are its own lines, ready for XML. */
function wrapSuite(
  head: {
    report: Report;
    session: ReportSession;
    name: string;
    file: string | null;
    id: number;
  },
  cases: readonly JunitPart[],
  output: readonly string[],
): JunitPart {
  const { report, session, name, file, id } = head;
  const sum = (count: (part: JunitPart) => number) => cases.reduce((n, part) => n + count(part), 0);
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
    ...propertyLines(report, session),
    ...cases.flatMap((c) => c.lines),
    `    <system-out>${output.join('\n')}</system-out>`,
    '    <system-err></system-err>',
    '  </testsuite>',
  ];
  return { ...counts, skipped, lines };
}

/** What the judgement of a session rests on, as properties of its suite. */
function propertyLines(report: Report, session: ReportSession): string[] {
  return [
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
  ];
}
