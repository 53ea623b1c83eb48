import { t } from '../shared/text.ts';
import { ExportPanel } from './export/export-panel.tsx';
import { FilesBar } from './files-bar.tsx';
import { FilterBar } from './logins/filter-bar.tsx';
import { Menu } from './menu.tsx';
import { useReport } from './report-context.ts';
import { SessionDetails } from './session/session-details.tsx';
import { SessionPicker } from './session/session-picker.tsx';
import { Summary } from './session/summary.tsx';

/** What is shown, the search and the filters over it, and what can be done with it. */
export function Toolbar() {
  const state = useReport();
  const isLive = !state.showsFiles.value;
  const hasRows = state.rows.value.length > 0;
  const isExported = hasRows || (state.scope.value?.own.length ?? 0) > 0;
  return (
    <section class="panel toolbar" aria-label={t('report_page.source')} data-testid="toolbar">
      <div class="toolbar-row">
        <FilesBar />
        {isLive && <SessionPicker />}
        {isLive && (
          <Menu name="session-fields" label={t('report_page.sessionFields')}>
            <SessionDetails />
          </Menu>
        )}
        <span class="gap" />
        {isExported && (
          <Menu name="export-menu" label={t('report_page.export')} atEnd>
            <ExportPanel />
          </Menu>
        )}
      </div>
      {hasRows && <FilterBar />}
      {state.isWhole.value && <Summary />}
    </section>
  );
}
