import type { Translate } from '../../i18n/translate.ts';
import type { Report, ReportFinding, ReportLogin } from '../document.ts';
import { hasDetails, summaryLine, worstFirst } from '../verdict-counts.ts';
import { describeFinding } from './finding-lines.ts';
import { code, prose } from './markdown-text.ts';
import { callTable, loginTable, type Ink, type Table } from './tables.ts';
import { describeTestPlan, testPlanTitle } from './test-plan-lines.ts';
import {
  appWord,
  caveatsOf,
  kindText,
  modeWord,
  readable,
  reasonsOf,
  verdictWords,
} from './wording.ts';

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
const table = ({ head, rows }: Table) =>
  rows.length ? [row(head), row(head.map(() => '---')), ...rows.map(row), ''] : [];

const plain = (text: string) => text;
const INK: Ink = { ownText: plain, code, name: code, time: readable, verdict: plain };

/** Markdown to paste in a ticket. */
export function writeMarkdown(report: Report, t: Translate): string {
  const { session, apps } = report;
  const facts: [string, string][] = [
    [t('report.session'), session.name],
    [t('report.tester'), session.tester],
    [t('report.build'), session.build],
    [t('report.environment'), session.environment ?? ''],
    [t('report.notes'), session.notes],
  ];
  const logins = worstFirst(report);
  const lines = [
    `# ${t('report.title')}`,
    '',
    `**${summaryLine(report.counts, t)}**`,
    '',
    `- ${t('report.judgedAt')} ${readable(report.evaluatedAt)}`,
    ...facts.filter(([, value]) => value).map(([name, value]) => `- ${name}: ${prose(value)}`),
    `- ${t('report.policy')}: ${code(report.policy.id)}. ${t('report.window', [String(report.policy.windowHours)])}`,
    ...caveatsOf(report, t).map((caveat) => `- ${caveat}`),
    '',
    ...table(loginTable(logins, t, INK)),
    ...(logins.length ? [] : [t('report.noLogins'), '']),
    ...logins.filter(hasDetails).flatMap((l) => details(l, t)),
    ...(report.findings.length
      ? [`## ${t('report.findings')}`, '', ...findingLines(report.findings, t)]
      : []),
    ...(apps.length ? [`## ${t('report.apps')}`, ''] : []),
    ...apps.map((a) => `- ${code(appWord(a.clientId, t))}: ${modeWord(a.linkMode, t)}`),
    ...testPlanLines(report, t),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function testPlanLines(report: Report, t: Translate): string[] {
  const plan = describeTestPlan(report, t);
  if (plan.length === 0) return [];
  return [
    '',
    `## ${testPlanTitle(plan, t)}`,
    '',
    ...plan.map(({ state, name, site, at, id, how }) => {
      const proof = [site ? code(site) : '', at ?? '', id ? code(id) : ''].filter(Boolean);
      const shown = proof.length ? `: ${proof.join(', ')}` : '';
      return `- **${state}** ${name}${shown}${how ? `. ${how}` : ''}`;
    }),
  ];
}

function details(login: ReportLogin, t: Translate): string[] {
  const { completedBy } = login;
  return [
    `## ${verdictWords(login, t)}: ${login.site ? code(login.site) : t('report.noSite')}, ${readable(login.loggedInAt)}`,
    '',
    `- ${t('report.kind')}: ${kindText(login, t)}`,
    ...reasonsOf(login, t).map((reason) => `- ${reason}`),
    ...(completedBy
      ? [
          `- ${t('report.completedAt')} ${readable(completedBy.at)}: ${code(`${completedBy.method} ${completedBy.path}`)}`,
        ]
      : []),
    '',
    ...table(callTable(login, t, INK)),
    ...(login.calls.length ? [] : [t('report.noCalls'), '']),
    ...findingLines(login.findings, t),
  ];
}

/** Our sentences stand as text; what they rest on stands in code. */
function findingLines(findings: readonly ReportFinding[], t: Translate): string[] {
  return findings.flatMap((finding) => {
    const { head, detail, lists, facts, evidence, docs } = describeFinding(finding, t);
    return [
      `- **${prose(head)}** ${code(finding.rule)}`,
      ...(detail ? [`  - ${prose(detail)}`] : []),
      ...lists.flatMap(({ title, items }) => [
        `  - ${title}:`,
        ...items.map((item, i) => `    ${i + 1}. ${prose(item)}`),
      ]),
      ...facts.map(
        ({ title, value, isCode }) => `  - ${title}: ${isCode ? code(value) : prose(value)}`,
      ),
      ...(evidence
        ? [
            `  - ${evidence.title}:`,
            ...evidence.items.map(({ at, what }) => `    - ${at} ${prose(what)}`),
          ]
        : []),
      ...(docs ? [`  - ${docs.title}: ${docs.url ? `<${docs.url}>` : code(docs.text)}`] : []),
      '',
    ];
  });
}
