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
  kindReason,
  kindWord,
  modeWord,
  readable,
  reasonsOf,
  translateCount,
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

/**
 * Everything that a report says, as HTML elements: its heading, its facts, findings, logins and test plan. `timelines`
 * adds a picture to each login, for a page that has its own look.
 */
export function reportHtml(report: Report, t: Translate, timelines: boolean): string[] {
  const { session, counts } = report;
  const logins = worstFirst(report);
  const facts: [string, string][] = [
    [t('report.session'), escapeHtml(session.name)],
    [t('report.started'), session.startedAt ? time(session.startedAt) : ''],
    [t('report.ended'), session.endedAt ? time(session.endedAt) : ''],
    [t('report.tester'), escapeHtml(session.tester)],
    [t('report.build'), escapeHtml(session.build)],
    [t('report.environment'), escapeHtml(session.environment ?? '')],
    [t('report.notes'), escapeHtml(session.notes)],
    [t('report.judgedAt'), time(report.evaluatedAt)],
    [t('report.writtenAt'), time(report.generatedAt)],
    [
      t('report.writtenBy'),
      escapeHtml(
        [report.generator.name, report.generator.version, report.generator.browser]
          .filter(Boolean)
          .join(' '),
      ),
    ],
    [
      t('report.policy'),
      `${code(report.policy.id)} ${ownText(t('report.window', [String(report.policy.windowHours)]))}`,
    ],
  ];
  const finding = findingsWrittenOnce(t);
  const login = (one: ReportLogin) => sectionOf(one, t, finding, timelines);
  return [
    `<h1>${escapeHtml(titleOf(report, t))}</h1>`,
    `<p class="lead">${ownText(summaryLine(report.counts, t))}</p>`,
    '<dl>',
    ...facts
      .filter(([, v]) => v)
      .map(([name, v]) => `<dt class="faint">${ownText(name)}</dt><dd>${v}</dd>`),
    '</dl>',
    ...(report.policy.overridden
      ? [`<p class="unseen">${ownText(t('report.overridden'))}</p>`]
      : []),
    ...(counts.dropped
      ? [`<p class="unseen">${ownText(translateCount(t, 'report.dropped', counts.dropped))}</p>`]
      : []),
    ...(report.findings.length
      ? [`<h2>${ownText(t('report.findings'))}</h2>`, ...report.findings.map(finding)]
      : []),
    ...(logins.length
      ? tablesAndDetails(report, logins, t, login)
      : [`<p>${ownText(t('report.noLogins'))}</p>`]),
    testPlanHtml(report, t),
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
  timelines: boolean,
): string {
  const { completedBy, site, calls } = login;
  return [
    '<section>',
    `<h3>${verdict(verdictWords(login, t), login.verdict)} ${site ? escapeHtml(site) : ownText(t('report.noSite'))}</h3>`,
    `<p class="faint">${code(appWord(login.clientId, t))} ${escapeHtml(login.account ?? '')} ${time(login.loggedInAt)}</p>`,
    `<p>${ownText(kindWord(login, t))}. ${ownText(kindReason(login, t))}</p>`,
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
