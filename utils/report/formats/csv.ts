import type { Translate } from '../../i18n/translate.ts';
import { keyHashesOf } from '../app-key-hash.ts';
import type { Report, ReportLogin } from '../document.ts';
import { summarizeWorstFinding } from './finding-lines.ts';
import { neutralText } from './neutral-text.ts';
import { sessionNameOf } from './session-name.ts';

/** The columns, in their order. Add, never rename. */
const COLUMNS = [
  'id',
  'session',
  'clientId',
  'site',
  'account',
  'loggedInAt',
  'deadline',
  'kind',
  'kindBecause',
  'certainty',
  'verdict',
  'verdictBecause',
  'verdictCertainty',
  'verdictDoubt',
  'visibility',
  'visibilityBecause',
  'completedAt',
  'completedBy',
  'calls',
  'rehearsal',
  'redirectUri',
  'evaluatedAt',
  'findings',
  'worstSeverity',
  'worstFinding',
  'worstFix',
  'worstConsole',
  'worstDocs',
  'worstEvidence',
  'appKeyHash',
] as const;

/**
 * The logins as CSV, a line a login: UTF-8 with a byte order mark, `;` between cells, every cell in quotes, so that
 * spreadsheets read it without asking. Names and words are the JSON report's in every language, so that programs can
 * read them; only what the worst finding says is in the reader's. A cell that a spreadsheet would take for a formula
 * gets an apostrophe in front.
 */
export function writeCsv(report: Report, _t: Translate): string {
  const keyHashes = keyHashesOf(report.apps);
  const lines = report.logins.map((login) => {
    const cells = cellsOf(login, report, keyHashes.get(login.clientId) ?? null);
    return COLUMNS.map((column) => cell(cells[column]));
  });
  const head = COLUMNS.map((column) => cell(column));
  return `\uFEFF${[head, ...lines].map((line) => `${line.join(';')}\r\n`).join('')}`;
}

function cellsOf(
  login: ReportLogin,
  report: Report,
  appKeyHash: string | null,
): Record<(typeof COLUMNS)[number], string | number | boolean | null> {
  const { completedBy, calls, findings, ...flat } = login;
  const worst = summarizeWorstFinding(findings);
  return {
    ...flat,
    session: sessionNameOf(login, report),
    completedBy: completedBy && `${completedBy.method} ${completedBy.path} ${completedBy.status}`,
    calls: calls.length,
    evaluatedAt: report.evaluatedAt,
    findings: worst.findings,
    worstSeverity: worst.severity,
    worstFinding: worst.finding,
    worstFix: worst.fix,
    worstConsole: worst.console,
    worstDocs: worst.docs,
    worstEvidence: worst.evidence,
    appKeyHash,
  };
}

function cell(value: string | number | boolean | null): string {
  if (typeof value !== 'string') return `"${value ?? ''}"`;
  const text = neutralText(value.toWellFormed());
  const safe = /^[\s\p{Cf}]*[=+\-@＝＋－＠|%]|^[\t\r\n]/u.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
