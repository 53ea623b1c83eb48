import { messageKey } from '../../utils/i18n/message.ts';
import type { PopupData } from '../../utils/store/popup-data.ts';
import { Button } from '../shared/button.tsx';
import { t } from '../shared/text.ts';
import { useTimes } from '../shared/times-context.ts';
import { usePopup } from './popup-context.ts';

/** What keeps the extension from working, each in one sentence with what to do, and what came of a click. */
export function Banners() {
  const state = usePopup();
  const times = useTimes();
  const failure = state.failure.value;
  const data = state.data.value;
  return (
    <div class="banners" data-testid="health" role="status">
      {failure && (
        <div class="banner bad" data-problem={failure}>
          <p>{t(messageKey('problem', failure))}</p>
          {/* Only another version of the extension can read what a newer one has written. */}
          {failure !== 'db-newer' && (
            <Button action="retry" onClick={() => state.reload()}>
              {t('banner.retry')}
            </Button>
          )}
        </div>
      )}
      {!state.tab.value.kakaoAccess && (
        <div class="banner bad" data-problem="no-kakao-access">
          <p>{t('banner.kakao')}</p>
          <Button
            kind="primary"
            action="ask-kakao-access"
            onClick={() => state.ask(state.ports.askKakaoAccess)}
          >
            {t('banner.kakaoAllow')}
          </Button>
        </div>
      )}
      {data && <HealthBanner data={data} />}
      {data?.pausedAt != null && (
        <div class="banner" data-testid="paused">
          <p>{t('banner.paused', [times.moment(data.pausedAt)])}</p>
        </div>
      )}
      {state.notice.value && (
        <div class="banner" data-testid="notice">
          <p>{t(state.notice.value)}</p>
          <Button action="dismiss" onClick={() => (state.notice.value = null)}>
            {t('banner.dismiss')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** How recording fares; nothing while all is well. */
function HealthBanner({ data }: { data: PopupData }) {
  const { problem, held, dropped } = data.health;
  if (!problem && held === 0 && dropped === 0) return null;
  return (
    <div class={problem ? 'banner bad' : 'banner'} data-problem={problem ?? 'dropped'}>
      <p>
        {problem && `${t(messageKey('problem', problem))} `}
        {held > 0 && `${t('banner.held', held)} `}
        {dropped > 0 && t('banner.dropped', dropped)}
      </p>
    </div>
  );
}
