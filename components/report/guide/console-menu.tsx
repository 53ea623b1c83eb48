import type { ConsolePlace } from '../../../utils/kakao/console.ts';
import { t } from '../../shared/text.ts';

/** The way to a setting through the menus of Kakao's console, which is in Korean. */
export function ConsoleMenu({ place }: { place: ConsolePlace }) {
  return (
    <p class="quiet">
      {t('guidance.ui.console')}: <span lang="ko">{place.menu.join(' > ')}</span>
    </p>
  );
}
