import { evaluateCall } from '../../utils/verdict/evaluate-call.ts';
import type { Login } from '../../utils/model/login.ts';
import type { LinkMode, Observation } from '../../utils/model/observation.ts';
import { siteName } from '../shared/mask-for-screen.ts';
import { Timestamp } from '../shared/timestamp.tsx';
import { useTimes } from '../popup/popup-context.ts';
import { RichText } from '../shared/rich-text.tsx';
import { messageKey, type Message } from '../../utils/i18n/message.ts';
import { t } from '../shared/text.ts';
import type { Event } from './story.ts';

/** Beyond these a timeline is cut, and says so. */
const MOST = 200;

interface Props {
  story: readonly Event[];
  login: Login;
  mode: LinkMode;
  /** Epoch ms. */
  now: number;
}

/** What happened around a login, one line each, with the time since it and the time of day. */
export function Timeline({ story, login, mode, now }: Props) {
  const times = useTimes();
  const beyond = story.length - MOST;
  return (
    <details class="more" open>
      <summary>
        {t('report_page.timeline')} <span class="count">{story.length}</span>
      </summary>
      <ol class="timeline" data-testid="timeline">
        {story.slice(0, MOST).map((e) => (
          <li
            key={e.what === 'seen' ? e.o.id : e.what}
            data-event={e.what === 'seen' ? e.o.type : e.what}
            data-future={e.at > now}
          >
            <span class="since digits">{sinceText(e.at - login.loggedInAt, times.ticking)}</span>
            <Timestamp at={e.at} />
            <span class="what">
              {e.what === 'seen' ? <Seen o={e.o} mode={mode} /> : t(MILESTONES[e.what])}
            </span>
          </li>
        ))}
      </ol>
      {beyond > 0 && <p class="quiet">{t('list.more', beyond)}</p>}
    </details>
  );
}

/** Time before (−) or after (+) the login. */
function sinceText(ms: number, ticking: (ms: number) => string): string {
  return `${ms < 0 ? '−' : '+'}${ticking(Math.floor(Math.abs(ms) / 1000) * 1000)}`;
}

const MILESTONES = {
  'logged-in': 'report_page.eventLoggedIn',
  deadline: 'report_page.eventDeadline',
  'cut-from': 'report_page.eventCutFrom',
  'cut-to': 'report_page.eventCutTo',
  now: 'report_page.eventNow',
} as const;

const OUTCOMES = {
  'login-form': 'report_page.stepLoginForm',
  screen: 'report_page.stepScreen',
  code: 'report_page.stepCode',
  token: 'report_page.stepToken',
  error: 'report_page.stepError',
  'error-page': 'report_page.stepErrorPage',
} as const;

function Seen({ o, mode }: { o: Observation; mode: LinkMode }) {
  if (o.type === 'api') return <SeenCall o={o} mode={mode} />;
  const status = 'status' in o && o.status ? ` ${o.status}` : '';
  const error = 'error' in o && o.error ? ` (${o.error})` : '';
  return (
    <>
      <RichText text={textOf(o)} />
      {status}
      {error}
      {o.source !== 'browser' && o.source !== 'tester' && (
        <span class="quiet"> · {t(messageKey('source', o.source))}</span>
      )}
    </>
  );
}

function SeenCall({ o, mode }: { o: Observation & { type: 'api' }; mode: LinkMode }) {
  const judged = evaluateCall(o, mode);
  return (
    <span class="seen-call" data-counts={judged.counts}>
      <code>
        {o.method} {o.path}
      </code>{' '}
      {o.status === 0 ? t('calls.noAnswer') : o.status}
      {o.code !== null && ` (${o.code})`} ·{' '}
      <b>{t(judged.counts ? 'calls.counts' : 'calls.countsNot')}</b> ·{' '}
      <RichText text={[messageKey('calls', judged.why)]} /> · {t(messageKey('source', o.source))}
    </span>
  );
}

/** What an observation that is not a call says. */
function textOf(o: Exclude<Observation, { type: 'api' }>): Message {
  switch (o.type) {
    case 'authorize':
      return [OUTCOMES[o.outcome]];
    case 'arrival':
      return [o.outcome === 'code' ? 'report_page.arrivedCode' : 'report_page.arrivedError'];
    case 'token':
      return [
        o.grant === 'refresh_token' ? 'report_page.tokenRefreshed' : 'report_page.tokenAsked',
      ];
    case 'watch':
      return [
        o.watched ? 'report_page.watchBegan' : 'report_page.watchEnded',
        [siteName(o.site ?? '')],
      ];
    case 'pause':
      return [o.paused ? 'report_page.paused' : 'report_page.resumed'];
    case 'start':
      return ['report_page.browserStarted'];
    case 'mark':
      if (o.mark === null) return ['report_page.markUndone'];
      return [o.mark === 'complete' ? 'tester.isComplete' : 'tester.isCut'];
    case 'label':
      return ['report_page.labelled', [o.label]];
    case 'step':
      return ['report_page.stepMarked', [o.text]];
    case 'unlink-callback':
      return ['report_page.callbackCame', [o.referrerType]];
    default:
      return ['report_page.otherEvent', [o.type]];
  }
}
