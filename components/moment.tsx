import { useTimes } from './popup-context.ts';

/** An instant (epoch ms) in local time; its title says all, with the time zone. */
export function Moment({ at, form = 'moment' }: { at: number; form?: 'moment' | 'clock' }) {
  const times = useTimes();
  return (
    <time dateTime={new Date(at).toISOString()} title={times.full(at)}>
      {times[form](at)}
    </time>
  );
}
