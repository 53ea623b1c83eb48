import type { PopupData } from '../../utils/store/popup-data.ts';
import { Button } from '../shared/button.tsx';
import { ConfirmButton } from '../shared/confirm-button.tsx';
import { siteName } from '../shared/site-name.ts';
import { usePopup } from './popup-context.ts';
import { useTimes } from '../shared/times-context.ts';
import { RichText } from '../shared/rich-text.tsx';
import { siteHint } from './site-hint.ts';
import { t } from '../shared/text.ts';

/** The current tab's site: whether it is watched, what that lets us see, and why no login is shown. */
export function SitePanel({ data }: { data: PopupData }) {
  const state = usePopup();
  const times = useTimes();
  const { site, watched, kakaoAccess } = state.tab.value;
  const { watchedSince, hasLogins } = data.site;
  const hint = siteHint({ site, watched, kakaoAccess, hasLogins, paused: data.pausedAt !== null });
  return (
    <section class="site" data-testid="site" data-watched={watched} aria-labelledby="site-title">
      <div class="site-head">
        <h2 id="site-title">{t('site.title')}</h2>
        <span class="site-name">{site ? siteName(site) : t('site.none')}</span>
        {site && (
          <span class="watch-state">
            {t(watched ? 'site.watched' : 'site.notWatched')}
            {watched &&
              watchedSince !== null &&
              ` · ${t('site.since', [times.moment(watchedSince)])}`}
          </span>
        )}
      </div>
      {hint && (
        <p class="hint" data-hint={hint[0].slice('hint.'.length)}>
          {t(hint)}
        </p>
      )}
      {site && !watched && (
        <Button
          kind="primary"
          action="watch"
          onClick={() => state.ask(() => state.ports.watch(site))}
        >
          {t('site.watch')}
        </Button>
      )}
      {site && (
        <details class="more">
          <summary>{t('site.sees')}</summary>
          <ul class="sees">
            <li>
              <RichText text={['site.seesWithout']} />
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
              action="unwatch"
              label={t('site.unwatch')}
              question={t('site.unwatchAsk', [siteName(site)])}
              confirmLabel={t('site.unwatch')}
              onConfirm={() => void state.ask(() => state.ports.unwatch(site))}
            />
          )}
        </details>
      )}
    </section>
  );
}
