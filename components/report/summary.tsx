import { useMemo } from 'preact/hooks';
import { countVerdicts, WORST_FIRST } from '../../utils/report/verdict-counts.ts';
import { siteName } from '../shared/mask-for-screen.ts';
import { Timestamp } from '../shared/timestamp.tsx';
import { messageKey } from '../../utils/i18n/message.ts';
import { t } from '../shared/text.ts';
import { VerdictShape } from '../shared/verdict-badge.tsx';
import { callbackDays } from './callback-days.ts';
import { useReport } from './report-context.ts';

/** How many logins have which verdict, worst first; what was watched, and what could not be seen. */
export function Summary() {
  const state = useReport();
  const rows = state.rows.value;
  const counts = useMemo(() => {
    const { byVerdict } = countVerdicts(rows.map((row) => row.judged.verdict.verdict));
    return WORST_FIRST.map((verdict) => ({ verdict, n: byVerdict[verdict] }));
  }, [rows]);
  return (
    <section class="panel" aria-labelledby="summary-title" data-testid="summary">
      <h2 id="summary-title">{t('report.summary')}</h2>
      <ul class="counts-row">
        {counts.map(({ verdict, n }) => (
          <li key={verdict} data-verdict={verdict} data-count={n}>
            <button
              type="button"
              aria-pressed={state.filter.value.verdict === verdict}
              disabled={n === 0}
              onClick={() => {
                const on = state.filter.value.verdict === verdict;
                state.filter.value = { ...state.filter.value, verdict: on ? '' : verdict };
              }}
            >
              <span class="chip">
                <VerdictShape verdict={verdict} />
                <span class="chip-word">{t(messageKey('verdict', verdict))}</span>
              </span>
              <b class="number-big">{n}</b>
            </button>
          </li>
        ))}
      </ul>
      <Coverage />
    </section>
  );
}

/** What was watched since when, and what kept calls from being seen. */
function Coverage() {
  const state = useReport();
  const { value: scope } = state.scope;
  if (!scope) return null;
  const sites = Object.entries(scope.loginState.tracking.sites);
  const of = (because: string) =>
    state.rows.value.filter((row) => row.judged.verdict.visibilityBecause === because).length;
  const unseen = [
    ['server-side', t('report_page.unseenServer', of('server-side'))],
    ['no-site-access', t('report_page.unseenSite', of('no-site-access'))],
    ['paused', t('report_page.unseenPaused', of('paused'))],
  ] as const;
  const gaps = unseen.filter(([because]) => of(because) > 0);
  const { pausedAt } = scope.loginState.tracking;
  return (
    <dl class="facts coverage">
      {scope.live && (
        <div>
          <dt>{t('report_page.watched')}</dt>
          <dd>
            {sites.filter(([, s]) => s.watched).length === 0
              ? t('report_page.watchedNone')
              : sites
                  .filter(([, s]) => s.watched)
                  .map(([site, s], i) => (
                    <span key={site}>
                      {i > 0 && ', '}
                      <span class="site-name">{siteName(site)}</span> (
                      <Timestamp at={s.since} />)
                    </span>
                  ))}
          </dd>
        </div>
      )}
      <div data-testid="gaps">
        <dt>{t('report_page.notSeen')}</dt>
        <dd>
          {gaps.length === 0 && pausedAt === null && scope.dropped === 0
            ? t('report_page.notSeenNone')
            : gaps.map(([because, text]) => <span key={because}>{text} </span>)}
          {scope.live && pausedAt !== null && (
            <span>
              {t('report_page.pausedNow')} (<Timestamp at={pausedAt} />){' '}
            </span>
          )}
          {scope.dropped > 0 && <span>{t('report.dropped', scope.dropped)}</span>}
        </dd>
      </div>
      {callbackDays(scope.own).map(({ day, at, appId, referrerType, users }) => (
        <div key={`${appId} ${day} ${referrerType}`} data-callback-day={day}>
          <dt>{t('source.callback')}</dt>
          <dd>
            <CallbackDay {...{ at, appId, referrerType, users }} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** “14 users were cut as INCOMPLETE_SIGN_UP on 22 Nov”. */
export function CallbackDay(props: {
  at: number;
  appId: string | null;
  referrerType: string;
  users: number;
}) {
  const { ports } = useReport();
  const date = new Intl.DateTimeFormat(ports.locale, { month: 'short', day: 'numeric' });
  const text = t('report_page.callbackDay', props.users, [
    String(props.users),
    props.referrerType,
    date.format(props.at),
  ]);
  return (
    <>
      {text}
      {props.appId && ` ${t('report_page.ofApp', [props.appId])}`}
    </>
  );
}
