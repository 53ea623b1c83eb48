import type { ConsolePlace } from '../kakao/console.ts';
import { codeRows, GUIDE, type Block, type Section } from './guide.ts';
import type { Rule } from './rule.ts';
import { nameOf, type Say, type Text } from './text.ts';

/** The Guide as a Markdown document in a language. */
export function guideMarkdown(say: Say): string {
  const head = [`# ${say(['guidance.guide.title'])}`, say(['guidance.guide.generated'])];
  return `${[...head, ...GUIDE.flatMap((s) => sectionLines(s, say))].join('\n\n')}\n`;
}

function sectionLines(section: Section, say: Say): string[] {
  return [
    `## ${say(section.title)}`,
    ...section.blocks.flatMap((block) => blockLines(block, say)),
    ...(section.docs ? [docsLine(section.docs, say)] : []),
  ];
}

function blockLines(block: Block, say: Say): string[] {
  switch (block.kind) {
    case 'text':
      return [say(block.text)];
    case 'list':
      return [...(block.lead ? [`${say(block.lead)}:`] : []), bullets(block.items.map(say))];
    case 'calls':
      return [say(block.lead), bullets(block.calls.map((c) => `\`${c}\``))];
    case 'question':
      return [
        `**${say(block.ask)}**`,
        bullets(block.answers.map(say)),
        placeLine(block.place, say),
      ];
    case 'codes':
      return [codeTable(block, say)];
    case 'rules':
      return block.rules.flatMap((rule) => ruleLines(rule, say));
    case 'glossary':
      return [
        table(
          ['english', 'korean', 'explained'].map((n) => say([`guidance.guide.glossary.${n}`])),
          block.words.map((w) => [w.en, w.ko, say([`guidance.glossary.${w.name}`])]),
        ),
      ];
  }
}

/** A rule without a case at hand: what would be filled in is shown as an ellipsis. */
function ruleLines(rule: Rule, say: Say): string[] {
  const name = `guidance.rules.${nameOf(rule.id)}`;
  const general = (text: Text) => say([text[0], ...Array.from({ length: 9 }, () => '…')]);
  return [
    `### \`${rule.id}\``,
    `${say([`guidance.ui.${rule.severity}`])}: ${general([`${name}.title`])}`,
    general([`${name}.detail`]),
    ...(rule.fix.length ? [rule.fix.map((f, i) => `${i + 1}. ${say(f)}`).join('\n')] : []),
    ...(rule.place ? [placeLine(rule.place, say)] : []),
    docsLine(rule.docs, say),
  ];
}

function codeTable({ codes }: Block & { kind: 'codes' }, say: Say): string {
  const titles = ['code', 'http', 'meaning', 'remedy'].map((n) => say([`guidance.guide.${n}`]));
  return table(
    titles,
    codeRows(codes, say).map((r) => [`\`${r.code}\``, r.http, r.meaning, r.remedy]),
  );
}

const bullets = (items: readonly string[]) => items.map((item) => `- ${item}`).join('\n');
const placeLine = (place: ConsolePlace, say: Say) =>
  `${say(['guidance.ui.console'])}: ${place.menu.join(' > ')}`;
const docsLine = (docs: string, say: Say) => `${say(['guidance.ui.docs'])}: <${docs}>`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((c) => c.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
