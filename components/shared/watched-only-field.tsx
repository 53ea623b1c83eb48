import { useId } from 'preact/hooks';
import type { Settings } from '../../utils/model/settings.ts';
import { useSend } from './send-context.ts';
import { t } from './text.ts';

/** The switch that keeps logins of unwatched sites out of the record, and what it costs. */
export function WatchedOnlyField({ settings }: { settings: Settings }) {
  const send = useSend();
  const help = useId();
  return (
    <div class="setting">
      <label class="check">
        <input
          type="checkbox"
          data-field="watchedOnly"
          aria-describedby={help}
          checked={settings.watchedOnly}
          onChange={({ currentTarget }) =>
            void send({ type: 'settings', settings: { watchedOnly: currentTarget.checked } })
          }
        />
        {t('settings.watchedOnly')}
      </label>
      <p id={help} class="quiet">
        {t('settings.watchedOnlyHelp')}
      </p>
    </div>
  );
}
