import { useId } from 'preact/hooks';
import { MAX_OBSERVATIONS, type Settings } from '../../utils/model/settings.ts';
import { ConfirmButton } from './confirm-button.tsx';
import { DraftField } from './draft-field.tsx';
import { useSend } from './send-context.ts';
import { t } from './text.ts';
import { WatchedOnlyField } from './watched-only-field.tsx';
import { wholeNumber } from './whole-number.ts';

interface FieldsProps {
  settings: Settings;
  /** How many observations retention has removed so far. */
  pruned: number;
  /** Asks the browser for notifications, straight from a click; resolves to whether they are allowed. */
  askNotifications: () => Promise<boolean>;
}

/** What the tester can set. */
export function SettingsFields({ settings, pruned, askNotifications }: FieldsProps) {
  const send = useSend();
  return (
    <>
      <fieldset>
        <legend>{t('settings.retention')}</legend>
        <NumberSetting
          label={t('settings.days')}
          name="retentionDays"
          least={3}
          most={3650}
          settings={settings}
        />
        <NumberSetting
          label={t('settings.count')}
          name="retentionCount"
          least={100}
          most={MAX_OBSERVATIONS}
          settings={settings}
        />
        <p class="quiet">{t('settings.pruned', pruned)}</p>
      </fieldset>
      <WatchedOnlyField settings={settings} />
      <NotificationsField settings={settings} askNotifications={askNotifications} />
      <div class="setting">
        <ConfirmButton
          action="reset-salt"
          label={t('settings.salt')}
          question={t('settings.saltAsk')}
          confirmLabel={t('settings.saltYes')}
          onConfirm={() => void send({ type: 'reset-salt' })}
        />
        <p class="quiet">{t('settings.saltHelp')}</p>
      </div>
    </>
  );
}

/** Whether alerts are shown; switched on only where the browser allows it. */
function NotificationsField({
  settings,
  askNotifications,
}: Pick<FieldsProps, 'settings' | 'askNotifications'>) {
  const send = useSend();
  const toggle = async (box: HTMLInputElement) => {
    const wanted = box.checked;
    const allowed = !wanted || (await askNotifications());
    if (allowed) await send({ type: 'settings', settings: { notifications: wanted } });
    // The box has changed by itself, but what is stored has not.
    else box.checked = false;
  };
  return (
    <label class="check">
      <input
        type="checkbox"
        data-field="notifications"
        checked={settings.notifications}
        onChange={(event) => void toggle(event.currentTarget)}
      />
      {t('settings.notifications')}
    </label>
  );
}

/** Deletes what is recorded, after a question. */
export function ClearRecords() {
  const send = useSend();
  return (
    <div class="setting">
      <ConfirmButton
        action="clear"
        label={t('settings.clear')}
        question={t('settings.clearAsk')}
        confirmLabel={t('settings.clearYes')}
        danger
        onConfirm={() => void send({ type: 'clear' })}
      />
    </div>
  );
}

interface NumberProps {
  label: string;
  name: 'retentionDays' | 'retentionCount';
  least: number;
  most: number;
  settings: Settings;
}

/** A setting that is a whole number between two others. */
function NumberSetting({ label, name, least, most, settings }: NumberProps) {
  const send = useSend();
  const id = useId();
  return (
    <div class="number-setting">
      <label for={id}>{label}</label>
      <DraftField
        id={id}
        class="number"
        inputMode="numeric"
        data-field={name}
        value={String(settings[name])}
        isValid={(text) => wholeNumber(text, least, most) !== null}
        invalidText={t('settings.range', [String(least), String(most)])}
        onCommit={(text) => {
          const changed: Partial<Settings> = { [name]: Number(text) };
          void send({ type: 'settings', settings: changed });
        }}
      />
    </div>
  );
}
