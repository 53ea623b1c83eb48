import { t } from '../../shared/text.ts';
import { useReport } from '../report-context.ts';
import { CallbackDayText } from './callback-day-text.tsx';
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
      <ul data-testid="stored-callbacks">
        {days.slice(0, MOST_DAYS).map((day) => (
          <li
            key={`${day.day} ${day.appId} ${day.referrerType}`}
            data-day={day.day}
            data-users={day.users}
          >
            <CallbackDayText day={day} />
          </li>
        ))}
        {days.length > MOST_DAYS && <li>{t('list.more', days.length - MOST_DAYS)}</li>}
      </ul>
    </>
  );
}
