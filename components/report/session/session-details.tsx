import { t } from '../../shared/text.ts';
import { useReport } from '../report-context.ts';
import { SessionFields } from './session-fields.tsx';
import { StepForm } from './step-form.tsx';

/** What the tester says of the session that is shown, and the steps marked in it. */
export function SessionDetails() {
  const state = useReport();
  const sessions = state.records.value?.sessions ?? [];
  const session = state.session.value;
  const isOpen = sessions.some((s) => s.endedAt === null);
  return (
    <>
      {sessions.length > 0 && (
        <p class="quiet" data-testid="session-help">
          {t(isOpen ? 'report_page.beginHelp' : 'report_page.noneOpen')}
        </p>
      )}
      {session && <SessionFields session={session} />}
      <StepForm />
    </>
  );
}
