import { useId } from 'preact/hooks';
import { Button } from '../../shared/button.tsx';
import { t } from '../../shared/text.ts';
import { useReport } from '../report-context.ts';
import { ALL_SESSIONS } from '../report-source.ts';
import { SessionFields } from './session-fields.tsx';
import { StepForm } from './step-form.tsx';

/** Chooses the session that is shown, begins and ends it, and holds what the tester says of it. */
export function SessionPanel() {
  const state = useReport();
  const id = useId();
  const sessions = state.records.value?.sessions ?? [];
  const session = state.session.value;
  const isOpen = sessions.some((s) => s.endedAt === null);
  const begin = () => {
    state.chosen.value = null;
    return state.send({ type: 'session', begin: true });
  };
  return (
    <section class="panel session" aria-labelledby={`${id}-title`} data-testid="session">
      <div class="row">
        <h2 id={`${id}-title`}>{t('report.session')}</h2>
        {sessions.length > 0 && (
          <select
            aria-label={t('report_page.pickSession')}
            data-field="session"
            value={state.showsAll.value ? ALL_SESSIONS : session?.id}
            onChange={(event) => {
              state.chosen.value = event.currentTarget.value;
              state.clearSelection();
            }}
          >
            <option value={ALL_SESSIONS}>
              {t('report_page.allSessions')} ·{' '}
              {t('report.count', state.records.value?.loginState.logins.size ?? 0)}
            </option>
            {sessions.toReversed().map((s) => (
              <option key={s.id} value={s.id}>
                {s.name} · {t('report.count', state.loginCounts.value.get(s.id) ?? 0)}
                {s.endedAt === null ? ` · ${t('report_page.open')}` : ''}
              </option>
            ))}
          </select>
        )}
        <Button action="begin-session" onClick={begin}>
          {t('report_page.begin')}
        </Button>
        {session?.endedAt === null && (
          <Button
            action="end-session"
            onClick={() => state.send({ type: 'session', id: session.id, end: true })}
          >
            {t('report_page.end')}
          </Button>
        )}
      </div>
      <details class="more" data-testid="session-fields">
        <summary>{t('report_page.sessionFields')}</summary>
        {sessions.length > 0 && (
          <p class="quiet" data-testid="session-help">
            {t(isOpen ? 'report_page.beginHelp' : 'report_page.noneOpen')}
          </p>
        )}
        {session && <SessionFields session={session} />}
        <StepForm />
      </details>
      {sessions.length === 0 && <p class="quiet">{t('report_page.noSession')}</p>}
    </section>
  );
}
