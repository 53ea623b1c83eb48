import { useId } from 'preact/hooks';
import type { SessionEdit } from '../../../utils/model/command.ts';
import type { Session } from '../../../utils/model/session.ts';
import { DraftField } from '../../shared/draft-field.tsx';
import { t } from '../../shared/text.ts';
import { Timestamp } from '../../shared/timestamp.tsx';
import { useReport } from '../report-context.ts';

/** When a session began and ended, and what the tester says of it. */
export function SessionFields({ session }: { session: Session }) {
  const state = useReport();
  const id = useId();
  const edit = (change: Omit<SessionEdit, 'type' | 'id' | 'begin' | 'end'>) =>
    void state.send({ type: 'session', id: session.id, ...change });
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
              isValid={(text) => name !== 'name' || text !== ''}
              invalidText={name === 'name' ? t('report_page.nameNeeded') : ''}
              onCommit={(text) => edit({ [name]: text })}
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
            onChange={(event) => edit({ notes: event.currentTarget.value })}
          />
        </div>
      </div>
      {session.endedAt === null && (
        <label class="check">
          <input
            type="checkbox"
            data-field="held"
            checked={session.held ?? false}
            onChange={(event) => edit({ held: event.currentTarget.checked })}
          />
          {t('report_page.hold')}
        </label>
      )}
    </>
  );
}
