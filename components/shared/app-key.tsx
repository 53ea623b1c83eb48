import { useSignal } from '@preact/signals';
import { UNKNOWN_APP } from '../../utils/model/app.ts';
import { appName } from './app-name.ts';
import { t } from './text.ts';

/** An app key, masked until someone asks to see it. */
export function AppKey({ clientId }: { clientId: string }) {
  const shown = useSignal(false);
  const masked = appName(clientId);
  if (clientId === UNKNOWN_APP) return <span>{masked}</span>;
  return (
    <button
      type="button"
      class="key"
      aria-expanded={shown.value}
      aria-label={shown.value ? `${clientId} ${t('card.keyShown')}` : t('card.key', [masked])}
      onClick={() => (shown.value = !shown.value)}
    >
      {shown.value ? clientId : masked}
    </button>
  );
}
