import { useEffect } from 'preact/hooks';
import { GUIDE, type Section } from '../../../utils/guidance/guide.ts';
import { DocsLine } from '../../shared/docs-line.tsx';
import { RichText } from '../../shared/rich-text.tsx';
import { t } from '../../shared/text.ts';
import { FirstSteps } from './first-steps.tsx';
import { GuideBlock } from './guide-block.tsx';

/** The Guide, readable without any login. */
export function GuideView() {
  // An address that names a section leads to it.
  useEffect(() => scrollToSection(location.hash.split('/')[1] ?? ''), []);
  return (
    <div class="guide" data-testid="guide">
      <FirstSteps />
      <nav class="guide-nav" aria-label={t('guidance.guide.title')}>
        <ul>
          {GUIDE.map((s) => (
            <li key={s.id}>
              <a href={`#guide/${s.id}`} onClick={() => scrollToSection(s.id)}>
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

/** Scrolls to a section; an unknown one is left alone. */
function scrollToSection(id: string) {
  document.getElementById(`guide-${id}`)?.scrollIntoView();
}

function GuideSection({ section }: { section: Section }) {
  return (
    <section class="panel" id={`guide-${section.id}`} aria-labelledby={`guide-${section.id}-title`}>
      <h2 id={`guide-${section.id}-title`}>
        <RichText text={section.title} />
      </h2>
      {section.blocks.map((block, i) => (
        <GuideBlock key={i} block={block} />
      ))}
      {section.docs && <DocsLine page={section.docs} />}
    </section>
  );
}
