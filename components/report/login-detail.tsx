import { useMemo } from 'preact/hooks';
import { AppKey } from '../shared/app-key.tsx';
import { CallList } from '../shared/call-list.tsx';
import {
  bandText,
  completedText,
  completesText,
  doubtText,
  maybeText,
} from '../shared/login-words.ts';
import { siteName } from '../shared/mask-for-screen.ts';
import { Timestamp } from '../shared/timestamp.tsx';
import { useTimes } from '../popup/popup-context.ts';
import { RichText } from '../shared/rich-text.tsx';
import { TesterMark, TesterWord } from '../shared/tester-mark.tsx';
import { messageKey } from '../../utils/i18n/message.ts';
import { t } from '../shared/text.ts';
import { VerdictBadge } from '../shared/verdict-badge.tsx';
import { accountName } from './account-name.ts';
import type { Row } from './filter.ts';
import { kindWord } from './kind-word.ts';
import { LoginFindings } from './login-findings.tsx';
import { useReport } from './report-context.ts';
import { Scale } from './scale.tsx';
import { storyOf } from './story.ts';
import { Timeline } from './timeline.tsx';

/** Everything about one login: what is said of it and why, and all that was seen, in order. */
export function LoginDetail({ row }: { row: Row }) {
  const state = useReport();
  const times = useTimes();
  const { judged } = row;
  const { login, verdict } = judged;
  const { value: scope } = state.scope;
  const now = state.at.value;
  const story = useMemo(
    () => storyOf(login, verdict, scope?.observations ?? [], now),
    [login, verdict, scope, now],
  );
  const maybe = maybeText(login);
  const doubt = doubtText(verdict);
  const band = bandText(verdict, now, times.moment);
  const repeat = verdict.verdict === 'not-applicable';
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
      <p class="card-meta">
        <span class="site-name">{login.site ? siteName(login.site) : t('card.noSite')}</span>
        <AppKey clientId={login.clientId} />
        <span>{kindWord(login.kind)}</span>
        <span>
          {t('time.loggedIn')} <Timestamp at={login.loggedInAt} /> ·{' '}
          {times.ago(login.loggedInAt, now)}
        </span>
        {!repeat && (
          <span>
            {t('time.deadline')} <Timestamp at={verdict.deadline} />
          </span>
        )}
      </p>
      <p class="because">
        <RichText text={[messageKey('because', verdict.because)]} />
      </p>
      {doubt && (
        <p class="doubt">
          <RichText text={doubt} />
        </p>
      )}
      <TesterWord login={login} />
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
          <div>
            <dt>{t('completes.label')}</dt>
            <dd>
              <RichText
                text={completedText(verdict, times.moment) ?? completesText(verdict.linkMode)}
              />
            </dd>
          </div>
        )}
        {!repeat && (
          <div>
            <dt>{t('visibility.label')}</dt>
            <dd>
              <b>{t(messageKey('visibility', verdict.visibility))}</b>{' '}
              <RichText text={[messageKey('visibility', verdict.visibilityBecause)]} />{' '}
              {verdict.visibility === 'none' && <a href="#recipes">{t('visibility.recipes')}</a>}
            </dd>
          </div>
        )}
        {band && (
          <div>
            <dt>{t('band.label')}</dt>
            <dd>
              <RichText text={band} />
            </dd>
          </div>
        )}
      </dl>
      {!repeat && <Scale login={login} verdict={verdict} story={story} now={now} />}
      <LoginFindings login={login} />
      <Timeline story={story} login={login} mode={verdict.linkMode} now={now} />
      <details class="more">
        <summary>
          {t('calls.title')} <span class="count">{login.calls.length}</span>
        </summary>
        <CallList calls={login.calls} mode={verdict.linkMode} />
      </details>
      {scope?.live && !repeat && <TesterMark login={login} />}
    </article>
  );
}
