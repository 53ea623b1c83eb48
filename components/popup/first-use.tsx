import type { Settings } from '../../utils/model/settings.ts';
import { t } from '../shared/text.ts';
import { WatchedOnlyField } from '../shared/watched-only-field.tsx';

/** Before the first login: what will be recorded, and the choice to record less. */
export function FirstUse({ settings }: { settings: Settings }) {
  return (
    <section class="first-use" data-testid="first-use" aria-labelledby="first-use-title">
      <h2 id="first-use-title">{t('firstUse.title')}</h2>
      <p>{t('firstUse.text')}</p>
      <WatchedOnlyField settings={settings} />
    </section>
  );
}
