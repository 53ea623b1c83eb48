import type { ConsolePlace } from '../../utils/kakao/console.ts';
import { MenuPath } from './menu-path.tsx';
import { t } from './text.ts';

interface Props {
  place: ConsolePlace;
  /** Beside what matters more. */
  quiet?: boolean;
}

/** The way to a setting through the menus of Kakao's console. */
export function ConsoleMenu({ place, quiet = false }: Props) {
  return (
    <p class={quiet ? 'quiet' : undefined}>
      {t('guidance.ui.console')}: <MenuPath place={place} />
    </p>
  );
}
