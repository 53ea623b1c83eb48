import { messageKey } from '../../utils/i18n/message.ts';
import type { Call } from '../../utils/model/login.ts';
import type { LinkMode } from '../../utils/model/observation.ts';
import { evaluateCall } from '../../utils/verdict/attribute/evaluate-call.ts';
import { RichText } from './rich-text.tsx';
import { t } from './text.ts';
import { Timestamp } from './timestamp.tsx';

/** The calls of a login, each with whether it counts under the link mode and why. */
export function CallList({ calls, mode }: { calls: readonly Call[]; mode: LinkMode }) {
  if (calls.length === 0) return <p class="quiet">{t('calls.none')}</p>;
  return (
    <ul class="calls" aria-label={t('calls.title')}>
      {calls.map((call) => {
        const evaluated = evaluateCall(call, mode);
        return (
          <li key={`${call.at} ${call.method} ${call.path}`} data-counts={evaluated.counts}>
            <code class="call">
              {call.method} {call.path}
            </code>
            <span class="status">
              {call.status === 0 ? t('calls.noAnswer') : call.status}
              {call.code !== null && ` (${call.code})`}
              {call.times > 1 && ` ${t('calls.times', [String(call.times)])}`}
            </span>
            <Timestamp at={call.at} format="clock" />
            <span class="counts">
              <b>{t(evaluated.counts ? 'calls.counts' : 'calls.countsNot')}</b>
              {' · '}
              <RichText text={[messageKey('calls', evaluated.why)]} />
              {call.source !== 'browser' && ` · ${t(messageKey('source', call.source))}`}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
