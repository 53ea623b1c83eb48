import { FindingsList } from '../../shared/findings-list.tsx';
import { t } from '../../shared/text.ts';
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
  if (!findings.length) return null;
  return (
    <details class="more" open data-testid="session-findings">
      <summary>
        {t('guidance.ui.title')} <span class="count">{findings.length}</span>
      </summary>
      <FindingsList findings={findings} readOnly={!state.scope.value?.live} />
    </details>
  );
}
