import { useSignal } from '@preact/signals';
import { useTimes } from './times-context.ts';

/** An instant (epoch ms) in local time; pointed at, its title says all, with the time zone. */
export function Timestamp({ at, form = 'moment' }: { at: number; form?: 'moment' | 'clock' }) {
  const times = useTimes();
  // Written only when pointed at: it is the costliest text of a card.
  const title = useSignal<string | undefined>(undefined);
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={title.value}
      onPointerEnter={() => (title.value = times.full(at))}
    >
      {times[form](at)}
    </time>
  );
}
