import type { Translate } from '../../i18n/translate.ts';
import type { ReportFinding } from '../document.ts';
import { escapeHtml } from './escape-markup.ts';
import { describeFinding } from './finding-lines.ts';
import { code, ownText } from './html-text.ts';

/**
 * Writes findings as HTML, each in full once: where one comes again, for another login, only its head and what it
 * rests on are said.
 */
export function findingsWrittenOnce(t: Translate): (finding: ReportFinding) => string {
  const written = new Set<string>();
  return (finding) => {
    const { evidence, ...advice } = finding;
    const key = JSON.stringify(advice);
    const isWritten = written.has(key);
    written.add(key);
    return isWritten ? headOf(finding, t, evidence) : wholeOf(finding, t);
  };
}

function headOf(finding: ReportFinding, t: Translate, evidence: readonly string[]): string {
  const { head } = describeFinding(finding, t);
  return `<p><strong>${ownText(head)}</strong> ${code(finding.rule)} (${escapeHtml(t('report.toldAbove'))}) ${evidence.map(code).join(', ')}</p>`;
}

function wholeOf(finding: ReportFinding, t: Translate): string {
  const { head, detail, lists, facts, docs } = describeFinding(finding, t);
  const link = docs?.url && `<a href="${escapeHtml(docs.url)}">${escapeHtml(docs.url)}</a>`;
  return [
    `<p><strong>${ownText(head)}</strong> ${code(finding.rule)}</p>`,
    ...(detail ? [`<p>${ownText(detail)}</p>`] : []),
    ...lists.flatMap(({ title, items }) => [
      `<p class="faint">${escapeHtml(title)}</p>`,
      `<ol>${items.map((one) => `<li>${ownText(one)}</li>`).join('')}</ol>`,
    ]),
    ...facts.map(
      ({ title, value }) => `<p class="faint">${escapeHtml(title)}: ${escapeHtml(value)}</p>`,
    ),
    ...(docs ? [`<p>${escapeHtml(docs.title)}: ${link ?? escapeHtml(docs.text)}</p>`] : []),
  ].join('\n');
}
