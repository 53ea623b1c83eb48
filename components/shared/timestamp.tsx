import { useSignal } from '@preact/signals';
import { useTimes } from './times-context.ts';

/** An instant (epoch ms) in local time. Its title, shown when it is pointed at, has the weekday and the time zone. */
export function Timestamp({ at, format = 'moment' }: { at: number; format?: 'moment' | 'clock' }) {
  const times = useTimes();
  // The title is written only when pointed at: it is the slowest text of a card to write.
  const title = useSignal<string | undefined>(undefined);
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={title.value}
      onPointerEnter={() => (title.value = times.full(at))}
    >
      {times[format](at)}
    </time>
  );
}
