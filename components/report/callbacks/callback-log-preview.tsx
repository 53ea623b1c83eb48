import type { BadLine } from '../../../utils/capture/callback-fields.ts';
import type { CallbackLog } from '../../../utils/capture/callback-log.ts';
import { Button } from '../../shared/button.tsx';
import { t } from '../../shared/text.ts';
import { useReport } from '../report-context.ts';
import { CallbackDayList } from './callback-day-list.tsx';
import { callbackDays } from './callback-days.ts';

const BAD_LINE_REASONS = {
  'no-fields': 'report_page.badNoFields',
  'no-user-id': 'report_page.badNoUserId',
  'bad-user-id': 'report_page.badUserId',
  'no-referrer-type': 'report_page.badNoType',
  'unknown-referrer-type': 'report_page.badType',
  refused: 'report_page.badRefused',
} as const satisfies Record<BadLine, string>;

/** Days and bad lines shown; more bad lines are counted. */
const MOST_DAYS = 60;
const MOST_BAD_LINES = 100;

interface Props {
  log: CallbackLog;
  onStore: (entries: CallbackLog['entries']) => void;
}

/** What a log holds before it is stored: how many good lines per day, and every bad one with its reason. */
export function CallbackLogPreview({ log, onStore }: Props) {
  const { ports } = useReport();
  const now = ports.now();
  const days = callbackDays(
    log.entries.map(({ at, appId, referrerType, userId }) => ({
      at: at ?? now,
      appId,
      referrerType,
      user: userId,
    })),
  );
  return (
    <div class="log-preview" data-testid="log-preview">
      <p>
        <b>{t('report_page.goodLines', log.entries.length)}</b>
        {' · '}
        {t('report_page.badLines', log.bad.length)}
        {' · '}
        {t('report_page.otherLines', log.other)}
      </p>
      <CallbackDayList days={days} most={MOST_DAYS} />
      {log.entries.some((e) => e.at === null) && <p class="quiet">{t('report_page.noTime')}</p>}
      {log.bad.length > 0 && <BadLines lines={log.bad} />}
      <Button
        action="store-callbacks"
        kind="primary"
        disabled={log.entries.length === 0}
        onClick={() => onStore(log.entries)}
      >
        {t('report_page.storeCallbacks', log.entries.length)}
      </Button>
    </div>
  );
}

function BadLines({ lines }: { lines: CallbackLog['bad'] }) {
  return (
    <ul class="bad-lines" data-testid="bad-lines">
      {lines.slice(0, MOST_BAD_LINES).map(({ line, reason }) => (
        <li key={line} data-line={line} data-reason={reason}>
          {t('report_page.line', [String(line)])}: {t(BAD_LINE_REASONS[reason])}
        </li>
      ))}
      {lines.length > MOST_BAD_LINES && <li>{t('list.more', lines.length - MOST_BAD_LINES)}</li>}
    </ul>
  );
}
