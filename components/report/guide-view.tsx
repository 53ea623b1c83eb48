import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { codeRows, GUIDE, type Block, type Section } from '../../utils/guidance/guide.ts';
import type { ConsolePlace } from '../../utils/kakao/console.ts';
import type { Rule } from '../../utils/guidance/rule.ts';
import { nameOf, type Text } from '../../utils/guidance/text.ts';
import { CodeText } from '../shared/code-text.tsx';
import { ExternalLink } from '../shared/external-link.tsx';
import { t } from '../shared/text.ts';
import { sayGuidance } from '../shared/guidance-words.ts';

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
                <Told text={s.title} />
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

function Told({ text }: { text: Text }) {
  return <CodeText text={sayGuidance(text)} />;
}

function GuideSection({ section }: { section: Section }) {
  return (
    <section class="panel" id={`guide-${section.id}`} aria-labelledby={`guide-${section.id}-title`}>
      <h2 id={`guide-${section.id}-title`}>
        <Told text={section.title} />
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
          <Told text={block.text} />
        </p>
      );
    case 'list':
      return (
        <>
          {block.lead && (
            <p>
              <Told text={block.lead} />
            </p>
          )}
          <Items items={block.items} />
        </>
      );
    case 'calls':
      return (
        <>
          <p>
            <Told text={block.lead} />
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
              <Told text={block.ask} />
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
          heads={['english', 'korean', 'explained'].map((n) =>
            sayGuidance([`guidance.guide.glossary.${n}`]),
          )}
          rows={block.words.map((w) => [w.en, w.ko, sayGuidance([`guidance.glossary.${w.name}`])])}
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

function Items({ items }: { items: readonly Text[] }) {
  return (
    <ul class="bullets">
      {items.map((item) => (
        <li key={item[0]}>
          <Told text={item} />
        </li>
      ))}
    </ul>
  );
}

/** A table of codes, with a search. */
function Codes({ block }: { block: Block & { kind: 'codes' } }) {
  const search = useSignal('');
  const rows = codeRows(block.codes, sayGuidance, search.value);
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
          heads={['code', 'http', 'meaning', 'remedy'].map((n) =>
            sayGuidance([`guidance.guide.${n}`]),
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
  const name = `guidance.rules.${nameOf(rule.id)}`;
  const general = (key: string): Text => [key, ...Array.from({ length: 9 }, () => '…')];
  return (
    <details class="more" data-rule={rule.id}>
      <summary>
        {t(`guidance.ui.${rule.severity}`)} · <Told text={general(`${name}.title`)} />
      </summary>
      <p>
        <Told text={general(`${name}.detail`)} />
      </p>
      <ol class="bullets">
        {rule.fix.map((step) => (
          <li key={step.join()}>
            <Told text={step} />
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
