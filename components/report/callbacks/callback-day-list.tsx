import { t } from '../../shared/text.ts';
import { CallbackDayText } from './callback-day-text.tsx';
import type { CallbackDay } from './callback-days.ts';

interface Props {
  days: readonly CallbackDay[];
  /** How many are shown; more are counted. */
  most: number;
  testId?: string;
}

/** A list of days, of each what Kakao's callbacks said. */
export function CallbackDayList({ days, most, testId }: Props) {
  return (
    <ul data-testid={testId}>
      {days.slice(0, most).map((day) => (
        <li
          key={`${day.day} ${day.appId} ${day.referrerType}`}
          data-day={day.day}
          data-users={day.users}
        >
          <CallbackDayText day={day} />
        </li>
      ))}
      {days.length > most && <li>{t('list.more', days.length - most)}</li>}
    </ul>
  );
}
