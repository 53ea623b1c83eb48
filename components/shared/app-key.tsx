import { useSignal } from '@preact/signals';
import { maskClientId } from '../../utils/kakao/mask-client-id.ts';
import { t } from './text.ts';

/** An app key, masked until someone asks to see it. */
export function AppKey({ clientId }: { clientId: string }) {
  const shown = useSignal(false);
  const masked = maskClientId(clientId);
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
