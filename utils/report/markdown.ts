import type { Report, ReportFinding, ReportLogin } from './document.ts';
import { findingWords } from './finding-words.ts';
import { isTold, summaryLine, worstFirst } from './summary.ts';
import type { Texts } from './texts.ts';
import {
  answerOf,
  counted,
  fill,
  kindWord,
  modeWord,
  readable,
  reasonsOf,
  verdictWords,
  wordOf,
} from './words.ts';

/** A value as it is: in a code span nothing of it is markup, a link or a mention. */
function code(value: string): string {
  const text = value.toWellFormed().replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
  if (!text.trim()) return '';
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = /^`|`$|^ .* $/.test(text) ? ' ' : '';
  return `${fence}${pad}${text.replaceAll('|', '\\|')}${pad}${fence}`;
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly string[][]) =>
  rows.length ? [row(head), row(head.map(() => '---')), ...rows.map(row), ''] : [];

/** Markdown to paste in a ticket. */
export function writeMarkdown(report: Report, t: Texts): string {
  const { session, apps } = report;
  const facts: [string, string][] = [
    [t.report.session, session.name],
    [t.report.tester, session.tester],
    [t.report.build, session.build],
    [t.report.environment, session.environment ?? ''],
    [t.report.notes, session.notes],
  ];
  const logins = worstFirst(report);
  const lines = [
    `# ${t.report.title}`,
    '',
    `**${summaryLine(report.counts, t)}**`,
    '',
    `- ${t.report.judgedAt} ${readable(report.evaluatedAt)}`,
    ...facts.filter(([, value]) => value).map(([name, value]) => `- ${name}: ${code(value)}`),
    `- ${t.report.policy}: ${code(report.policy.id)}. ${fill(t.report.window, report.policy.windowHours)}`,
    ...(report.policy.overridden ? [`- ${t.report.overridden}`] : []),
    ...(report.counts.dropped ? [`- ${counted(t.report.dropped, report.counts.dropped)}`] : []),
    '',
    ...table(
      [
        t.report.verdict,
        t.report.site,
        t.report.appKey,
        t.report.account,
        t.report.loggedInAt,
        t.report.deadline,
      ],
      logins.map((l) => [
        verdictWords(l, t),
        l.site ? code(l.site) : t.report.noSite,
        code(l.clientId),
        code(l.account ?? ''),
        readable(l.loggedInAt),
        readable(l.deadline),
      ]),
    ),
    ...(logins.length ? [] : [t.report.noLogins, '']),
    ...logins.filter(isTold).flatMap((l) => details(l, t)),
    ...(report.findings.length
      ? [`## ${t.report.findings}`, '', ...findingLines(report.findings, t)]
      : []),
    ...(apps.length ? [`## ${t.report.apps}`, ''] : []),
    ...apps.map((a) => `- ${code(a.clientId)}: ${modeWord(a.linkMode, t)}`),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function details(login: ReportLogin, t: Texts): string[] {
  const { completedBy } = login;
  return [
    `## ${verdictWords(login, t)}: ${login.site ? code(login.site) : t.report.noSite}, ${readable(login.loggedInAt)}`,
    '',
    `- ${t.report.kind}: ${kindWord(login.kind, t)}. ${wordOf(t.kind, login.kindBecause)}`,
    ...reasonsOf(login, t).map((reason) => `- ${reason}`),
    ...(completedBy
      ? [
          `- ${t.report.completedAt} ${readable(completedBy.at)}: ${code(`${completedBy.method} ${completedBy.path}`)}`,
        ]
      : []),
    '',
    ...table(
      [
        t.report.at,
        t.report.method,
        t.report.path,
        t.report.status,
        t.report.source,
        t.report.counted,
      ],
      login.calls.map((c) => [
        readable(c.at),
        code(c.method),
        code(c.path),
        answerOf(c, t),
        wordOf(t.source, c.source),
        `${c.counts ? t.report.countsYes : t.report.countsNo}: ${wordOf(t.calls, c.why)}`,
      ]),
    ),
    ...(login.calls.length ? [] : [t.report.noCalls, '']),
    ...findingLines(login.findings, t),
  ];
}

/** Findings quote traffic, so their words are kept from being markup. */
function findingLines(findings: readonly ReportFinding[], t: Texts): string[] {
  return findings.flatMap((finding) => {
    const { head, detail, lists, facts, docs } = findingWords(finding, t);
    return [
      `- ${code(head)} ${code(finding.rule)}`,
      ...(detail ? [`  - ${code(detail)}`] : []),
      ...lists.flatMap(({ title, items }) => [
        `  - ${title}:`,
        ...items.map((item, i) => `    ${i + 1}. ${code(item)}`),
      ]),
      ...facts.map(({ title, value }) => `  - ${title}: ${code(value)}`),
      ...(docs ? [`  - ${docs.title}: ${docs.url ? `<${docs.url}>` : code(docs.text)}`] : []),
      '',
    ];
  });
}
