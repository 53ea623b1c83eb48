import { useMemo } from 'preact/hooks';
import { runRules } from '../../../utils/guidance/run-rules.ts';
import type { Login } from '../../../utils/model/login.ts';
import { FindingsList } from '../../shared/findings-list.tsx';
import { t } from '../../shared/text.ts';
import { useReport } from '../report-context.ts';
import { showStep } from './show-step.ts';

interface Props {
  login: Login;
  /** Ids of the observations that its timeline shows. */
  steps: ReadonlySet<string>;
}

/** The findings of one login. Rules run for this login alone, so that many logins cost nothing. */
export function LoginFindings({ login, steps }: Props) {
  const state = useReport();
  const { value: scope } = state.scope;
  const now = state.at.value;
  const findings = useMemo(() => {
    if (!scope) return [];
    const { loginState, observations } = scope;
    const all = runRules({ loginState, observations, logins: new Set([login.id]) }, now);
    return all.filter((f) => f.login === login.id);
  }, [scope, login, now]);
  if (findings.length === 0) return null;
  return (
    <details class="more" open data-testid="login-findings">
      <summary>
        {t('guidance.ui.title')} <span class="count">{findings.length}</span>
      </summary>
      <FindingsList
        findings={findings}
        readOnly={!scope?.live}
        showStep={({ id }) => (steps.has(id) ? () => showStep(login.id, id) : null)}
      />
    </details>
  );
}
