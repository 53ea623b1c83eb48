import { siteName } from '../../../utils/model/site-name.ts';
import type { ReportScope } from '../../../utils/report/report-scope.ts';
import { t } from '../../shared/text.ts';
import { Timestamp } from '../../shared/timestamp.tsx';
import { CallbackDayText } from '../callbacks/callback-day-text.tsx';
import { callbackDays } from '../callbacks/callback-days.ts';
import { observedCallbacks } from '../callbacks/observed-callbacks.ts';
import { useReport } from '../report-context.ts';

/** What was watched since when, what kept calls from being seen, and the unlink callbacks. */
export function Coverage() {
  const state = useReport();
  const { value: scope } = state.scope;
  if (!scope) return null;
  return (
    <section class="panel" aria-labelledby="coverage-title">
      <h2 id="coverage-title">{t('report_page.coverage')}</h2>
      <dl class="facts coverage">
        {scope.live && <WatchedSites scope={scope} />}
        <Gaps scope={scope} />
        {callbackDays(observedCallbacks(scope.own)).map((day) => (
          <div key={`${day.appId} ${day.day} ${day.referrerType}`} data-callback-day={day.day}>
            <dt>{t('source.callback')}</dt>
            <dd>
              <CallbackDayText day={day} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** The sites that are watched now, and since when. */
function WatchedSites({ scope }: { scope: ReportScope }) {
  const watched = Object.entries(scope.loginState.tracking.sites).filter(([, s]) => s.watched);
  return (
    <div>
      <dt>{t('report_page.watched')}</dt>
      <dd>
        {watched.length === 0
          ? t('report_page.watchedNone')
          : watched.map(([site, { since }], i) => (
              <span key={site}>
                {i > 0 && ', '}
                <span class="site-name">{siteName(site)}</span> (
                <Timestamp at={since} />)
              </span>
            ))}
      </dd>
    </div>
  );
}

/** Why calls of some logins could not be seen, and what was lost. */
function Gaps({ scope }: { scope: ReportScope }) {
  const { made } = useReport();
  const count = (because: string) => made.value.byReason.get(because) ?? 0;
  const gaps = [
    { count: count('server-side'), key: 'report_page.unseenServer' },
    { count: count('token-by-message'), key: 'report_page.unseenPopup' },
    { count: count('no-site-access'), key: 'report_page.unseenSite' },
    { count: count('paused'), key: 'report_page.unseenPaused' },
    { count: count('recording-ended'), key: 'report_page.unseenEnded' },
  ] as const;
  const found = gaps.filter((gap) => gap.count > 0);
  const { pausedAt } = scope.loginState.tracking;
  const isWhole = found.length === 0 && pausedAt === null && scope.dropped === 0;
  return (
    <div data-testid="gaps">
      <dt>{t('report_page.notSeen')}</dt>
      <dd>
        {isWhole && t('report_page.notSeenNone')}
        {found.map((gap) => (
          <span key={gap.key}>{t(gap.key, gap.count)} </span>
        ))}
        {scope.live && pausedAt !== null && (
          <span>
            {t('report_page.pausedNow')} (<Timestamp at={pausedAt} />){' '}
          </span>
        )}
        {scope.dropped > 0 && <span>{t('report.dropped', scope.dropped)}</span>}
      </dd>
    </div>
  );
}
