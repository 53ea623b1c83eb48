import { runRules } from '../../../utils/guidance/run-rules.ts';
import { FindingsList } from '../../shared/findings-list.tsx';
import { t } from '../../shared/text.ts';
import { useReport } from '../report-context.ts';
import { useAfterPaint } from '../use-after-paint.ts';

/** The findings about apps and the session; nothing where there are none. */
export function SessionFindings() {
  const state = useReport();
  const { value: scope } = state.scope;
  const now = state.at.value;
  const { value: session } = state.session;
  const { value: records } = state.records;
  const find = () => {
    if (!scope) return [];
    const { loginState, observations, logins } = scope;
    const context = { loginState, observations, logins: new Set([...logins].map((l) => l.id)) };
    const before = records?.sessions.filter((s) => s.startedAt < (session?.startedAt ?? 0)) ?? [];
    const live = scope.live && session ? { session, sessionsBefore: before } : {};
    return runRules({ ...context, ...live }, now, ['app', 'session']);
  };
  const observed = scope?.observations.length ?? 0;
  const findings = useAfterPaint(observed, find, [scope, session, records, now]);
  if (!findings?.length) return null;
  return (
    <details class="more" open data-testid="session-findings">
      <summary>
        {t('guidance.ui.title')} <span class="count">{findings.length}</span>
      </summary>
      <FindingsList findings={findings} readOnly={!scope?.live} />
    </details>
  );
}
