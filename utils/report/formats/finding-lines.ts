import { evidenceTitle } from '../../guidance/observation-message.ts';
import type { Translate } from '../../i18n/translate.ts';
import type { ReportFinding } from '../document.ts';
import { readable, translateWord } from './wording.ts';

/** A finding ready to be written down: everything it says, in reading order, with the words of a language around it. */
export interface FindingWords {
  /** How grave it is, and what it says. */
  head: string;
  detail: string | null;
  lists: { title: string; items: readonly string[] }[];
  /** The app it is about and the console menu; `isCode`: as it is in what was recorded. */
  facts: { title: string; value: string; isCode: boolean }[];
  /** The latest of what it rests on. */
  evidence: { title: string; items: { at: string; what: string }[] } | null;
  docs: { title: string; url: string | null; text: string } | null;
}

/** Puts a finding into words; what it does not have is left out. */
export function describeFinding(f: ReportFinding, t: Translate): FindingWords {
  const lists = [
    { title: t('guidance.ui.causes'), items: f.causes ?? [] },
    { title: t('guidance.ui.steps'), items: f.fix },
  ];
  const facts = [
    { title: t('report.appKey'), value: f.clientId ?? '', isCode: true },
    { title: t('guidance.ui.console'), value: f.console ?? '', isCode: false },
  ];
  return {
    head: `${translateWord(t, 'guidance.ui', f.severity)}: ${f.title}`,
    detail: f.detail || null,
    lists: lists.filter(({ items }) => items.length > 0),
    facts: facts.filter(({ value }) => value),
    evidence: describeEvidence(f, t),
    docs: f.docs ? { title: t('guidance.ui.docs'), url: linkOf(f.docs), text: f.docs } : null,
  };
}

/** Says what the latest evidence of a finding is: when, and what was observed. */
function describeEvidence(
  { evidence, observed = [] }: ReportFinding,
  t: Translate,
): FindingWords['evidence'] {
  if (observed.length === 0) return null;
  return {
    title: evidenceTitle(t, observed.length, evidence.length),
    items: observed.map(({ at, what }) => ({ at: readable(at), what })),
  };
}

/** The same as lines of plain text, the lists numbered. `clean` is given each text that it is made of. */
export function findingLines(
  f: ReportFinding,
  t: Translate,
  clean = (text: string) => text,
): string[] {
  const { head, detail, lists, facts, evidence, docs } = describeFinding(f, t);
  const lines = [clean(head)];
  if (detail) lines.push(`  ${clean(detail)}`);
  for (const { title, items } of lists) {
    lines.push(`  ${clean(title)}:`);
    for (const [i, item] of items.entries()) lines.push(`  ${i + 1}. ${clean(item)}`);
  }
  for (const { title, value } of facts) lines.push(`  ${clean(title)}: ${clean(value)}`);
  if (evidence) lines.push(`  ${clean(evidence.title)}:`);
  for (const { at, what } of evidence?.items ?? []) lines.push(`  - ${at} ${clean(what)}`);
  if (docs) lines.push(`  ${clean(docs.title)}: ${clean(docs.text)}`);
  return lines;
}

/** What a flat record tells of a login's findings: all by name, and of the worst what to do. */
export function summarizeWorstFinding(findings: readonly ReportFinding[]) {
  const [worst] = findings;
  return {
    findings: findings.map((f) => f.rule).join(' '),
    severity: worst?.severity ?? null,
    finding: worst?.title ?? null,
    fix: worst?.fix.map((one, i) => `${i + 1}. ${one}`).join(' ') ?? null,
    console: worst?.console ?? null,
    docs: worst?.docs ?? null,
    evidence: worst?.evidence.join(' ') ?? null,
  };
}

/** An address that may be made a link; null for everything else that a report may hold in its place. */
const linkOf = (text: string) => (/^https:\/\/[\w./-]+$/.test(text) ? text : null);
