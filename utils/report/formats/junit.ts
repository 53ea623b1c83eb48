import type { Report, ReportFinding, ReportLogin } from '../document.ts';
import { escapeXml } from './escape-markup.ts';
import { findingLines } from './finding-lines.ts';
import { summaryLine } from '../verdict-counts.ts';
import type { Translate } from '../../i18n/translate.ts';
import { answerOf, readable, reasonsOf, translateWord, verdictWords } from './wording.ts';

const FAILS = new Set<string>(['missed', 'late']);
const SKIPS = new Set<string>(['unseen', 'pending', 'unlinked']);

const attributes = (values: Record<string, string | number>) =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('');

/**
 * JUnit XML: a test case for each login that is (or may be) a first one. `missed` and `late` fail; what is not decided,
 * or cannot be, is skipped with the reason.
 */
export function writeJunit(report: Report, t: Translate): string {
  const logins = report.logins.filter((l) => l.verdict !== 'not-applicable');
  const tests = logins.length;
  const failures = logins.filter((l) => FAILS.has(l.verdict)).length;
  const skipped = logins.filter((l) => SKIPS.has(l.verdict)).length;
  const totals = { tests, failures, errors: 0, time: 0 };
  // Repeat logins are no test cases, but guidance may have something to say of them.
  const beside = report.logins
    .filter((l) => l.verdict === 'not-applicable')
    .flatMap((l) => l.findings);
  const name = `Linkwatch ${report.session.name}`.trim();
  const timestamp = report.evaluatedAt.slice(0, 19);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'Linkwatch', ...totals })}>`,
    `  <testsuite${attributes({ name, ...totals, skipped, timestamp, hostname: 'linkwatch', id: 0, package: 'linkwatch' })}>`,
    '    <properties>',
    ...Object.entries({
      evaluatedAt: report.evaluatedAt,
      policy: report.policy.id,
      session: report.session.id,
      build: report.session.build,
      environment: report.session.environment ?? '',
      tester: report.session.tester,
    }).map(([key, value]) => `      <property${attributes({ name: key, value })}/>`),
    '    </properties>',
    ...logins.flatMap((login) => testCase(login, t)),
    `    <system-out>${[summaryLine(report.counts, t), ...adviceOf([...report.findings, ...beside], t)].map(escapeXml).join('\n')}</system-out>`,
    '    <system-err></system-err>',
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase(login: ReportLogin, t: Translate): string[] {
  const account = login.account ? [login.account] : [];
  const name = [login.clientId, readable(login.loggedInAt), ...account].join(' ');
  const classname = login.site ?? t('report.noSite');
  const head = `    <testcase${attributes({ name, classname, time: 0 })}`;
  const why = [verdictWords(login, t), ...reasonsOf(login, t)].join(' — ').replaceAll('`', '');
  const told = adviceOf(login.findings, t);
  if (SKIPS.has(login.verdict))
    return [
      `${head}>`,
      `      <skipped>${[why, ...told].map(escapeXml).join('\n')}</skipped>`,
      '    </testcase>',
    ];
  if (!FAILS.has(login.verdict))
    return told.length
      ? [
          `${head}>`,
          `      <system-out>${told.map(escapeXml).join('\n')}</system-out>`,
          '    </testcase>',
        ]
      : [`${head}/>`];
  const message = attributes({ message: why, type: login.verdict });
  return [
    `${head}>`,
    `      <failure${message}>${details(login, t).map(escapeXml).join('\n')}</failure>`,
    '    </testcase>',
  ];
}

function details(login: ReportLogin, t: Translate): string[] {
  return [
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
