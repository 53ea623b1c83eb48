import { useComputed } from '@preact/signals';
import type { Verdict } from '../../utils/model/verdict.ts';
import { partGone } from '../shared/login-words.ts';
import { Timestamp } from '../shared/timestamp.tsx';
import { usePopup, useTimes } from './popup-context.ts';
import { t } from '../shared/text.ts';

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
      <Bar from={from} to={deadline} label={t('time.left')} valueText={valueText} />
    </div>
  );
}

interface BarProps {
  from: number;
  to: number;
  label: string;
  valueText: { readonly value: string };
}

/** How much of a stretch (epoch ms) has gone by. */
export function Bar({ from, to, label, valueText }: BarProps) {
  const { clock } = usePopup();
  // Tenths of a percent: the bar moves when it can be seen to move, not every second.
  const gone = useComputed(() => Math.floor(partGone(from, to, clock.now.value) * 1000) / 10);
  return (
    <div
      class="bar"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.floor(gone.value)}
      aria-valuetext={valueText.value}
      style={{ '--gone': `${gone.value}%` }}
    />
  );
}
