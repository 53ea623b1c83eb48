import { t } from '../shared/text.ts';
import { CompareLogins } from './detail/compare-logins.tsx';
import { ExportPanel } from './export/export-panel.tsx';
import { FilesBar } from './files-bar.tsx';
import { FilterBar } from './logins/filter-bar.tsx';
import { LoginTable } from './logins/login-table.tsx';
import { useReport } from './report-context.ts';
import { SessionFindings } from './session/session-findings.tsx';
import { SessionPanel } from './session/session-panel.tsx';
import { Summary } from './session/summary.tsx';
import { TestPlan } from './test-plan/test-plan.tsx';

/** A session or what files hold: its counts, its logins, the selected one, and the export. */
export function LoginsView() {
  const state = useReport();
  const total = state.rows.value.length;
  const shown = state.shown.value.length;
  return (
    <>
      <FilesBar />
      {!state.showsFiles.value && <SessionPanel />}
      <Summary />
      <SessionFindings />
      <TestPlan />
      <section aria-labelledby="logins-title" data-testid="logins">
        <h2 id="logins-title">
          {t('report.logins')} <span class="count">{total}</span>
        </h2>
        {total === 0 ? (
          <p class="quiet" data-testid="empty">
            {t(state.showsFiles.value ? 'report_page.emptyFiles' : 'report_page.empty')}
          </p>
        ) : (
          <>
            <FilterBar />
            <p class="quiet" role="status" data-testid="shown">
              {t('report_page.shown', shown, [String(shown), String(total)])}
            </p>
            {shown > 0 && <LoginTable />}
          </>
        )}
      </section>
      <CompareLogins />
      <ExportPanel />
    </>
  );
}
