import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { messageKey } from '../../../utils/i18n/message.ts';
import type { Settings } from '../../../utils/model/settings.ts';
import { ClearRecords, SettingsFields } from '../../shared/settings-fields.tsx';
import { storeProblemOf } from '../../shared/store-problem.ts';
import { t } from '../../shared/text.ts';
import { useReport } from '../report-context.ts';
import { LinkModes } from './link-modes.tsx';

/** The settings on a page of their own, where the browser's own menu leads. */
export function SettingsView() {
  const state = useReport();
  const settings = useSignal<Settings | null>(null);
  const records = state.records.value;
  // Whatever is stored is read again after a change, and so are the settings.
  useEffect(() => {
    state.ports.loadSettings().then(
      (read) => (settings.value = read),
      (error: unknown) => (state.notice.value = [messageKey('problem', storeProblemOf(error))]),
    );
  }, [state, settings, records]);
  const askNotifications = async () => {
    const allowed = await state.ports.askNotifications().catch(() => false);
    if (!allowed) state.notice.value = ['banner.notificationsRefused'];
    return allowed;
  };
  return (
    <section class="panel settings" data-testid="settings">
      <h2>{t('settings.title')}</h2>
      {settings.value && (
        <SettingsFields
          settings={settings.value}
          pruned={records?.health.pruned ?? 0}
          askNotifications={askNotifications}
        />
      )}
      {records && <LinkModes />}
      <ClearRecords />
    </section>
  );
}
