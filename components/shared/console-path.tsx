import type { PlainKey } from '../../utils/i18n/message.ts';
import { CONSOLE_URL } from '../../utils/kakao/console.ts';
import type { ConsolePlace } from '../../utils/kakao/console.ts';
import { docsIn } from '../../utils/kakao/docs-links.ts';
import { ExternalLink } from './external-link.tsx';
import { MenuPath } from './menu-path.tsx';
import { RichText } from './rich-text.tsx';
import { t } from './text.ts';

interface Props {
  place: ConsolePlace;
  /** What to look for once there. */
  option: Extract<PlainKey, 'apps.autoOption' | 'apps.fixedOption' | 'apps.webhookHelp'>;
}

/** The way to a setting in Kakao's console: the names of its menus now and before, with links. */
export function ConsolePath({ place, option }: Props) {
  return (
    <>
      <dl class="menus">
        <dt>{t('apps.menuNow')}</dt>
        <dd>
          <MenuPath place={place} />
        </dd>
        <dt>{t('apps.menuBefore')}</dt>
        <dd lang="ko">{place.menuBefore.join(' > ')}</dd>
      </dl>
      <p>
        <RichText text={[option]} />
      </p>
      <p class="row">
        <ExternalLink href={CONSOLE_URL}>{t('apps.console')}</ExternalLink>
        <ExternalLink href={docsIn(t.language, place.docs)}>{t('apps.docs')}</ExternalLink>
      </p>
    </>
  );
}
