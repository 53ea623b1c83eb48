import { RichText } from '../../shared/rich-text.tsx';
import { t } from '../../shared/text.ts';

const STEPS = ['report_page.firstWatch', 'report_page.firstLogIn', 'report_page.firstDo'] as const;

/** What to do with a new installation. */
export function FirstSteps() {
  return (
    <section
      id="guide-first"
      class="panel"
      aria-labelledby="first-steps-title"
      data-testid="first-steps"
    >
      <h2 id="first-steps-title">{t('report_page.firstTitle')}</h2>
      <ol class="bullets">
        {STEPS.map((step) => (
          <li key={step}>
            <RichText text={[step]} />
          </li>
        ))}
      </ol>
    </section>
  );
}
