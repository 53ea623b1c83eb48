import type { ComponentChildren } from 'preact';
import { messageKey } from '../../utils/i18n/message.ts';
import type { Login } from '../../utils/model/login.ts';
import type { Verdict } from '../../utils/model/verdict.ts';
import { completedText, completesText, maybeText } from './login-messages.ts';
import { RichText } from './rich-text.tsx';
import { t } from './text.ts';
import { useTimes } from './times-context.ts';

/** Why a login may not be a first login; nothing where that is certain. */
export function KindFact({ login }: { login: Login }) {
  const maybe = maybeText(login);
  if (!maybe) return null;
  return (
    <div class="maybe">
      <dt>{t('kind.maybe')}</dt>
      <dd>
        <RichText text={maybe} />
      </dd>
    </div>
  );
}

/** What completed a login, or what would; nothing for a repeat login and for one that is unlinked. */
export function CompletionFact({ verdict }: { verdict: Verdict }) {
  const times = useTimes();
  if (verdict.verdict === 'not-applicable' || verdict.verdict === 'unlinked') return null;
  return (
    <div data-fact="completes">
      <dt>{t('completes.label')}</dt>
      <dd>
        <RichText text={completedText(verdict, times.moment) ?? completesText(verdict.linkMode)} />
      </dd>
    </div>
  );
}

interface VisibilityProps {
  verdict: Verdict;
  /** What can be done to see more. */
  children: ComponentChildren;
}

/** Whether the login's calls can be seen, and why; nothing for a repeat login. */
export function VisibilityFact({ verdict, children }: VisibilityProps) {
  if (verdict.verdict === 'not-applicable') return null;
  return (
    <div data-fact="visibility">
      <dt>{t('visibility.label')}</dt>
      <dd>
        <b>{t(messageKey('visibility', verdict.visibility))}</b>{' '}
        <RichText text={[messageKey('visibility', verdict.visibilityBecause)]} /> {children}
      </dd>
    </div>
  );
}
