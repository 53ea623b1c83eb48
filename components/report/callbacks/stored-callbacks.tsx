import { t } from '../../shared/text.ts';
import { useReport } from '../report-context.ts';
import { CallbackDayList } from './callback-day-list.tsx';
import { callbackDays } from './callback-days.ts';
import { observedCallbacks } from './observed-callbacks.ts';

const MOST_DAYS = 200;

/** The unlink callbacks that are stored, per day and app. */
export function StoredCallbacks() {
  const { records } = useReport();
  const days = callbackDays(observedCallbacks(records.value?.rows ?? []));
  if (days.length === 0) return <p class="quiet">{t('report_page.noCallbacks')}</p>;
  return (
    <>
      <h3>{t('report_page.storedCallbacks')}</h3>
      <CallbackDayList days={days} most={MOST_DAYS} testId="stored-callbacks" />
    </>
  );
}
