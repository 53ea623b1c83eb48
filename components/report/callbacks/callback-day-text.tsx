import { t } from '../../shared/text.ts';
import { useReport } from '../report-context.ts';
import type { CallbackDay } from './callback-days.ts';

/** A line such as “14 users were cut as INCOMPLETE_SIGN_UP on 22 Nov”. */
export function CallbackDayText({ day }: { day: CallbackDay }) {
  const { ports } = useReport();
  const date = new Intl.DateTimeFormat(ports.locale, { month: 'short', day: 'numeric' });
  const text = t('report_page.callbackDay', day.users, [
    String(day.users),
    day.referrerType,
    date.format(day.at),
  ]);
  return (
    <>
      {text}
      {day.appId && ` ${t('report_page.ofApp', [day.appId])}`}
    </>
  );
}
