import type { Block } from '../../../utils/guidance/guide.ts';
import type { Message } from '../../../utils/i18n/message.ts';
import { ConsoleMenu } from '../../shared/console-menu.tsx';
import { RichText } from '../../shared/rich-text.tsx';
import { t } from '../../shared/text.ts';
import { CodeTable } from './code-table.tsx';
import { RuleSummary } from './rule-summary.tsx';
import { TextTable } from './text-table.tsx';

/** One block of a section. */
export function GuideBlock({ block }: { block: Block }) {
  switch (block.kind) {
    case 'text':
      return <Paragraph text={block.text} />;
    case 'list':
      return (
        <>
          {block.lead && <Paragraph text={block.lead} />}
          <BulletList items={block.items} />
        </>
      );
    case 'calls':
      return (
        <>
          <Paragraph text={block.lead} />
          <ul class="bullets">
            {block.calls.map((call) => (
              <li key={call}>
                <code>{call}</code>
              </li>
            ))}
          </ul>
        </>
      );
    case 'question':
      return (
        <>
          <p>
            <b>
              <RichText text={block.ask} />
            </b>
          </p>
          <BulletList items={block.answers} />
          <ConsoleMenu place={block.place} quiet />
        </>
      );
    case 'codes':
      return <CodeTable block={block} />;
    case 'rules':
      return (
        <>
          {block.rules.map((rule) => (
            <RuleSummary key={rule.id} rule={rule} />
          ))}
        </>
      );
    case 'glossary':
      return (
        <TextTable
          titles={(['english', 'korean', 'explained'] as const).map((n) =>
            t(`guidance.guide.glossary.${n}`),
          )}
          rows={block.words.map((w) => [w.en, w.ko, t(`guidance.glossary.${w.name}`)])}
        />
      );
  }
}

function Paragraph({ text }: { text: Message }) {
  return (
    <p>
      <RichText text={text} />
    </p>
  );
}

function BulletList({ items }: { items: readonly Message[] }) {
  return (
    <ul class="bullets">
      {items.map((item) => (
        <li key={item[0]}>
          <RichText text={item} />
        </li>
      ))}
    </ul>
  );
}
