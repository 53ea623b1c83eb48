import { useId } from 'preact/hooks';
import { AUTO_LINK } from '../../utils/kakao/console.ts';
import { maskClientId } from '../../utils/kakao/mask-client-id.ts';
import { Button } from '../shared/button.tsx';
import { ConsolePath } from '../shared/console-path.tsx';
import { RichText } from '../shared/rich-text.tsx';
import { t } from '../shared/text.ts';
import { appsByNeed, appToAsk } from './app-to-ask.ts';
import { usePopup } from './popup-context.ts';

/** Asks how one app links, until somebody answers or a body shows it; one app at a time. */
export function AskLinkMode() {
  const { data, sections, send } = usePopup();
  const id = useId();
  const app = appToAsk(appsByNeed(sections.value), data.value?.apps ?? new Map());
  if (!app) return null;
  const { clientId } = app;
  const answer = (mode: 'auto' | 'manual') => () => {
    // What was clicked goes; the focus stays near it.
    document.querySelector<HTMLElement>('h1')?.focus();
    void send({ type: 'app', clientId, linkMode: mode });
  };
  return (
    <section class="ask" data-testid="ask" data-client-id={clientId} aria-labelledby={id}>
      <h2 id={id}>
        <RichText text={['ask.question', [maskClientId(clientId)]]} />
      </h2>
      <Button action="answer-auto" onClick={answer('auto')}>
        {t('ask.auto')}
      </Button>
      <Button action="answer-manual" onClick={answer('manual')}>
        {t('ask.manual')}
      </Button>
      <details class="more">
        <summary>{t('ask.how')}</summary>
        <ConsolePath place={AUTO_LINK} option="apps.autoOption" />
      </details>
    </section>
  );
}
