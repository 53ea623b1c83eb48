import { useComputed } from '@preact/signals';
import { messageKey } from '../../utils/i18n/message.ts';
import { siteName } from '../../utils/model/site-name.ts';
import { needsWord } from '../../utils/verdict/decide/needs-word.ts';
import { accountName } from '../shared/account-name.ts';
import type { JudgedLogin } from '../shared/judged-login.ts';
import { RehearsalBadge } from '../shared/rehearsal-badge.tsx';
import { t } from '../shared/text.ts';
import { useTimes } from '../shared/times-context.ts';
import { VerdictShape } from '../shared/verdict-shape.tsx';
import { usePanel } from './panel-context.ts';
import type { LoginRow } from './panel-rows.ts';

/** A login in one line: sign, account, site, verdict or time left, and how many findings there are. */
export function LoginLine({ row: { judged } }: { row: LoginRow }) {
  const { findings } = usePanel();
  if (!judged) return <b class="login-other">{t('devtools.other')}</b>;
  const { login, verdict } = judged;
  const count = findings.value.filter((f) => f.login === login.id && !f.silenced).length;
  const word = needsWord(judged);
  return (
    <span
      class="login-line"
      data-login-id={login.id}
      data-verdict={word ? 'late' : verdict.verdict}
      data-certainty={verdict.certainty}
    >
      <VerdictShape verdict={word ? 'needs-word' : verdict.verdict} />
      <b>{accountName(judged)}</b>
      <span class="site-name">{login.site ? siteName(login.site) : t('card.noSite')}</span>
      {count > 0 && (
        <span class="count">
          {t('report.findings')} {count}
        </span>
      )}
      <span class="login-end">
        {verdict.verdict === 'pending' ? <Left judged={judged} /> : <Word judged={judged} />}
        {verdict.rehearsal && <RehearsalBadge />}
      </span>
    </span>
  );
}

function Word({ judged }: { judged: JudgedLogin }) {
  const { verdict } = judged;
  if (needsWord(judged)) return <b class="tone">{t('verdict.needsWord')}</b>;
  return (
    <>
      <b class="tone">{t(messageKey('verdict', verdict.verdict))}</b>
      {verdict.certainty === 'likely' && <span class="chip-note">{t('verdict.likely')}</span>}
    </>
  );
}

/** The time left of an open login's window. */
function Left({ judged: { verdict } }: { judged: JudgedLogin }) {
  const { clock } = usePanel();
  const times = useTimes();
  const left = useComputed(
    () => times.left(verdict.deadline - clock.now.value) || t('time.underMinute'),
  );
  return (
    <>
      <span class="tone">{t('verdict.pending')}</span> {t('time.left')} <b>{left}</b>
    </>
  );
}
