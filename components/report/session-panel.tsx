import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { Session } from '../../utils/model/session.ts';
import { Button } from '../shared/button.tsx';
import { DraftField } from '../shared/draft-field.tsx';
import { Timestamp } from '../shared/timestamp.tsx';
import { t } from '../shared/text.ts';
import { useReport } from './report-context.ts';

/** Which session is shown; what the tester says of it; beginning and ending; marking a step. */
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
            value={session?.id}
            onChange={(event) => {
              state.chosen.value = event.currentTarget.value;
              state.selected.value = state.beside.value = null;
            }}
          >
            {sessions.toReversed().map((s) => (
              <option key={s.id} value={s.id}>
                {s.name}
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
        {sessions.length > 0 && (
          <span class="quiet" data-testid="session-help">
            {t(isOpen ? 'report_page.beginHelp' : 'report_page.noneOpen')}
          </span>
        )}
      </div>
      {session ? (
        <SessionWords session={session} />
      ) : (
        <p class="quiet">{t('report_page.noSession')}</p>
      )}
      <StepField />
    </section>
  );
}

/** What is known of a session, and what the tester says of it. */
function SessionWords({ session }: { session: Session }) {
  const state = useReport();
  const id = useId();
  const say = (
    words: Partial<Pick<Session, 'name' | 'tester' | 'build' | 'environment' | 'notes' | 'held'>>,
  ) => void state.send({ type: 'session', id: session.id, ...words });
  const fields = [
    ['name', t('report_page.name')],
    ['tester', t('report.tester')],
    ['build', t('report.build')],
    ['environment', t('report.environment')],
  ] as const;
  return (
    <>
      <p class="quiet">
        {t('report.started')} <Timestamp at={session.startedAt} />
        {session.endedAt !== null && (
          <>
            {' · '}
            {t('report.ended')} <Timestamp at={session.endedAt} />
          </>
        )}
      </p>
      <div class="fields">
        {fields.map(([name, label]) => (
          <div key={name}>
            <label for={`${id}-${name}`}>{label}</label>
            <DraftField
              key={session.id}
              id={`${id}-${name}`}
              data-field={`session-${name}`}
              maxLength={200}
              autocomplete="off"
              value={session[name] ?? ''}
              accepts={(text) => name !== 'name' || text !== ''}
              commit={(text) => say({ [name]: text })}
            />
          </div>
        ))}
        <div class="wide">
          <label for={`${id}-notes`}>{t('report.notes')}</label>
          <textarea
            key={session.id}
            id={`${id}-notes`}
            data-field="session-notes"
            rows={2}
            maxLength={10_000}
            defaultValue={session.notes}
            onChange={(event) => say({ notes: event.currentTarget.value })}
          />
        </div>
      </div>
      {session.endedAt === null && (
        <label class="check">
          <input
            type="checkbox"
            data-field="held"
            checked={session.held ?? false}
            onChange={(event) => say({ held: event.currentTarget.checked })}
          />
          {t('report_page.hold')}
        </label>
      )}
    </>
  );
}

/** Marks what the tester does from now on. */
function StepField() {
  const state = useReport();
  const text = useSignal('');
  const id = useId();
  const steps = (state.scope.value?.own ?? []).filter((o) => o.type === 'step');
  return (
    <form
      class="row step"
      onSubmit={(event) => {
        event.preventDefault();
        const step = text.value.trim();
        if (!step) return;
        text.value = '';
        void state.send({ type: 'step', text: step });
      }}
    >
      <label for={id}>{t('report_page.step')}</label>
      <input
        id={id}
        data-field="step"
        maxLength={500}
        placeholder={t('report_page.stepExample')}
        value={text.value}
        onInput={(event) => (text.value = event.currentTarget.value)}
      />
      <button type="submit" data-action="mark-step">
        {t('report_page.markStep')}
      </button>
      {steps.length > 0 && (
        <details class="more steps">
          <summary>
            {t('report_page.steps')} <span class="count">{steps.length}</span>
          </summary>
          <ol>
            {steps.slice(-200).map((o) => (
              <li key={o.id}>
                <Timestamp at={o.at} /> {o.type === 'step' && o.text}
              </li>
            ))}
          </ol>
        </details>
      )}
    </form>
  );
}
