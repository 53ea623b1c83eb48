import { messageKey } from '../../../utils/i18n/message.ts';
import { testPlanTitle } from '../../../utils/report/formats/test-plan-lines.ts';
import { TEST_CASES } from '../../../utils/report/test-plan/test-case.ts';
import { CodeText } from '../../shared/code-text.tsx';
import { t } from '../../shared/text.ts';
import { useReport } from '../report-context.ts';
import { TestPlanRow } from './test-plan-row.tsx';

/** Which cases the session exercised, what shows each, and how to exercise what remains. */
export function TestPlan() {
  const state = useReport();
  const plan = state.overview.value?.testPlan;
  if (!plan?.length) return null;
  return (
    <details class="more" data-testid="test-plan">
      <summary>{testPlanTitle(plan, t)}</summary>
      <p class="quiet">
        <CodeText text={t('report.plan.help')} />
      </p>
      <ul class="test-plan">
        {TEST_CASES.map((name) => {
          const item = plan.find((one) => one.case === name);
          if (!item) return null;
          return (
            <TestPlanRow
              key={name}
              item={item}
              name={t(messageKey('report.plan.case', name))}
              how={t(messageKey('report.plan.how', name))}
              shownAt={item.at}
            />
          );
        })}
      </ul>
    </details>
  );
}
