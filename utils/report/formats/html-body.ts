import { messageKey } from '../../i18n/message.ts';
import type { Translate } from '../../i18n/translate.ts';
import type { Report, ReportFinding, ReportLogin } from '../document.ts';
import { hasDetails, summaryLine, verdictCounts, worstFirst } from '../verdict-counts.ts';
import { escapeHtml } from './escape-markup.ts';
import { findingsWrittenOnce } from './html-findings.ts';
import { testPlanHtml } from './html-test-plan.ts';
import { code, ownText } from './html-text.ts';
import { timelineSvg } from './html-timeline.ts';
import { callTable, loginTable, type Ink, type Table } from './tables.ts';
import {
  appWord,
  caveatsOf,
  kindText,
  modeWord,
  readable,
  reasonsOf,
  verdictWords,
} from './wording.ts';

const time = (iso: string) => `<time datetime="${iso}">${readable(iso)}</time>`;
const verdict = (words: string, name: string) => `<span class="${name}">${ownText(words)}</span>`;
const INK: Ink = { ownText, code, name: escapeHtml, time, verdict };

const table = (caption: string, { head, rows }: Table) =>
  [
    '<table>',
    `<caption class="faint">${ownText(caption)}</caption>`,
    `<thead><tr>${head.map((h) => `<th scope="col">${ownText(h)}</th>`).join('')}</tr></thead>`,
    '<tbody>',
    ...rows.map((cells) => `<tr>${cells.map((c) => `<td>${c}</td>`).join('')}</tr>`),
    '</tbody>',
    '</table>',
  ].join('\n');

interface HtmlOptions {
  /** Whether each login has a picture of its time, for a page that has its own look. */
  timelines: boolean;
}

/** Everything that a report says, as HTML elements: its heading, its facts, findings, logins and test plan. */
export function reportHtml(report: Report, t: Translate, { timelines }: HtmlOptions): string[] {
  const logins = worstFirst(report);
  const finding = findingsWrittenOnce(t);
  const section = (login: ReportLogin) => sectionOf(login, t, finding, { timelines });
  return [
    `<h1>${escapeHtml(titleOf(report, t))}</h1>`,
    `<p class="lead">${ownText(summaryLine(report.counts, t))}</p>`,
    '<dl>',
    ...factsOf(report, t)
      .filter(([, value]) => value)
      .map(([name, value]) => `<dt class="faint">${ownText(name)}</dt><dd>${value}</dd>`),
    '</dl>',
    ...caveatsOf(report, t).map((caveat) => `<p class="unseen">${ownText(caveat)}</p>`),
    ...(report.findings.length
      ? [`<h2>${ownText(t('report.findings'))}</h2>`, ...report.findings.map(finding)]
      : []),
    ...(logins.length
      ? tablesAndDetails(report, logins, t, section)
      : [`<p>${ownText(t('report.noLogins'))}</p>`]),
    testPlanHtml(report, t),
  ];
}

/** The facts about the session and the report itself, as names and HTML; an empty value where one is not known. */
function factsOf(report: Report, t: Translate): [name: string, value: string][] {
  const { session, generator, policy } = report;
  const writer = [generator.name, generator.version, generator.browser].filter(Boolean).join(' ');
  return [
    [t('report.session'), escapeHtml(session.name)],
    [t('report.started'), session.startedAt ? time(session.startedAt) : ''],
    [t('report.ended'), session.endedAt ? time(session.endedAt) : ''],
    [t('report.tester'), escapeHtml(session.tester)],
    [t('report.build'), escapeHtml(session.build)],
    [t('report.environment'), escapeHtml(session.environment ?? '')],
    [t('report.notes'), escapeHtml(session.notes)],
    [t('report.judgedAt'), time(report.evaluatedAt)],
    [t('report.writtenAt'), time(report.generatedAt)],
    [t('report.writtenBy'), escapeHtml(writer)],
    [
      t('report.policy'),
      `${code(policy.id)} ${ownText(t('report.window', [String(policy.windowHours)]))}`,
    ],
  ];
}

/** `Linkwatch report — Friday`. */
export const titleOf = ({ session }: Report, t: Translate) =>
  `${t('report.title')}${session.name ? ` — ${session.name}` : ''}`;

/** The tables of verdicts, apps and logins, then a section for each login that has details. */
function tablesAndDetails(
  report: Report,
  logins: readonly ReportLogin[],
  t: Translate,
  section: (login: ReportLogin) => string,
): string[] {
  return [
    `<h2>${ownText(t('report.summary'))}</h2>`,
    table(t('report.summary'), {
      head: [t('report.verdict'), t('report.number')],
      rows: verdictCounts(report.counts).map(([name, n]) => [
        verdict(t(messageKey('verdict', name)), name),
        String(n),
      ]),
    }),
    `<h2>${ownText(t('report.apps'))}</h2>`,
    table(t('report.apps'), {
      head: [t('report.appKey'), t('report.linkMode')],
      rows: report.apps.map((a) => [
        code(appWord(a.clientId, t)),
        ownText(modeWord(a.linkMode, t)),
      ]),
    }),
    `<h2>${ownText(t('report.logins'))}</h2>`,
    table(t('report.logins'), loginTable(logins, t, INK)),
    ...logins.filter(hasDetails).map(section),
  ];
}

function sectionOf(
  login: ReportLogin,
  t: Translate,
  finding: (finding: ReportFinding) => string,
  { timelines }: HtmlOptions,
): string {
  const { completedBy, site, calls } = login;
  return [
    '<section>',
    `<h3>${verdict(verdictWords(login, t), login.verdict)} ${site ? escapeHtml(site) : ownText(t('report.noSite'))}</h3>`,
    `<p class="faint">${code(appWord(login.clientId, t))} ${escapeHtml(login.account ?? '')} ${time(login.loggedInAt)}</p>`,
    `<p>${ownText(kindText(login, t))}</p>`,
    ...reasonsOf(login, t).map((reason) => `<p>${ownText(reason)}</p>`),
    ...(completedBy
      ? [
          `<p>${ownText(t('report.completedAt'))} ${time(completedBy.at)}: ${code(`${completedBy.method} ${completedBy.path}`)}</p>`,
        ]
      : []),
    ...(timelines
      ? [timelineSvg(login, `${t('report.deadline')} ${readable(login.deadline)}`)]
      : []),
    calls.length
      ? table(t('report.callsSeen'), callTable(login, t, INK))
      : `<p>${ownText(t('report.noCalls'))}</p>`,
    ...login.findings.map(finding),
    '</section>',
  ].join('\n');
}
