import { messageKey } from '../../utils/i18n/message.ts';
import { Button } from '../shared/button.tsx';
import { RichText } from '../shared/rich-text.tsx';
import { t } from '../shared/text.ts';
import { useTimes } from '../shared/times-context.ts';
import { usePanel } from './panel-context.ts';

/** Why the panel may not show what happens in the tab, and what came of a click. */
export function PanelMessages() {
  const { failure, notice, records, send } = usePanel();
  const times = useTimes();
  const pausedAt = records.value?.loginState.tracking.pausedAt ?? null;
  return (
    <div class="panel-messages" role="status">
      {failure.value && (
        <p class="problem" data-problem={failure.value}>
          {t(messageKey('problem', failure.value))}
        </p>
      )}
      {pausedAt !== null && (
        <p data-testid="paused">
          {t('banner.paused', [times.moment(pausedAt)])}{' '}
          <Button
            kind="link"
            action="resume"
            onClick={() => send({ type: 'pause', paused: false })}
          >
            {t('header.resume')}
          </Button>
        </p>
      )}
      {notice.value && (
        <p class="problem" data-testid="notice">
          <RichText text={notice.value} />{' '}
          <Button kind="link" action="dismiss" onClick={() => (notice.value = null)}>
            {t('banner.dismiss')}
          </Button>
        </p>
      )}
    </div>
  );
}
