import { t } from '../../shared/text.ts';
import { useTimes } from '../../shared/times-context.ts';
import { useReport } from '../report-context.ts';
import type { CallbackDay } from './callback-days.ts';

/** A line such as “On Nov 22, Kakao unlinked 14 users (INCOMPLETE_SIGN_UP).” */
export function CallbackDayText({ day }: { day: CallbackDay }) {
  const { ports } = useReport();
  const times = useTimes();
  const text = t('report_page.callbackDay', day.users, [
    String(day.users),
    day.referrerType,
    times.day(day.at, ports.now()),
  ]);
  return (
    <>
      {text}
      {day.appId && ` ${t('report_page.ofApp', [day.appId])}`}
    </>
  );
}
