import { messageKey } from '../../../utils/i18n/message.ts';
import type { VerdictName } from '../../../utils/model/verdict.ts';
import { WORST_FIRST } from '../../../utils/report/verdict-counts.ts';
import { t } from '../../shared/text.ts';
import { VerdictShape } from '../../shared/verdict-shape.tsx';
import { useReport } from '../report-context.ts';

/** How many logins have which verdict, worst first. */
export function Summary() {
  const state = useReport();
  const { byVerdict } = state.made.value;
  return (
    <section aria-labelledby="summary-title" data-testid="summary">
      <h2 id="summary-title" class="sr-only">
        {t('report.summary')}
      </h2>
      <ul class="counts-row">
        {WORST_FIRST.map((verdict) => (
          <VerdictCount key={verdict} verdict={verdict} count={byVerdict[verdict]} />
        ))}
      </ul>
    </section>
  );
}

/** How many logins have a verdict; a click filters by it, another one no longer. */
function VerdictCount({ verdict, count }: { verdict: VerdictName; count: number }) {
  const { filter } = useReport();
  const isFiltered = filter.value.verdict === verdict;
  return (
    <li data-verdict={verdict} data-count={count}>
      <button
        type="button"
        aria-pressed={isFiltered}
        disabled={count === 0}
        onClick={() => {
          filter.value = { ...filter.value, verdict: isFiltered ? '' : verdict };
        }}
      >
        <span class="chip">
          <VerdictShape verdict={verdict} />
          <span class="chip-word">{t(messageKey('verdict', verdict))}</span>
        </span>
        <b class="number-big">{count}</b>
      </button>
    </li>
  );
}
