import type { PopupData } from '../utils/store/popup-data.ts';
import { usePopup } from './popup-context.ts';
import { t } from './text.ts';
import { RehearsalBadge } from './verdict-chip.tsx';

/** Name, whether anything is a rehearsal, pause and resume, and the way into a tab. */
export function Header({ data }: { data: PopupData | null }) {
  const state = usePopup();
  const paused = data ? data.pausedAt !== null : false;
  const rehearsing = [...(data?.apps.values() ?? [])].some((app) => app.windowMs !== null);
  return (
    <header class="top">
      <h1>{t('name')}</h1>
      {rehearsing && <RehearsalBadge explained />}
      <span class="gap" />
      {data && (
        <button
          type="button"
          data-action={paused ? 'resume' : 'pause'}
          onClick={() => void state.send({ type: 'pause', paused: !paused })}
        >
          {t(paused ? 'header.resume' : 'header.pause')}
        </button>
      )}
      <button
        type="button"
        data-action="open-tab"
        onClick={() => void state.ports.openInTab().catch(() => undefined)}
      >
        {t('header.openTab')}
      </button>
    </header>
  );
}
