import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { t } from '../../shared/text.ts';
import { Timestamp } from '../../shared/timestamp.tsx';
import { useReport } from '../report-context.ts';

/** The latest steps that are listed. */
const MOST_STEPS = 200;

/** Marks what the tester does from now on, and lists the steps so far. */
export function StepForm() {
  const state = useReport();
  const text = useSignal('');
  const id = useId();
  const steps = (state.scope.value?.own ?? []).filter((o) => o.type === 'step');
  return (
    <form
      class="row step"
      onSubmit={(event) => {
        event.preventDefault();
        const step = text.value.trim();
        if (!step) return;
        text.value = '';
        void state.send({ type: 'step', text: step });
      }}
    >
      <label for={id}>{t('report_page.step')}</label>
      <input
        id={id}
        data-field="step"
        maxLength={500}
        placeholder={t('report_page.stepExample')}
        value={text.value}
        onInput={(event) => (text.value = event.currentTarget.value)}
      />
      <button type="submit" data-action="mark-step">
        {t('report_page.markStep')}
      </button>
      {steps.length > 0 && (
        <details class="more steps">
          <summary>
            {t('report_page.steps')} <span class="count">{steps.length}</span>
          </summary>
          <ol>
            {steps.slice(-MOST_STEPS).map((o) => (
              <li key={o.id}>
                <Timestamp at={o.at} /> {o.type === 'step' && o.text}
              </li>
            ))}
          </ol>
        </details>
      )}
    </form>
  );
}
