import { Button } from '../shared/button.tsx';
import type { JudgedLogin } from '../shared/login-rows.ts';
import { completedText, completesText, maybeText } from '../shared/login-words.ts';
import { siteName } from '../shared/mask-for-screen.ts';
import { usePopup, useTimes } from './popup-context.ts';
import { RichText } from '../shared/rich-text.tsx';
import { messageKey } from '../../utils/i18n/message.ts';
import { t } from '../shared/text.ts';

/** What completes a login, or completed it; where its calls can be seen; whether it is a first login at all. */
export function LoginFacts({ judged }: { judged: JudgedLogin }) {
  const { login, verdict } = judged;
  const state = usePopup();
  const times = useTimes();
  const repeat = verdict.verdict === 'not-applicable';
  const maybe = maybeText(login);
  const unwatched = verdict.visibilityBecause === 'no-site-access' ? login.site : null;
  return (
    <dl class="facts">
      {maybe && (
        <div class="maybe">
          <dt>{t('kind.maybe')}</dt>
          <dd>
            <RichText text={maybe} />
          </dd>
        </div>
      )}
      {!repeat && verdict.verdict !== 'unlinked' && (
        <div data-fact="completes">
          <dt>{t('completes.label')}</dt>
          <dd>
            <RichText
              text={completedText(verdict, times.moment) ?? completesText(verdict.linkMode)}
            />
          </dd>
        </div>
      )}
      {!repeat && (
        <div data-fact="visibility">
          <dt>{t('visibility.label')}</dt>
          <dd>
            <b>{t(messageKey('visibility', verdict.visibility))}</b>{' '}
            <RichText text={[messageKey('visibility', verdict.visibilityBecause)]} />{' '}
            {unwatched && (
              <Button
                kind="link"
                action="watch-site"
                onClick={() => state.ask(() => state.ports.watch(unwatched))}
              >
                {t('visibility.watchSite', [siteName(unwatched)])}
              </Button>
            )}{' '}
            {verdict.visibility === 'none' && (
              <Button
                kind="link"
                action="recipes"
                onClick={() => state.run(() => state.ports.openReport('#recipes'))}
              >
                {t('visibility.recipes')}
              </Button>
            )}
          </dd>
        </div>
      )}
    </dl>
  );
}
