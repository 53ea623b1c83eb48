import type { PopupData } from '../../utils/store/popup-data.ts';
import { ClearRecords, SettingsFields } from '../shared/settings-fields.tsx';
import { t } from '../shared/text.ts';
import { usePopup } from './popup-context.ts';

/** The settings, and what cannot be undone; without data only the latter. */
export function SettingsPanel({ data }: { data: PopupData | null }) {
  const state = usePopup();
  return (
    <details class="settings" data-testid="settings">
      <summary>{t('settings.title')}</summary>
      {data && (
        <SettingsFields
          settings={data.settings}
          pruned={data.health.pruned}
          askNotifications={() =>
            state.ask(state.ports.askNotifications, ['banner.notificationsRefused'])
          }
        />
      )}
      <ClearRecords />
    </details>
  );
}
