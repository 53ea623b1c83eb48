import { lazily } from '../../utils/model/lazily.ts';
import { HOUR_MS, MINUTE_MS } from '../../utils/model/time.ts';

/** Writes instants (epoch ms) and spans (ms) in a language. */
export interface Times {
  /** Hours, minutes and seconds, where the day is known. */
  clock(at: number): string;
  /** Short date and time of day to the second. */
  moment(at: number): string;
  /** Date and time in full, with the weekday and the time zone. */
  full(at: number): string;
  /** Short date, with the year where it is not that of `now`. */
  day(at: number, now: number): string;
  /** How long ago, in the largest unit that fits; an empty string below one minute. */
  ago(at: number, now: number): string;
  /** A span in hours and minutes; an empty string below one minute. */
  span(ms: number): string;
  /** The time left, short: hours and minutes, in the last hour minutes and seconds unless it is to be calm. */
  left(ms: number, options?: { calm: boolean }): string;
  /** Short date and time of day to the minute. */
  minute(at: number): string;
  /** A span that is counted down: hours:minutes:seconds. */
  ticking(ms: number): string;
}

function createTimes(locale: string): Times {
  // A formatter is slow to make, and the popup opens without most of them.
  const time = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
  const date = { month: 'short', day: 'numeric' } as const;
  const clock = lazily(() => new Intl.DateTimeFormat(locale, time));
  const moment = lazily(() => new Intl.DateTimeFormat(locale, { ...date, ...time }));
  const day = lazily(() => new Intl.DateTimeFormat(locale, date));
  const dayOfYear = lazily(() => new Intl.DateTimeFormat(locale, { year: 'numeric', ...date }));
  const full = lazily(
    () => new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long' }),
  );
  const relative = lazily(() => new Intl.RelativeTimeFormat(locale));
  const span = lazily(() => new Intl.DurationFormat(locale, { style: 'short' }));
  const minute = lazily(
    () =>
      new Intl.DateTimeFormat(locale, {
        ...date,
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
      }),
  );
  const narrow = lazily(() => new Intl.DurationFormat(locale, { style: 'narrow' }));
  const ticking = lazily(
    () => new Intl.DurationFormat(locale, { style: 'digital', hoursDisplay: 'always' }),
  );

  return {
    clock: (at) => clock().format(at),
    moment: (at) => moment().format(at),
    minute: (at) => minute().format(at),
    full: (at) => full().format(at),
    day(at, now) {
      const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
      return (isThisYear ? day() : dayOfYear()).format(at);
    },
    ago(at, now) {
      const minutes = Math.floor((now - at) / MINUTE_MS);
      if (minutes < 1) return '';
      if (minutes < 60) return relative().format(-minutes, 'minute');
      if (minutes < 48 * 60) return relative().format(-Math.floor(minutes / 60), 'hour');
      return relative().format(-Math.floor(minutes / 1440), 'day');
    },
    span(ms) {
      const rest = Math.max(0, ms);
      return span().format({
        hours: Math.floor(rest / HOUR_MS),
        minutes: Math.floor((rest % HOUR_MS) / MINUTE_MS),
      });
    },
    left(ms, { calm } = { calm: false }) {
      // Rounded up, as the digits that tick are.
      const seconds = Math.max(0, Math.ceil(ms / 1000));
      const hours = Math.floor(seconds / 3600);
      const minutes = Math.floor((seconds % 3600) / 60);
      return narrow().format(
        hours > 0 || calm ? { hours, minutes } : { minutes, seconds: seconds % 60 },
      );
    },
    ticking(ms) {
      // Rounded up, so that zero is shown at the deadline and not a second before.
      const seconds = Math.max(0, Math.ceil(ms / 1000));
      return ticking().format({
        hours: Math.floor(seconds / 3600),
        minutes: Math.floor((seconds % 3600) / 60),
        seconds: seconds % 60,
      });
    },
  };
}

const made = new Map<string, Times>();

/** Returns the writers of a language. Making them is slow, so each is made once. */
export function timesIn(locale: string): Times {
  const known = made.get(locale);
  if (known) return known;
  const times = createTimes(locale);
  made.set(locale, times);
  return times;
}
