import { lazily } from '../../utils/model/lazily.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../utils/model/time.ts';

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

/** The formatters of a language. One is slow to make, and the popup opens without most of them. */
function createFormatters(locale: string) {
  const time = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
  const date = { month: 'short', day: 'numeric' } as const;
  const minute = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return {
    clock: lazily(() => new Intl.DateTimeFormat(locale, time)),
    moment: lazily(() => new Intl.DateTimeFormat(locale, { ...date, ...time })),
    minute: lazily(() => new Intl.DateTimeFormat(locale, { ...date, ...minute })),
    day: lazily(() => new Intl.DateTimeFormat(locale, date)),
    dayOfYear: lazily(() => new Intl.DateTimeFormat(locale, { year: 'numeric', ...date })),
    full: lazily(() => new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long' })),
    relative: lazily(() => new Intl.RelativeTimeFormat(locale)),
    span: lazily(() => new Intl.DurationFormat(locale, { style: 'short' })),
    narrow: lazily(() => new Intl.DurationFormat(locale, { style: 'narrow' })),
    ticking: lazily(
      () => new Intl.DurationFormat(locale, { style: 'digital', hoursDisplay: 'always' }),
    ),
  };
}

/** A span (ms) as hours, minutes and seconds, rounded up: zero is shown at the deadline and not a second before. */
function countedDown(ms: number): { hours: number; minutes: number; seconds: number } {
  const all = Math.max(0, Math.ceil(ms / SECOND_MS));
  return {
    hours: Math.floor(all / 3600),
    minutes: Math.floor((all % 3600) / 60),
    seconds: all % 60,
  };
}

function createTimes(locale: string): Times {
  const { clock, moment, minute, day, dayOfYear, full, relative, span, narrow, ticking } =
    createFormatters(locale);
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
      const { hours, minutes, seconds } = countedDown(ms);
      return narrow().format(hours > 0 || calm ? { hours, minutes } : { minutes, seconds });
    },
    ticking: (ms) => ticking().format(countedDown(ms)),
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
