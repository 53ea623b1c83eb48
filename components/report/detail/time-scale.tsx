import { CUT_BY_MS, WINDOW_MS } from '../../../utils/kakao/policy.ts';
import type { Login } from '../../../utils/model/login.ts';
import { HOUR_MS } from '../../../utils/model/time.ts';
import type { Verdict } from '../../../utils/model/verdict.ts';
import { evaluateCall } from '../../../utils/verdict/attribute/evaluate-call.ts';
import { t } from '../../shared/text.ts';
import { useTimes } from '../../shared/times-context.ts';
import type { TimelineEvent } from './timeline-events.ts';

const WIDTH = 720;
const MOST_MARKS = 300;

interface Props {
  login: Login;
  verdict: Verdict;
  events: readonly TimelineEvent[];
  /** Epoch ms. */
  now: number;
}

/** The 48 hours after a login, to scale: the window, the band in which Kakao may cut the link, the calls, and now. */
export function TimeScale({ login, verdict, events, now }: Props) {
  const times = useTimes();
  const from = login.loggedInAt;
  const to = from + CUT_BY_MS;
  /** Where an instant stands on the scale; what lies outside of it stands at its ends. */
  const x = (at: number) => ((Math.min(to, Math.max(from, at)) - from) / (to - from)) * WIDTH;
  const calls = events.flatMap((e) =>
    e.what === 'seen' && e.observation.type === 'api' ? [e.observation] : [],
  );
  const label = t('report_page.scale', [times.moment(from), times.moment(verdict.deadline)]);
  const kakaoEnd = x(from + WINDOW_MS);
  const mayBeCut = verdict.verdict !== 'complete' || verdict.doubt !== null;
  return (
    <figure class="scale">
      <svg viewBox={`0 0 ${WIDTH} 34`} role="img" aria-label={label}>
        <rect class="window" x="0" y="8" width={x(verdict.deadline)} height="18" />
        {mayBeCut && (
          <rect class="cut-band" x={kakaoEnd} y="8" width={WIDTH - kakaoEnd} height="18" />
        )}
        {[0, 6, 12, 18, 24, 30, 36, 42, 48].map((h) => (
          <line
            key={h}
            class={h % 24 ? 'tick' : 'tick day'}
            x1={x(from + h * HOUR_MS)}
            x2={x(from + h * HOUR_MS)}
            y1={h % 24 ? 26 : 4}
            y2="31"
          />
        ))}
        {calls.slice(0, MOST_MARKS).map((o) => {
          const { counts } = evaluateCall(o, verdict.linkMode);
          return (
            <path
              key={o.id}
              class={counts ? 'mark good' : 'mark'}
              d={counts ? 'M-4 13l3 4 6-8' : 'M-3 13l6 6m0-6l-6 6'}
              transform={`translate(${Math.min(WIDTH - 6, Math.max(6, x(o.at)))} 1)`}
            />
          );
        })}
        {now < to && now > from && <line class="now" x1={x(now)} x2={x(now)} y1="2" y2="32" />}
      </svg>
      <figcaption aria-hidden="true">
        <span>{times.moment(from)}</span>
        <span>{t('band.from')}</span>
        <span>{t('band.to')}</span>
      </figcaption>
      <p class="legend quiet">
        <span class="key-window">{t('report_page.window')}</span>
        {mayBeCut && <span class="key-band">{t('band.label')}</span>}
      </p>
    </figure>
  );
}
