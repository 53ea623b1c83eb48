import { useComputed } from '@preact/signals';
import type { Verdict } from '../../utils/model/verdict.ts';
import { t } from '../shared/text.ts';
import { useTimes } from '../shared/times-context.ts';
import { Timestamp } from '../shared/timestamp.tsx';
import { usePopup } from './popup-context.ts';
import { ProgressBar } from './progress-bar.tsx';

/** The time left of an open login's window: digits that tick, a bar, and the deadline itself. */
export function Countdown({ from, verdict }: { from: number; verdict: Verdict }) {
  const { clock, calm } = usePopup();
  const times = useTimes();
  const { deadline } = verdict;
  const left = useComputed(() => deadline - clock.now.value);
  // In calm mode, and for readers of the bar, only minutes change.
  const words = useComputed(() => times.span(left.value) || t('time.underMinute'));
  const digits = useComputed(() => (calm ? words.value : times.ticking(left.value)));
  const valueText = useComputed(() =>
    t('time.progress', [words.value, times.span(deadline - from)]),
  );
  return (
    <div class="countdown">
      <span class="digits" role="timer" aria-label={t('time.left')}>
        {digits}
      </span>
      <span class="deadline">
        {t('time.deadline')} <Timestamp at={deadline} />
      </span>
      <ProgressBar from={from} to={deadline} label={t('time.left')} valueText={valueText} />
    </div>
  );
}
