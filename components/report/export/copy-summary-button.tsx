import { createOutgoingText, outgoingSession } from '../../../utils/report/outgoing-text.ts';
import { countVerdicts, summaryLine } from '../../../utils/report/verdict-counts.ts';
import { Button } from '../../shared/button.tsx';
import { t } from '../../shared/text.ts';
import { useReport } from '../report-context.ts';

/** Copies the session's name and its counts of verdicts as one line. */
export function CopySummaryButton({ shownOnly }: { shownOnly: boolean }) {
  const state = useReport();
  const copy = async () => {
    const rows = shownOnly ? state.shown.value : state.rows.value;
    const counts = countVerdicts(rows.map((row) => row.judged.verdict.verdict));
    const line = summaryLine(counts, t);
    const { value: session } = state.shownSession;
    const outgoing = createOutgoingText(state.chosenScope.value);
    const title = session ? outgoingSession(session, outgoing).name : t('report.title');
    await state.copy(`${title}: ${line}`);
  };
  return (
    <Button action="copy-summary" onClick={copy}>
      {t('report_page.copySummary')}
    </Button>
  );
}
