import type { Translate } from '../../i18n/translate.ts';
import { remembering } from '../../model/remembering.ts';
import type { VerdictName } from '../../model/verdict.ts';
import type { Report, ReportFinding, ReportLogin } from '../document.ts';
import { summaryLine, worstFirst } from '../verdict-counts.ts';
import { findingLines } from './finding-lines.ts';
import { describeTestPlan, testPlanTitle } from './test-plan-lines.ts';
import {
  answerOf,
  appWord,
  kindReason,
  kindWord,
  readable,
  reasonsOf,
  translateCount,
  translateWord,
  verdictWords,
} from './wording.ts';

const COLOURS: Record<VerdictName, number> = {
  missed: 31,
  late: 31,
  unseen: 33,
  unlinked: 33,
  pending: 36,
  complete: 32,
  'not-applicable': 90,
};

/** What cannot be shown in a terminal, or would be obeyed by it. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Takes away what a terminal cannot show. The same words are said of thousands of logins. */
const plain = remembering((text) => text.replace(UNPRINTABLE, '�').replaceAll('`', ''));

/** The report for people at a terminal. Contains terminal colours only where asked for. */
export function writeText(report: Report, t: Translate, colour = false): string {
  const paint = (code: number, text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  const { session, evaluatedAt, counts } = report;
  const texts = [
    paint(1, [session.name, summaryLine(report.counts, t)].filter(Boolean).map(plain).join(' — ')),
    `${t('report.judgedAt')} ${readable(evaluatedAt)}`,
    ...(counts.dropped ? [translateCount(t, 'report.dropped', counts.dropped)] : []),
    ...(report.policy.overridden ? [plain(t('report.overridden'))] : []),
    // Joined login by login: all lines of thousands of them at once are slow to keep.
    ...worstFirst(report).map((login) => ['', ...loginLines(login, t, paint)].join('\n')),
    ...report.findings.flatMap((f) => ['', ...finding(f, '', t)]),
    ...testPlanLines(report, t),
  ];
  return `${texts.join('\n')}\n`;
}

function testPlanLines(report: Report, t: Translate): string[] {
  const plan = describeTestPlan(report, t);
  if (plan.length === 0) return [];
  return [
    '',
    testPlanTitle(plan, t),
    ...plan.map(({ state, name, site, at, how }) => {
      const shown = [site, at].filter((one) => one !== null).join(', ');
      return plain(`  ${state}  ${name}${shown ? `: ${shown}` : ''}${how ? `. ${how}` : ''}`);
    }),
  ];
}

function loginLines(
  login: ReportLogin,
  t: Translate,
  paint: (code: number, text: string) => string,
): string[] {
  const { completedBy, deadline, verdict } = login;
  const who = [appWord(login.clientId, t), ...(login.account ? [login.account] : [])]
    .map(plain)
    .join(' · ');
  return [
    `${paint(COLOURS[verdict], verdictWords(login, t))}  ${plain(login.site ?? t('report.noSite'))}  ${who}`,
    `  ${kindWord(login, t)}, ${readable(login.loggedInAt)}; ${t('report.deadline')} ${readable(deadline)}`,
    ...(completedBy
      ? [
          `  ${t('report.completedAt')} ${readable(completedBy.at)}: ${plain(completedBy.method)} ${plain(completedBy.path)}`,
        ]
      : []),
    ...(login.certainty === 'likely' ? [`  ${plain(kindReason(login, t))}`] : []),
    ...reasonsOf(login, t).map((reason) => `  ${plain(reason)}`),
    ...login.calls.map((call) =>
      paint(
        90,
        `    ${readable(call.at)}  ${plain(call.method)} ${plain(call.path)}  ${answerOf(call, t)}  ${plain(translateWord(t, 'calls', call.why))}`,
      ),
    ),
    ...login.findings.flatMap((f) => finding(f, '  ', t)),
  ];
}

/** A finding, marked as such; the lines below its head are set in. */
function finding(f: ReportFinding, indent: string, t: Translate): string[] {
  return findingLines(f, t, plain).map((line, i) => `${indent}${i ? '' : '! '}${line}`);
}
