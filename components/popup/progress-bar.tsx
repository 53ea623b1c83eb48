import { useComputed } from '@preact/signals';
import { elapsedFraction } from './elapsed-fraction.ts';
import { usePopup } from './popup-context.ts';

interface Props {
  /** The stretch that goes by, epoch ms. */
  from: number;
  to: number;
  label: string;
  valueText: { readonly value: string };
}

/** Shows how much of a stretch of time has gone by. */
export function ProgressBar({ from, to, label, valueText }: Props) {
  const { clock } = usePopup();
  // Tenths of a percent: the bar moves when it can be seen to move, not every second.
  const gone = useComputed(
    () => Math.floor(elapsedFraction(from, to, clock.now.value) * 1000) / 10,
  );
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
