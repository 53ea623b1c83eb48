import { useComputed } from '@preact/signals';
import { messageKey } from '../../utils/i18n/message.ts';
import { isPrivateStore } from '../../utils/model/cookie-store.ts';
import type { Login } from '../../utils/model/login.ts';
import { agoText } from '../shared/ago-text.ts';
import { AppKey } from '../shared/app-key.tsx';
import { Button } from '../shared/button.tsx';
import { CallList } from '../shared/call-list.tsx';
import { DraftField } from '../shared/draft-field.tsx';
import { FindingsList } from '../shared/findings-list.tsx';
import type { JudgedLogin } from '../shared/judged-login.ts';
import { doubtText } from '../shared/login-messages.ts';
import { RichText } from '../shared/rich-text.tsx';
import { TesterMarkForm, TesterMarkNote } from '../shared/tester-mark.tsx';
import { t } from '../shared/text.ts';
import { useTimes } from '../shared/times-context.ts';
import { Timestamp } from '../shared/timestamp.tsx';
import { CardFacts } from './card-facts.tsx';
import { Countdown } from './countdown.tsx';
import { CutBand } from './cut-band.tsx';
import { usePopup } from './popup-context.ts';
import { ATTENTION } from './sort-into-sections.ts';

/** What a login's two lines leave out: why, when, the findings, the facts, the calls and the tester's controls. */
export function LoginDetails({ judged }: { judged: JudgedLogin }) {
  const { login, verdict } = judged;
  const state = usePopup();
  const doubt = doubtText(verdict);
  const findings = state.findings.value.filter((f) => f.login === login.id);
  return (
    <div class="login-details">
      {verdict.verdict === 'pending' ? (
        <Countdown from={login.loggedInAt} verdict={verdict} />
      ) : (
        <p class="because">
          <RichText text={[messageKey('because', verdict.because)]} />
        </p>
      )}
      {isPrivateStore(login) && <p>{t('card.privateHelp')}</p>}
      <CutBand judged={judged} />
      <TesterMarkNote login={login} />
      {doubt && (
        <p class="doubt">
          <RichText text={doubt} />
        </p>
      )}
      {findings.length > 0 && <FindingsList findings={findings} />}
      <CardFacts judged={judged} />
      <p class="card-meta">
        <AppKey clientId={login.clientId} />
        <span>
          {t('time.loggedIn')} <Timestamp at={login.loggedInAt} />
        </span>
        {ATTENTION.has(verdict.verdict) && <Passed deadline={verdict.deadline} />}
      </p>
      <CallList calls={login.calls} mode={verdict.linkMode} />
      <AccountName judged={judged} />
      {verdict.verdict !== 'not-applicable' && <TesterMarkForm login={login} />}
      <Button
        kind="link"
        action="open-login"
        onClick={() => state.run(() => state.ports.openReport(reportPart(login)))}
      >
        {t('card.openLogin')}
      </Button>
      <Button
        kind="link"
        action="app-settings"
        onClick={() => (state.askedApp.value = login.clientId)}
      >
        {t('card.appSettings')}
      </Button>
    </div>
  );
}

/** The part of the report page that shows a login; those of private windows are on a page of their own. */
function reportPart(login: Login): string {
  return `${isPrivateStore(login) ? '?private' : ''}#login/${encodeURIComponent(login.id)}`;
}

/** The tester's name for the account. */
function AccountName({ judged: { login, account } }: { judged: JudgedLogin }) {
  const { send } = usePopup();
  return (
    <label class="account-name">
      <span>{t('card.accountLabel')}</span>
      <DraftField
        class="account"
        placeholder={t('card.account', [String(account)])}
        maxLength={60}
        autocomplete="off"
        spellcheck={false}
        value={login.label ?? ''}
        onCommit={(label) => void send({ type: 'label', login: login.id, label })}
      />
    </label>
  );
}

/** When the window ended, and how long ago that is. */
function Passed({ deadline }: { deadline: number }) {
  const { clock } = usePopup();
  const times = useTimes();
  const ago = useComputed(() => agoText(times, deadline, clock.now.value));
  return (
    <span>
      {t('time.deadline')} <Timestamp at={deadline} /> · {ago}
    </span>
  );
}
