import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { codeRows, GUIDE, type Block, type Section } from '../../utils/guidance/guide.ts';
import type { ConsolePlace } from '../../utils/kakao/console.ts';
import type { Rule } from '../../utils/guidance/rule.ts';
import { generalRuleMessage } from '../../utils/guidance/text.ts';
import type { Message } from '../../utils/i18n/message.ts';
import { CodeText } from '../shared/code-text.tsx';
import { ExternalLink } from '../shared/console-path.tsx';
import { RichText } from '../shared/rich-text.tsx';
import { t } from '../shared/text.ts';

/** The Guide, readable without any login. */
export function GuideView() {
  // An address that names a part leads to it.
  useEffect(() => scrollTo(location.hash.split('/')[1] ?? ''), []);
  return (
    <div class="guide" data-testid="guide">
      <nav class="guide-nav" aria-label={t('guidance.guide.title')}>
        <ul>
          {GUIDE.map((s) => (
            <li key={s.id}>
              <a href={`#guide/${s.id}`} onClick={() => scrollTo(s.id)}>
                <RichText text={s.title} />
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {GUIDE.map((section) => (
        <GuideSection key={section.id} section={section} />
      ))}
    </div>
  );
}

const scrollTo = (id: string) => document.getElementById(`guide-${id}`)?.scrollIntoView();

function GuideSection({ section }: { section: Section }) {
  return (
    <section class="panel" id={`guide-${section.id}`} aria-labelledby={`guide-${section.id}-title`}>
      <h2 id={`guide-${section.id}-title`}>
        <RichText text={section.title} />
      </h2>
      {section.blocks.map((block, i) => (
        <GuideBlock key={i} block={block} />
      ))}
      {section.docs && (
        <p>
          {t('guidance.ui.docs')}: <ExternalLink href={section.docs}>{section.docs}</ExternalLink>
        </p>
      )}
    </section>
  );
}

function GuideBlock({ block }: { block: Block }) {
  switch (block.kind) {
    case 'text':
      return (
        <p>
          <RichText text={block.text} />
        </p>
      );
    case 'list':
      return (
        <>
          {block.lead && (
            <p>
              <RichText text={block.lead} />
            </p>
          )}
          <Items items={block.items} />
        </>
      );
    case 'calls':
      return (
        <>
          <p>
            <RichText text={block.lead} />
          </p>
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
          <Items items={block.answers} />
          <Place place={block.place} />
        </>
      );
    case 'codes':
      return <Codes block={block} />;
    case 'rules':
      return (
        <>
          {block.rules.map((rule) => (
            <RuleText key={rule.id} rule={rule} />
          ))}
        </>
      );
    case 'glossary':
      return (
        <Table
          heads={(['english', 'korean', 'explained'] as const).map((n) =>
            t(`guidance.guide.glossary.${n}`),
          )}
          rows={block.words.map((w) => [w.en, w.ko, t(`guidance.glossary.${w.name}`)])}
        />
      );
  }
}

/** Where it is in Kakao's console, which is in Korean. */
function Place({ place }: { place: ConsolePlace }) {
  return (
    <p class="quiet">
      {t('guidance.ui.console')}: <span lang="ko">{place.menu.join(' > ')}</span>
    </p>
  );
}

function Items({ items }: { items: readonly Message[] }) {
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

/** A table of codes, with a search. */
function Codes({ block }: { block: Block & { kind: 'codes' } }) {
  const search = useSignal('');
  const rows = codeRows(block.codes, t, search.value);
  return (
    <>
      <div class="row">
        <label>
          {t('guidance.guide.search')}{' '}
          <input
            type="search"
            data-field="codes"
            value={search.value}
            onInput={(event) => (search.value = event.currentTarget.value)}
          />
        </label>
        <span class="quiet" role="status">
          {t('guidance.guide.found', [String(rows.length), String(block.codes.length)])}
        </span>
      </div>
      {rows.length > 0 && (
        <Table
          heads={(['code', 'http', 'meaning', 'remedy'] as const).map((n) =>
            t(`guidance.guide.${n}`),
          )}
          rows={rows.map((r) => [r.code, r.http, r.meaning, r.remedy])}
        />
      )}
    </>
  );
}

function Table({
  heads,
  rows,
}: {
  heads: readonly string[];
  rows: readonly (readonly string[])[];
}) {
  return (
    <div class="wide-table">
      <table>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells) => (
            <tr key={cells[0]}>
              {cells.map((cell, i) => (
                <td key={heads[i]}>
                  <CodeText text={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A rule without a case at hand: what would be filled in is shown as an ellipsis. */
function RuleText({ rule }: { rule: Rule }) {
  return (
    <details class="more" data-rule={rule.id}>
      <summary>
        {t(`guidance.ui.${rule.severity}`)} ·{' '}
        <RichText text={generalRuleMessage(rule.id, 'title')} />
      </summary>
      <p>
        <RichText text={generalRuleMessage(rule.id, 'detail')} />
      </p>
      <ol class="bullets">
        {rule.fix.map((step) => (
          <li key={step.join()}>
            <RichText text={step} />
          </li>
        ))}
      </ol>
      {rule.place && <Place place={rule.place} />}
      <p>
        {t('guidance.ui.docs')}: <ExternalLink href={rule.docs}>{rule.docs}</ExternalLink>
      </p>
    </details>
  );
}
