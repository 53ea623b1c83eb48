import { Button } from '../shared/button.tsx';
import type { JudgedLogin } from '../shared/judged-login.ts';
import { completedText, completesText, maybeText } from '../shared/login-messages.ts';
import { siteName } from '../shared/site-name.ts';
import { usePopup } from './popup-context.ts';
import { useTimes } from '../shared/times-context.ts';
import { RichText } from '../shared/rich-text.tsx';
import { messageKey } from '../shared/message-key.ts';
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
