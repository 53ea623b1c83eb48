import { Button } from '../../shared/button.tsx';
import { t } from '../../shared/text.ts';
import { useReport } from '../report-context.ts';
import { ALL_SESSIONS } from '../report-source.ts';

/** Chooses the session that is shown, or all of them; begins one and ends it. */
export function SessionPicker() {
  const state = useReport();
  const sessions = state.records.value?.sessions ?? [];
  const session = state.session.value;
  const begin = () => {
    state.chosen.value = null;
    return state.send({ type: 'session', begin: true });
  };
  return (
    <>
      {sessions.length > 0 ? (
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
      ) : (
        <span class="quiet">{t('report_page.noSession')}</span>
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
    </>
  );
}
