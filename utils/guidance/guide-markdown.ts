import type { Translate } from '../i18n/translate.ts';
import { menuPath, type ConsolePlace } from '../kakao/console.ts';
import { docsIn } from '../kakao/docs-links.ts';
import { codeRows, GUIDE, type Block, type Section } from './guide.ts';
import type { Rule } from './rule.ts';
import { generalRuleMessage } from './text.ts';

/** The Guide as a Markdown document in a language. */
export function guideMarkdown(t: Translate): string {
  const head = [`# ${t('guidance.guide.title')}`, t('guidance.guide.generated')];
  return `${[...head, ...GUIDE.flatMap((s) => sectionLines(s, t))].join('\n\n')}\n`;
}

function sectionLines(section: Section, t: Translate): string[] {
  return [
    `## ${t(section.title)}`,
    ...section.blocks.flatMap((block) => blockLines(block, t)),
    ...(section.docs ? [docsLine(section.docs, t)] : []),
  ];
}

function blockLines(block: Block, t: Translate): string[] {
  switch (block.kind) {
    case 'text':
      return [t(block.text)];
    case 'list':
      return [
        ...(block.lead ? [`${t(block.lead)}:`] : []),
        bullets(block.items.map((item) => t(item))),
      ];
    case 'calls':
      return [t(block.lead), bullets(block.calls.map((c) => `\`${c}\``))];
    case 'question':
      return [
        `**${t(block.ask)}**`,
        bullets(block.answers.map((item) => t(item))),
        placeLine(block.place, t),
      ];
    case 'codes':
      return [codeTable(block, t)];
    case 'rules':
      return block.rules.flatMap((rule) => ruleLines(rule, t));
    case 'glossary':
      return [
        table(
          (['english', 'korean', 'explained'] as const).map((n) =>
            t(`guidance.guide.glossary.${n}`),
          ),
          block.words.map((w) => [w.en, w.ko, t(`guidance.glossary.${w.name}`)]),
        ),
      ];
  }
}

/** A rule without a case at hand: what would be filled in is shown as an ellipsis. */
export function ruleLines(rule: Rule, t: Translate): string[] {
  return [
    `### \`${rule.id}\``,
    `${t(`guidance.ui.${rule.severity}`)}: ${t(generalRuleMessage(rule.id, 'title'))}`,
    t(generalRuleMessage(rule.id, 'detail')),
    ...(rule.fix.length ? [rule.fix.map((f, i) => `${i + 1}. ${t(f)}`).join('\n')] : []),
    ...(rule.place ? [placeLine(rule.place, t)] : []),
    docsLine(rule.docs, t),
  ];
}

function codeTable({ codes }: Block & { kind: 'codes' }, t: Translate): string {
  const titles = (['code', 'http', 'meaning', 'remedy'] as const).map((n) =>
    t(`guidance.guide.${n}`),
  );
  return table(
    titles,
    codeRows(codes, t).map((r) => [`\`${r.code}\``, r.http, r.meaning, r.remedy]),
  );
}

const bullets = (items: readonly string[]) => items.map((item) => `- ${item}`).join('\n');
const placeLine = (place: ConsolePlace, t: Translate) =>
  `${t('guidance.ui.console')}: ${menuPath(place, t.language)}`;
const docsLine = (docs: string, t: Translate) =>
  `${t('guidance.ui.docs')}: <${docsIn(t.language, docs)}>`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((c) => c.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
