import { useComputed, useSignal } from '@preact/signals';
import { Button } from '../shared/button.tsx';
import { AppKey } from '../shared/app-key.tsx';
import { CallList } from '../shared/call-list.tsx';
import { Countdown } from './countdown.tsx';
import { CutBand } from './cut-band.tsx';
import { DraftField } from '../shared/draft-field.tsx';
import { ATTENTION } from './sort-into-sections.ts';
import type { JudgedLogin } from '../shared/judged-login.ts';
import { FindingLine } from '../shared/finding-line.tsx';
import { FindingsList } from '../shared/findings-list.tsx';
import { CardFacts } from './card-facts.tsx';
import { doubtText } from '../shared/login-messages.ts';
import type { Finding } from '../../utils/guidance/rule.ts';
import { siteName } from '../shared/site-name.ts';
import { Timestamp } from '../shared/timestamp.tsx';
import { usePopup } from './popup-context.ts';
import { useTimes } from '../shared/times-context.ts';
import { RichText } from '../shared/rich-text.tsx';
import { TesterMarkForm, TesterMarkNote } from '../shared/tester-mark.tsx';
import { messageKey } from '../../utils/i18n/message.ts';
import { t } from '../shared/text.ts';
import { VerdictBadge } from '../shared/verdict-badge.tsx';

/** One login: its account and site, its verdict and why, and what is left of the time. */
export function LoginCard({ judged }: { judged: JudgedLogin }) {
  const { login, verdict } = judged;
  const state = usePopup();
  const name = login.label ?? t('card.account', [String(judged.account)]);
  const doubt = doubtText(verdict);
  const findings = state.findings.value.filter((f) => f.login === login.id);
  // The card shows the worst finding; the others are under its details.
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
          onCommit={(label) => void state.send({ type: 'label', login: login.id, label })}
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
      <TesterMarkNote login={login} />
      {doubt && (
        <p class="doubt">
          <RichText text={doubt} />
        </p>
      )}
      {worst && <FindingLine finding={worst} />}
      <CardFacts judged={judged} />
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

/** The findings, the calls and the tester's controls; made only once they are opened. */
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
          {verdict.verdict !== 'not-applicable' && <TesterMarkForm login={login} />}
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
