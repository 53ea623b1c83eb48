import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { App } from '../../utils/model/app.ts';
import { MINUTE_MS } from '../../utils/model/time.ts';
import { Button } from '../shared/button.tsx';
import { t } from '../shared/text.ts';
import { wholeNumber } from '../shared/whole-number.ts';
import { usePopup } from './popup-context.ts';

/** The longest rehearsal: one minute less than Kakao's window. */
const MOST_MINUTES = 24 * 60 - 1;

/** Sets a window of minutes for an app, to try the alerts, and says that the window is not Kakao's. */
export function Rehearsal({ app }: { app: App }) {
  const { send } = usePopup();
  const minutes = useSignal('5');
  const id = useId();
  const asked = wholeNumber(minutes.value, 1, MOST_MINUTES);
  const set = (windowMs: number | null) =>
    void send({ type: 'app', clientId: app.clientId, windowMs });
  return (
    <fieldset class="rehearse">
      <legend>{t('apps.rehearsal')}</legend>
      <p class="quiet">{t('apps.rehearsalHelp')}</p>
      {app.windowMs !== null ? (
        <div class="row">
          <b>{t('apps.rehearsalOn', Math.round(app.windowMs / MINUTE_MS))}</b>
          <Button action="rehearse-end" onClick={() => set(null)}>
            {t('apps.rehearseEnd')}
          </Button>
        </div>
      ) : (
        <div class="row">
          <label for={id}>{t('apps.minutes')}</label>
          <input
            id={id}
            class="number"
            inputMode="numeric"
            data-field="rehearsal-minutes"
            value={minutes.value}
            aria-invalid={asked === null || undefined}
            onInput={(event) => (minutes.value = event.currentTarget.value)}
          />
          <Button
            action="rehearse"
            disabled={asked === null}
            onClick={() => asked !== null && set(asked * MINUTE_MS)}
          >
            {t('apps.rehearse')}
          </Button>
          {asked === null && (
            <small class="complaint" role="status">
              {t('settings.range', ['1', String(MOST_MINUTES)])}
            </small>
          )}
        </div>
      )}
    </fieldset>
  );
}
