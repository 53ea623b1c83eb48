import { noneJudgedText } from '../../utils/report/first-logins.ts';
import { Button } from '../shared/button.tsx';
import { t } from '../shared/text.ts';
import { AfterPaint } from './after-paint.tsx';
import { CompareLogins } from './detail/compare-logins.tsx';
import { NO_FILTER } from './logins/filter-rows.ts';
import { LoginTable } from './logins/login-table.tsx';
import { useReport } from './report-context.ts';
import type { ReportState } from './report-state.ts';
import { Coverage } from './session/coverage.tsx';
import { SessionFindings } from './session/session-findings.tsx';
import { Split } from './split.tsx';
import { TestPlan } from './test-plan/test-plan.tsx';
import { Toolbar } from './toolbar.tsx';

/** With more logins than this the table shows first, what is around it a paint later. */
const MANY = 500;

/** A session or what files hold: its toolbar, its logins beside the chosen one, and what is said of it all. */
export function LoginsView() {
  const state = useReport();
  const total = state.rows.value.length;
  const isWhole = state.isWhole.value;
  const isMuch = total > MANY;
  const isChosen = isWhole && state.rows.value.some((row) => row.id === state.selected.value);
  return (
    <>
      {(isWhole || state.showsFiles.value) && (
        <AfterPaint paints={isMuch ? 1 : 0}>
          <Toolbar />
        </AfterPaint>
      )}
      {!isWhole && (
        <p class="quiet" role="status" data-testid="reading-on">
          {t('banner.loading')}
        </p>
      )}
      {isWhole && total === 0 && (
        <p class="quiet" data-testid="empty">
          {emptyText(state)}
        </p>
      )}
      {total > 0 && <Split first={<Logins />} second={isChosen ? <CompareLogins /> : null} />}
      {isWhole && (
        <AfterPaint paints={isMuch ? 2 : 0}>
          <SessionFindings />
          <TestPlan />
          <Coverage />
        </AfterPaint>
      )}
    </>
  );
}

/** Why there is no login, and what to do. */
function emptyText({ showsFiles, scope, merged }: ReportState): string {
  if (!showsFiles.value) return t('report_page.empty');
  const observations = scope.value?.observations ?? [];
  if (observations.length === 0 && merged.value?.observations.length)
    return t('report_page.judgedTooEarly');
  return noneJudgedText({ logins: [], observations }, t);
}

/** The logins that pass the filter, and how many they are, once that is known. */
function Logins() {
  const state = useReport();
  const isWhole = state.isWhole.value;
  const total = state.rows.value.length;
  const shown = state.shown.value.length;
  return (
    <section class="logins" aria-labelledby="logins-title" data-testid="logins">
      <div class="row">
        <h2 id="logins-title">
          {t('report.logins')} {isWhole && <span class="count">{total}</span>}
        </h2>
        <span class="quiet" role="status" data-testid="shown">
          {isWhole && t('report_page.shown', shown, [String(shown), String(total)])}
        </span>
      </div>
      {shown > 0 && <LoginTable />}
      {isWhole && shown === 0 && <NoMatch />}
    </section>
  );
}

/** Says that the search and the filters let no login pass, and clears them. */
function NoMatch() {
  const state = useReport();
  return (
    <p class="row" data-testid="no-match">
      {t('report_page.noMatch')}{' '}
      <Button action="show-all" onClick={() => (state.filter.value = NO_FILTER)}>
        {t('report_page.showAll')}
      </Button>
    </p>
  );
}
