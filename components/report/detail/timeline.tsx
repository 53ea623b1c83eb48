import { observationMessage } from '../../../utils/guidance/observation-message.ts';
import { messageKey } from '../../../utils/i18n/message.ts';
import type { Login } from '../../../utils/model/login.ts';
import type { LinkMode, Observation } from '../../../utils/model/observation.ts';
import { evaluateCall } from '../../../utils/verdict/attribute/evaluate-call.ts';
import { RichText } from '../../shared/rich-text.tsx';
import { t } from '../../shared/text.ts';
import { useTimes } from '../../shared/times-context.ts';
import { Timestamp } from '../../shared/timestamp.tsx';
import { stepElementId } from './show-step.ts';
import type { TimelineEvent } from './timeline-events.ts';

/** Events shown; the rest is counted. */
const MOST_EVENTS = 200;

/** The ids of the observations that a timeline shows as steps. */
export const shownSteps = (events: readonly TimelineEvent[]): ReadonlySet<string> =>
  new Set(
    events.slice(0, MOST_EVENTS).flatMap((e) => (e.what === 'seen' ? [e.observation.id] : [])),
  );

const MILESTONES = {
  'logged-in': 'report_page.eventLoggedIn',
  deadline: 'report_page.eventDeadline',
  'cut-from': 'report_page.eventCutFrom',
  'cut-to': 'report_page.eventCutTo',
  now: 'report_page.eventNow',
} as const;

interface Props {
  events: readonly TimelineEvent[];
  login: Login;
  mode: LinkMode;
  /** Epoch ms. */
  now: number;
}

/** What happened around a login, one line each, with the time since the login and the time of day. */
export function Timeline({ events, login, mode, now }: Props) {
  const times = useTimes();
  const hidden = events.length - MOST_EVENTS;
  return (
    <details class="more" open>
      <summary>
        {t('report_page.timeline')} <span class="count">{events.length}</span>
      </summary>
      <ol class="timeline" data-testid="timeline">
        {events.slice(0, MOST_EVENTS).map((e) => (
          <li
            key={e.what === 'seen' ? e.observation.id : e.what}
            id={e.what === 'seen' ? stepElementId(login.id, e.observation.id) : undefined}
            tabIndex={e.what === 'seen' ? -1 : undefined}
            data-event={e.what === 'seen' ? e.observation.type : e.what}
            data-future={e.at > now}
          >
            <span class="since digits">{sinceText(e.at - login.loggedInAt, times.ticking)}</span>
            <Timestamp at={e.at} />
            <span class="what">
              {e.what === 'seen' ? (
                <ObservationLine observation={e.observation} mode={mode} />
              ) : (
                t(MILESTONES[e.what])
              )}
            </span>
          </li>
        ))}
      </ol>
      {hidden > 0 && <p class="quiet">{t('list.more', hidden)}</p>}
    </details>
  );
}

/** Writes the time (ms) before (−) or after (+) the login, in whole seconds. */
function sinceText(ms: number, ticking: (ms: number) => string): string {
  const seconds = Math.trunc(ms / 1000);
  const sign = seconds < 0 ? '−' : seconds > 0 ? '+' : '';
  return sign + ticking(Math.abs(seconds) * 1000);
}

function ObservationLine({ observation: o, mode }: { observation: Observation; mode: LinkMode }) {
  if (o.type === 'api') return <CallLine call={o} mode={mode} />;
  const status = 'status' in o && o.status ? ` ${o.status}` : '';
  const error = 'error' in o && o.error ? ` (${o.error})` : '';
  return (
    <>
      <RichText text={observationMessage(o)} />
      {status}
      {error}
      {o.source !== 'browser' && o.source !== 'tester' && (
        <span class="quiet"> · {t(messageKey('source', o.source))}</span>
      )}
    </>
  );
}

/** A call, with whether it counts under the link mode and why. */
function CallLine({ call, mode }: { call: Observation & { type: 'api' }; mode: LinkMode }) {
  const evaluated = evaluateCall(call, mode);
  return (
    <span class="seen-call" data-counts={evaluated.counts}>
      <code>
        {call.method} {call.path}
      </code>{' '}
      {call.status === 0 ? t('calls.noAnswer') : call.status}
      {call.code !== null && ` (${call.code})`} ·{' '}
      <b>{t(evaluated.counts ? 'calls.counts' : 'calls.countsNot')}</b> ·{' '}
      <RichText text={[messageKey('calls', evaluated.why)]} /> ·{' '}
      {t(messageKey('source', call.source))}
    </span>
  );
}
