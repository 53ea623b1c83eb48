import { t } from './text.ts';

/** Says that something was judged under a rehearsal window; `explained` adds what that means as its title. */
export function RehearsalBadge({ explained = false }: { explained?: boolean }) {
  return (
    <span
      class="rehearsal"
      data-rehearsal="true"
      title={explained ? t('header.rehearsalHelp') : undefined}
    >
      {t('header.rehearsal')}
    </span>
  );
}
