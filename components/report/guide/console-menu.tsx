import type { ConsolePlace } from '../../../utils/kakao/console.ts';
import { MenuPath } from '../../shared/menu-path.tsx';
import { t } from '../../shared/text.ts';

/** The way to a setting through the menus of Kakao's console. */
export function ConsoleMenu({ place }: { place: ConsolePlace }) {
  return (
    <p class="quiet">
      {t('guidance.ui.console')}: <MenuPath place={place} />
    </p>
  );
}
