import type { PopupData } from '../../utils/store/popup-data.ts';
import { Button } from '../shared/button.tsx';
import { IconButton } from '../shared/icon-button.tsx';
import { RehearsalBadge } from '../shared/rehearsal-badge.tsx';
import { t } from '../shared/text.ts';
import { usePopup } from './popup-context.ts';

interface Props {
  data: PopupData | null;
  /** Whether there are settings to go to. */
  canBeSet: boolean;
}

/** The name, a badge while a rehearsal runs, and the controls for pausing, the side panel, the settings and the report. */
export function Header({ data, canBeSet }: Props) {
  const state = usePopup();
  const { openSidePanel } = state.ports;
  const paused = data ? data.pausedAt !== null : false;
  const isRehearsing = [...(data?.apps.values() ?? [])].some((app) => app.windowMs !== null);
  return (
    <header class="top">
      <h1 tabIndex={-1}>{t('name')}</h1>
      {isRehearsing && <RehearsalBadge explained />}
      <span class="gap" />
      {data && (
        <IconButton
          action={paused ? 'resume' : 'pause'}
          icon={paused ? 'resume' : 'pause'}
          label={t(paused ? 'header.resume' : 'header.pause')}
          onClick={() => state.send({ type: 'pause', paused: !paused })}
        />
      )}
      {openSidePanel && (
        <IconButton
          action="open-panel"
          icon="panel"
          label={t('header.openPanel')}
          onClick={() => state.run(openSidePanel)}
        />
      )}
      {canBeSet && (
        <IconButton
          action="show-settings"
          icon="settings"
          label={t('settings.title')}
          onClick={showSettings}
        />
      )}
      <Button action="open-report" onClick={() => state.run(() => state.ports.openReport())}>
        {t('header.report')}
      </Button>
    </header>
  );
}

/** Opens the settings, which are the last thing on the page, and goes there. */
function showSettings(): void {
  const settings = document.querySelector<HTMLDetailsElement>('.settings');
  if (!settings) return;
  settings.open = true;
  settings.scrollIntoView();
  settings.querySelector('summary')?.focus();
}
