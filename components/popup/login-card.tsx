import { useComputed, useSignal } from '@preact/signals';
import { messageKey } from '../../utils/i18n/message.ts';
import { isPrivateStore } from '../../utils/model/cookie-store.ts';
import { siteName } from '../../utils/model/site-name.ts';
import type { Verdict } from '../../utils/model/verdict.ts';
import { needsWord } from '../../utils/verdict/decide/needs-word.ts';
import { accountName } from '../shared/account-name.ts';
import { BreakableHost } from '../shared/breakable-host.tsx';
import { CodeText } from '../shared/code-text.tsx';
import type { JudgedLogin } from '../shared/judged-login.ts';
import { RehearsalBadge } from '../shared/rehearsal-badge.tsx';
import { t } from '../shared/text.ts';
import { useTimes } from '../shared/times-context.ts';
import { LoginDetails } from './login-details.tsx';
import { LoginSign } from './login-sign.tsx';
import { nextStep } from './next-step.ts';
import { usePopup } from './popup-context.ts';

/** One login in two lines: its account, site and time left or verdict, and the one thing to do; the rest opens in place. */
export function LoginCard({ judged }: { judged: JudgedLogin }) {
  const { login, verdict } = judged;
  const opened = useSignal(false);
  const name = accountName(judged);
  return (
    <article
      class="login"
      aria-label={t('card.login', [name])}
      data-login-id={login.id}
      data-verdict={verdict.verdict}
      data-certainty={verdict.certainty}
      data-visibility={verdict.visibility}
      data-private={isPrivateStore(login) || undefined}
      data-needs-word={needsWord(judged) || undefined}
    >
      {/* The rest is made only once it is asked for. */}
      <details onToggle={(event) => (opened.value ||= event.currentTarget.open)}>
        <summary>
          <LoginSign judged={judged} />
          <span class="login-head">
            <span class="login-who">
              <b>{name}</b>{' '}
              <span class="site-name">
                {login.site ? <BreakableHost host={siteName(login.site)} /> : t('card.noSite')}
              </span>{' '}
              {isPrivateStore(login) && <span class="chip-note">{t('card.private')}</span>}
            </span>{' '}
            <span class="login-end">
              {verdict.verdict === 'pending' ? (
                <TimeLeft verdict={verdict} />
              ) : (
                <End judged={judged} />
              )}{' '}
              {verdict.rehearsal && <RehearsalBadge />}
            </span>
          </span>{' '}
          <NextStep judged={judged} />
        </summary>
        {opened.value && <LoginDetails judged={judged} />}
      </details>
    </article>
  );
}

/** The time left of an open login's window. */
function TimeLeft({ verdict }: { verdict: Verdict }) {
  const { clock, calm } = usePopup();
  const times = useTimes();
  const left = useComputed(
    () => times.left(verdict.deadline - clock.now.value, { calm }) || t('time.underMinute'),
  );
  return (
    <span class="login-left">
      <span class="sr-only">{t('time.left')}</span> {left}
    </span>
  );
}

/** The verdict in a word, with "likely" where it holds. */
function End({ judged }: { judged: JudgedLogin }) {
  const { verdict } = judged;
  if (needsWord(judged)) return <b class="login-word">{t('verdict.needsWord')}</b>;
  return (
    <>
      <b class="login-word">{t(messageKey('verdict', verdict.verdict))}</b>{' '}
      {verdict.certainty === 'likely' && <span class="chip-note">{t('verdict.likely')}</span>}
    </>
  );
}

/** What to do now, or why it ended so. */
function NextStep({ judged }: { judged: JudgedLogin }) {
  const { clock, data } = usePopup();
  const times = useTimes();
  const text = useComputed(() =>
    t(nextStep(judged, clock.now.value, times.minute, data.value?.watched ?? new Set())),
  );
  return (
    <span class="login-now">
      <CodeText text={text.value} />
    </span>
  );
}
