import { counts } from '../../utils/verdict/evaluate-call.ts';
import type { Call } from '../../utils/model/login.ts';
import type { LinkMode } from '../../utils/model/observation.ts';
import { Moment } from './timestamp.tsx';
import { Say } from './rich-text.tsx';
import { wordKey } from './message-key.ts';
import { t } from './text.ts';

/** The calls of a login, each with whether it counts under the link mode and why. */
export function CallList({ calls, mode }: { calls: readonly Call[]; mode: LinkMode }) {
  if (calls.length === 0) return <p class="quiet">{t('calls.none')}</p>;
  return (
    <ul class="calls" aria-label={t('calls.title')}>
      {calls.map((call) => {
        const judged = counts(call, mode);
        return (
          <li key={`${call.at} ${call.method} ${call.path}`} data-counts={judged.counts}>
            <code class="call">
              {call.method} {call.path}
            </code>
            <span class="status">
              {call.status === 0 ? t('calls.noAnswer') : call.status}
              {call.code !== null && ` (${call.code})`}
              {call.times > 1 && ` ${t('calls.times', [String(call.times)])}`}
            </span>
            <Moment at={call.at} form="clock" />
            <span class="counts">
              <b>{t(judged.counts ? 'calls.counts' : 'calls.countsNot')}</b>
              {' · '}
              <Say text={[wordKey('calls', judged.why)]} />
              {call.source !== 'browser' && ` · ${t(wordKey('source', call.source))}`}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
