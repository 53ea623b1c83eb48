import { Fragment } from 'preact';
import { useMemo } from 'preact/hooks';
import { messageKey } from '../../../utils/i18n/message.ts';
import { shownKind } from '../../../utils/model/login.ts';
import { siteName } from '../../../utils/model/site-name.ts';
import { accountName } from '../../shared/account-name.ts';
import { agoText } from '../../shared/ago-text.ts';
import { AppKey } from '../../shared/app-key.tsx';
import { CallList } from '../../shared/call-list.tsx';
import { DoubtNote } from '../../shared/doubt-note.tsx';
import type { JudgedLogin } from '../../shared/judged-login.ts';
import { CompletionFact, KindFact, VisibilityFact } from '../../shared/login-facts.tsx';
import { bandText } from '../../shared/login-messages.ts';
import { RichText } from '../../shared/rich-text.tsx';
import { TesterMarkForm, TesterMarkNote } from '../../shared/tester-mark.tsx';
import { t } from '../../shared/text.ts';
import { useTimes } from '../../shared/times-context.ts';
import { Timestamp } from '../../shared/timestamp.tsx';
import { VerdictBadge } from '../../shared/verdict-badge.tsx';
import { CopyForTicket } from '../export/copy-for-ticket.tsx';
import { kindWord } from '../kind-word.ts';
import type { LoginRow } from '../logins/login-row.ts';
import { useReport } from '../report-context.ts';
import { LoginFindings } from './login-findings.tsx';
import { TimeScale } from './time-scale.tsx';
import { timelineEvents } from './timeline-events.ts';
import { shownSteps, Timeline } from './timeline.tsx';

/** Everything about one login: what is said of it and why, and all that was seen, in order. */
export function LoginDetail({ row }: { row: LoginRow }) {
  const state = useReport();
  const { judged } = row;
  const { login, verdict } = judged;
  const { value: scope } = state.scope;
  const now = state.at.value;
  const events = useMemo(
    () => timelineEvents(login, verdict, scope?.observations ?? [], now),
    [login, verdict, scope, now],
  );
  const steps = useMemo(() => shownSteps(events), [events]);
  const isRepeat = verdict.verdict === 'not-applicable';
  return (
    <article
      class="card detail"
      aria-label={t('card.login', [accountName(judged)])}
      data-detail={login.id}
      data-verdict={verdict.verdict}
    >
      <div class="card-head">
        <b>{accountName(judged)}</b>
        <VerdictBadge verdict={verdict} />
      </div>
      <DetailMeta judged={judged} now={now} />
      <p class="because">
        <RichText text={[messageKey('because', verdict.because)]} />
      </p>
      <DoubtNote login={login} verdict={verdict} isOfFile={!scope?.live} />
      <TesterMarkNote login={login} />
      <DetailFacts judged={judged} now={now} />
      {!isRepeat && <TimeScale login={login} verdict={verdict} events={events} now={now} />}
      <LoginFindings login={login} steps={steps} />
      <Timeline events={events} login={login} mode={verdict.linkMode} now={now} />
      <details class="more">
        <summary>
          {t('calls.title')} <span class="count">{login.calls.length}</span>
        </summary>
        <CallList calls={login.calls} mode={verdict.linkMode} />
      </details>
      {/* What was typed or copied is not the next login's. */}
      <Fragment key={login.id}>
        <CopyForTicket login={login.id} shownOnly={false} wholeClientIds={false} />
        {scope?.live && !isRepeat && <TesterMarkForm login={login} />}
      </Fragment>
    </article>
  );
}

interface PartProps {
  judged: JudgedLogin;
  /** Epoch ms. */
  now: number;
}

/** The login's site, app, kind and times. */
function DetailMeta({ judged: { login, verdict }, now }: PartProps) {
  const times = useTimes();
  return (
    <p class="card-meta">
      <span class="site-name">{login.site ? siteName(login.site) : t('card.noSite')}</span>
      <AppKey key={login.id} clientId={login.clientId} />
      <span>{kindWord(shownKind(login))}</span>
      <span>
        {t('time.loggedIn')} <Timestamp at={login.loggedInAt} /> ·{' '}
        {agoText(times, login.loggedInAt, now)}
      </span>
      {verdict.verdict !== 'not-applicable' && (
        <span>
          {t('time.deadline')} <Timestamp at={verdict.deadline} />
        </span>
      )}
    </p>
  );
}

/** What completes the login, where its calls can be seen, and when its link is cut. */
function DetailFacts({ judged: { login, verdict }, now }: PartProps) {
  const times = useTimes();
  const band = bandText(verdict, now, times.moment);
  return (
    <dl class="facts">
      <KindFact login={login} />
      <CompletionFact verdict={verdict} />
      <VisibilityFact verdict={verdict}>
        {verdict.visibility === 'none' && <a href="#recipes">{t('visibility.recipes')}</a>}
      </VisibilityFact>
      {band && (
        <div>
          <dt>{t('band.label')}</dt>
          <dd>
            <RichText text={band} />
          </dd>
        </div>
      )}
    </dl>
  );
}
