import { useId } from 'preact/hooks';
import { AUTO_LINK } from '../../utils/kakao/console.ts';
import { appName } from './app-name.ts';
import { Button } from './button.tsx';
import { ConsolePath } from './console-path.tsx';
import { RichText } from './rich-text.tsx';
import { useSend } from './send-context.ts';
import { t } from './text.ts';

interface Props {
  clientId: string;
  /** The element that the question is: a heading, or a line of text. */
  as: 'h2' | 'p';
  /** Is called before the answer takes the question away. */
  onAnswer?: () => void;
}

/** Asks how an app links: two answers, and how to find out, which opens under them. */
export function LinkModeQuestion({ clientId, as: Question, onAnswer }: Props) {
  const send = useSend();
  const id = useId();
  const answer = (linkMode: 'auto' | 'manual') => () => {
    onAnswer?.();
    void send({ type: 'app', clientId, linkMode });
  };
  return (
    <section class="ask" data-testid="ask" data-client-id={clientId} aria-labelledby={id}>
      <Question id={id}>
        <RichText text={['ask.question', [appName(clientId)]]} />
      </Question>
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
