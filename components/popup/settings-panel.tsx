import { useId } from 'preact/hooks';
import type { PopupData } from '../../utils/store/popup-data.ts';
import { ConfirmButton } from '../shared/confirm-button.tsx';
import { DraftField } from '../shared/draft-field.tsx';
import { usePopup } from './popup-context.ts';
import { t } from '../shared/text.ts';
import { wholeNumber } from '../shared/whole-number.ts';
import type { Settings } from '../../utils/model/settings.ts';

/** The settings, and what cannot be undone. */
export function SettingsPanel({ data }: { data: PopupData | null }) {
  const state = usePopup();
  return (
    <details class="settings" data-testid="settings">
      <summary>{t('settings.title')}</summary>
      {data && (
        <>
          <fieldset>
            <legend>{t('settings.retention')}</legend>
            <NumberSetting
              label={t('settings.days')}
              name="retentionDays"
              least={3}
              most={3650}
              data={data}
            />
            <NumberSetting
              label={t('settings.count')}
              name="retentionCount"
              least={100}
              most={1_000_000}
              data={data}
            />
            <p class="quiet">{t('settings.pruned', data.health.pruned)}</p>
          </fieldset>
          <label class="check">
            <input
              type="checkbox"
              data-field="notifications"
              checked={data.settings.notifications}
              onChange={(event) => void toggle(event.currentTarget)}
            />
            {t('settings.notifications')}
          </label>
          <div class="setting">
            <ConfirmButton
              action="reset-salt"
              label={t('settings.salt')}
              question={t('settings.saltAsk')}
              confirmLabel={t('settings.saltYes')}
              onConfirm={() => void state.send({ type: 'reset-salt' })}
            />
            <p class="quiet">{t('settings.saltHelp')}</p>
          </div>
        </>
      )}
      <div class="setting">
        <ConfirmButton
          action="clear"
          label={t('settings.clear')}
          question={t('settings.clearAsk')}
          confirmLabel={t('settings.clearYes')}
          danger
          onConfirm={() => void state.send({ type: 'clear' })}
        />
      </div>
    </details>
  );

  async function toggle(box: HTMLInputElement) {
    const wanted = box.checked;
    const allowed =
      !wanted || (await state.ask(state.ports.askNotifications, ['banner.notificationsRefused']));
    if (allowed) await state.send({ type: 'settings', settings: { notifications: wanted } });
    // The box has changed by itself, but what is stored has not.
    else box.checked = false;
  }
}

interface NumberProps {
  label: string;
  name: 'retentionDays' | 'retentionCount';
  least: number;
  most: number;
  data: PopupData;
}

/** A setting that is a whole number between two others. */
function NumberSetting({ label, name, least, most, data }: NumberProps) {
  const state = usePopup();
  const id = useId();
  return (
    <div class="number-setting">
      <label for={id}>{label}</label>
      <DraftField
        id={id}
        class="number"
        inputMode="numeric"
        data-field={name}
        value={String(data.settings[name])}
        isValid={(text) => wholeNumber(text, least, most) !== null}
        invalidText={t('settings.range', [String(least), String(most)])}
        onCommit={(text) => {
          const settings: Partial<Settings> = { [name]: Number(text) };
          void state.send({ type: 'settings', settings });
        }}
      />
    </div>
  );
}
