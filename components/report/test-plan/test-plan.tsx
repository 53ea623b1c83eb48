import { messageKey } from '../../../utils/i18n/message.ts';
import { parseInstant } from '../../../utils/model/instant.ts';
import { testPlanTitle } from '../../../utils/report/formats/test-plan-lines.ts';
import { TEST_CASES, type TestPlanItem } from '../../../utils/report/test-case.ts';
import { testPlanOf } from '../../../utils/report/test-plan.ts';
import { CodeText } from '../../shared/code-text.tsx';
import { t } from '../../shared/text.ts';
import { useReport } from '../report-context.ts';
import { useAfterPaint } from '../use-after-paint.ts';
import { TestPlanRow } from './test-plan-row.tsx';

const instantOf = (at: number | string | null | undefined) =>
  typeof at === 'string' ? parseInstant(at) : (at ?? null);

/** Which cases the session exercised, what shows each, and how to exercise what remains. */
export function TestPlan() {
  const state = useReport();
  const scope = state.scope.value;
  const session = state.shownSession.value;
  const at = state.at.value;
  const work = () => {
    if (!scope) return [];
    const { loginState, logins, observations } = scope;
    const from = instantOf(session?.startedAt);
    const until = instantOf(session?.endedAt);
    return testPlanOf({ loginState, logins, observations, from, until, at });
  };
  const observed = scope?.observations.length ?? 0;
  const plan = useAfterPaint(observed, work, [scope, session, at]);
  if (!scope || !session || !plan) return null;
  const { loginState, observations } = scope;
  const shownAt = ({ login, observation }: TestPlanItem) =>
    loginState.logins.get(login ?? '')?.loggedInAt ??
    observations.find((o) => o.id === observation)?.at ??
    null;
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
              shownAt={shownAt(item)}
            />
          );
        })}
      </ul>
    </details>
  );
}
