import { useComputed, useSignal } from '@preact/signals';
import { Button } from '../shared/button.tsx';
import { AppKey } from '../shared/app-key.tsx';
import { CallList } from '../shared/call-list.tsx';
import { Countdown } from './countdown.tsx';
import { CutBand } from './cut-band.tsx';
import { DraftField } from '../shared/draft-field.tsx';
import { ATTENTION } from '../shared/login-rows.ts';
import type { JudgedLogin } from '../shared/login-rows.ts';
import { FindingLine, FindingsList } from '../shared/findings.tsx';
import { LoginFacts } from './login-facts.tsx';
import { doubtText } from '../shared/login-words.ts';
import type { Finding } from '../../utils/guidance/rule.ts';
import { siteName } from '../shared/mask-for-screen.ts';
import { Timestamp } from '../shared/timestamp.tsx';
import { usePopup, useTimes } from './popup-context.ts';
import { RichText } from '../shared/rich-text.tsx';
import { TesterMark, TesterWord } from '../shared/tester-mark.tsx';
import { messageKey } from '../../utils/i18n/message.ts';
import { t } from '../shared/text.ts';
import { VerdictBadge } from '../shared/verdict-badge.tsx';

/** One login: who, where, what we say of it and why. */
export function LoginCard({ judged }: { judged: JudgedLogin }) {
  const { login, verdict } = judged;
  const state = usePopup();
  const name = login.label ?? t('card.account', [String(judged.account)]);
  const doubt = doubtText(verdict);
  const findings = state.findings.value.filter((f) => f.login === login.id);
  // The rest is under the details.
  const worst = findings.find((f) => !f.silenced);
  return (
    <article
      class="card"
      aria-label={t('card.login', [name])}
      data-login-id={login.id}
      data-verdict={verdict.verdict}
      data-certainty={verdict.certainty}
      data-visibility={verdict.visibility}
    >
      <div class="card-head">
        <DraftField
          class="account"
          aria-label={t('card.accountLabel')}
          placeholder={t('card.account', [String(judged.account)])}
          maxLength={60}
          autocomplete="off"
          spellcheck={false}
          value={login.label ?? ''}
          commit={(label) => void state.send({ type: 'label', login: login.id, label })}
        />
        <VerdictBadge verdict={verdict} />
      </div>
      <p class="card-meta">
        <span class="site-name">{login.site ? siteName(login.site) : t('card.noSite')}</span>
        <AppKey clientId={login.clientId} />
        <span>
          {t('time.loggedIn')} <Timestamp at={login.loggedInAt} />
        </span>
        {ATTENTION.has(verdict.verdict) && <Passed deadline={verdict.deadline} />}
      </p>
      {verdict.verdict === 'pending' ? (
        <Countdown from={login.loggedInAt} verdict={verdict} />
      ) : (
        <p class="because">
          <RichText text={[messageKey('because', verdict.because)]} />
        </p>
      )}
      <CutBand judged={judged} />
      <TesterWord login={login} />
      {doubt && (
        <p class="doubt">
          <RichText text={doubt} />
        </p>
      )}
      {worst && <FindingLine finding={worst} />}
      <LoginFacts judged={judged} />
      <CardDetails judged={judged} findings={findings} />
    </article>
  );
}

/** When the window ended, and how long ago that is. */
function Passed({ deadline }: { deadline: number }) {
  const { clock } = usePopup();
  const times = useTimes();
  const ago = useComputed(() => times.ago(deadline, clock.now.value));
  return (
    <span>
      {t('time.deadline')} <Timestamp at={deadline} /> · {ago}
    </span>
  );
}

/** Calls and the tester's controls; made only once they are opened. */
function CardDetails({ judged, findings }: { judged: JudgedLogin; findings: readonly Finding[] }) {
  const { login, verdict } = judged;
  const state = usePopup();
  const opened = useSignal(false);
  return (
    <details class="more" onToggle={(event) => (opened.value ||= event.currentTarget.open)}>
      <summary>
        {t('card.details')} <span class="count">{login.calls.length}</span>
      </summary>
      {opened.value && (
        <>
          <FindingsList findings={findings} />
          <CallList calls={login.calls} mode={verdict.linkMode} />
          {verdict.verdict !== 'not-applicable' && <TesterMark login={login} />}
          <Button
            kind="link"
            action="app-settings"
            onClick={() => (state.askedApp.value = login.clientId)}
          >
            {t('card.appSettings')}
          </Button>
        </>
      )}
    </details>
  );
}
