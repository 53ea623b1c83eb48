import { siteName } from '../../utils/model/site-name.ts';
import type { PopupData } from '../../utils/store/popup-data.ts';
import { Button } from '../shared/button.tsx';
import { ConfirmButton } from '../shared/confirm-button.tsx';
import { RichText } from '../shared/rich-text.tsx';
import { t } from '../shared/text.ts';
import { useTimes } from '../shared/times-context.ts';
import { usePopup } from './popup-context.ts';
import { siteHint } from './site-hint.ts';

/** The current tab's site: whether it is watched, what that lets us see, and what to do where no login is shown. */
export function SitePanel({ data }: { data: PopupData }) {
  const state = usePopup();
  const { site, watched, kakaoAccess } = state.tab.value;
  const hint = siteHint({
    site,
    watched,
    kakaoAccess,
    hasLogins: data.site.hasLogins,
    paused: data.pausedAt !== null,
    inPanel: state.ports.view === 'panel',
  });
  return (
    <section class="site" data-testid="site" data-watched={watched} aria-labelledby="site-title">
      <h2 id="site-title" class="sr-only">
        {t('site.title')}
      </h2>
      {site && (
        <SiteLine
          site={site}
          watched={watched}
          since={data.site.watchedSince}
          watchedOnly={data.settings.watchedOnly}
        />
      )}
      {hint && (
        <div class="hint" data-hint={hint[0].slice('hint.'.length)}>
          <p>{t(hint)}</p>
          {site && !watched && (
            <Button
              kind="primary"
              action="watch"
              onClick={() => state.ask(() => state.ports.watch(site))}
            >
              {t('site.watch')}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}

interface LineProps {
  site: string;
  watched: boolean;
  /** Epoch ms; null where it is not known. */
  since: number | null;
  /** Of sites that are not watched nothing is recorded. */
  watchedOnly: boolean;
}

/** The site and whether it is watched; opened, what can be seen of it. */
function SiteLine({ site, watched, since, watchedOnly }: LineProps) {
  const state = usePopup();
  const times = useTimes();
  return (
    <details>
      <summary>
        <span class="site-dot" />
        <span class="site-name">{siteName(site)}</span>{' '}
        <span class="watch-state">{t(watched ? 'site.watched' : 'site.notWatched')}</span>{' '}
        <span class="site-sees">{t('site.sees')}</span>
      </summary>
      <ul class="sees">
        {watched && since !== null && (
          <li>
            {t('site.watched')} · {t('site.since', [times.moment(since)])}
          </li>
        )}
        <li>
          <RichText text={[watchedOnly ? 'site.seesNothing' : 'site.seesWithout']} />
        </li>
        <li>
          <RichText text={['site.seesWith']} />
        </li>
        <li>
          <RichText text={['site.seesNever']} />
        </li>
      </ul>
      {watched && (
        <ConfirmButton
          key={site}
          action="unwatch"
          label={t('site.unwatch')}
          question={t('site.unwatchAsk', [siteName(site)])}
          confirmLabel={t('site.unwatch')}
          onConfirm={() =>
            void state.ask(
              () => state.ports.unwatch(site),
              ['banner.stillGranted', [siteName(site)]],
            )
          }
        />
      )}
    </details>
  );
}
