import type { PopupData } from '../../utils/store/popup-data.ts';
import { Button } from '../shared/button.tsx';
import { usePopup } from './popup-context.ts';
import { t } from '../shared/text.ts';
import { RehearsalBadge } from '../shared/rehearsal-badge.tsx';

/** The name, a badge while a rehearsal runs, and the controls for pausing, the report and a tab. */
export function Header({ data }: { data: PopupData | null }) {
  const state = usePopup();
  const paused = data ? data.pausedAt !== null : false;
  const isRehearsing = [...(data?.apps.values() ?? [])].some((app) => app.windowMs !== null);
  return (
    <header class="top">
      <h1>{t('name')}</h1>
      {isRehearsing && <RehearsalBadge explained />}
      <span class="gap" />
      {data && (
        <Button
          action={paused ? 'resume' : 'pause'}
          onClick={() => state.send({ type: 'pause', paused: !paused })}
        >
          {t(paused ? 'header.resume' : 'header.pause')}
        </Button>
      )}
      <Button action="open-report" onClick={() => state.run(() => state.ports.openReport())}>
        {t('header.report')}
      </Button>
      <Button action="open-tab" onClick={() => state.run(state.ports.openInTab)}>
        {t('header.openTab')}
      </Button>
    </header>
  );
}
