import type { StepShower } from '../../shared/evidence-list.tsx';
import { FindingsList } from '../../shared/findings-list.tsx';
import { t } from '../../shared/text.ts';
import { afterPaint } from '../after-paint.tsx';
import { showStep } from '../detail/show-step.ts';
import { useReport } from '../report-context.ts';

/** The findings about apps and the session; nothing where there are none, and that it is still reading until they are known. */
export function SessionFindings() {
  const state = useReport();
  const { value: overview } = state.overview;
  if (!overview)
    return (
      <p class="quiet" role="status" data-testid="overview-awaited">
        {t('banner.loading')}
      </p>
    );
  const { findings } = overview;
  const showIn: StepShower = ({ id, loginId: login }) => {
    if (login === undefined || !state.rows.value.some((row) => row.id === login)) return null;
    return () => {
      state.select(login);
      afterPaint(1, () => showStep(login, id));
    };
  };
  if (!findings.length) return null;
  return (
    <details class="more" open data-testid="session-findings">
      <summary>
        {t('guidance.ui.title')} <span class="count">{findings.length}</span>
      </summary>
      <FindingsList findings={findings} readOnly={!state.scope.value?.live} showStep={showIn} />
    </details>
  );
}
