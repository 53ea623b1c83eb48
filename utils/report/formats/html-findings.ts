import type { Translate } from '../../i18n/translate.ts';
import type { ReportFinding } from '../document.ts';
import { escapeHtml } from './escape-markup.ts';
import { describeFinding, type FindingWords } from './finding-lines.ts';
import { code, ownText } from './html-text.ts';

/**
 * Writes findings as HTML, each in full once: where one comes again, for another login, only its head and what it
 * rests on are said.
 */
export function findingsWrittenOnce(t: Translate): (finding: ReportFinding) => string {
  const written = new Set<string>();
  return (finding) => {
    const { evidence: _evidence, observed: _observed, ...advice } = finding;
    const key = JSON.stringify(advice);
    const isWritten = written.has(key);
    written.add(key);
    return isWritten ? headOf(finding, t) : wholeOf(finding, t);
  };
}

function headOf(finding: ReportFinding, t: Translate): string {
  const { head, evidence } = describeFinding(finding, t);
  return [
    `<p><strong>${ownText(head)}</strong> ${code(finding.rule)} (${escapeHtml(t('report.toldAbove'))})</p>`,
    ...evidenceOf(evidence),
  ].join('\n');
}

function evidenceOf(evidence: FindingWords['evidence']): string[] {
  if (!evidence) return [];
  const items = evidence.items.map(({ at, what }) => `<li>${at} ${ownText(what)}</li>`);
  return [`<p class="faint">${escapeHtml(evidence.title)}</p>`, `<ul>${items.join('')}</ul>`];
}

function wholeOf(finding: ReportFinding, t: Translate): string {
  const { head, detail, lists, facts, evidence, docs } = describeFinding(finding, t);
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
    ...evidenceOf(evidence),
    ...(docs ? [`<p>${escapeHtml(docs.title)}: ${link ?? escapeHtml(docs.text)}</p>`] : []),
  ].join('\n');
}
