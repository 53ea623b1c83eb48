import type { ConsolePlace } from '../../utils/kakao/console.ts';
import { t } from './text.ts';

/** The way to a place through the menus of Kakao's console, as `menuPath` has it, its Korean marked as such. */
export function MenuPath({ place: { menu, english } }: { place: ConsolePlace }) {
  const korean = <span lang="ko">{menu.join(' > ')}</span>;
  if (t.language === 'ko') return korean;
  return (
    <>
      {english.join(' > ')} ({korean})
    </>
  );
}
