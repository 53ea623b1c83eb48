import { firstIndexNot } from '../model/first-index.ts';
import { lazily } from '../model/lazily.ts';
import type { Observation } from '../model/observation.ts';

/** Finds observations by where and when they were taken, without going through all of them. */
export interface TimeIndex<T extends Observation> {
  /** Returns those of a tab (null: of none) between two instants (epoch ms, inclusive), in order of arrival. */
  between(cookieStore: string, tab: string | null, from: number, to: number): T[];
  /** Returns the one with an id; undefined where there is none. */
  withId(id: string): T | undefined;
  /** Sorts observations of the index in order of arrival. */
  inOrder(observations: readonly T[]): T[];
}

/** An observation and its number in the order of arrival. */
interface Numbered<T> {
  o: T;
  number: number;
}

/** Indexes observations, given in order of arrival. Each index is made when it is first asked for. */
export function createTimeIndex<T extends Observation>(observations: readonly T[]): TimeIndex<T> {
  const byPlace = lazily(() => {
    const places = Map.groupBy(
      observations.map((o, number) => ({ o, number })),
      ({ o }) => placeKey(o.cookieStore, o.tab),
    );
    for (const own of places.values()) own.sort((a, b) => a.o.at - b.o.at);
    return places;
  });
  const byId = lazily(() => new Map(observations.map((o) => [o.id, o])));
  const order = lazily(() => new Map(observations.map((o, i) => [o, i])));
  return {
    between(cookieStore, tab, from, to) {
      const byTime: Numbered<T>[] = byPlace().get(placeKey(cookieStore, tab)) ?? [];
      const first = firstIndexNot(byTime, ({ o }) => o.at < from);
      const end = firstIndexNot(byTime, ({ o }) => o.at <= to);
      const found = byTime.slice(first, end).sort((a, b) => a.number - b.number);
      return found.map(({ o }) => o);
    },
    withId: (id) => byId().get(id),
    inOrder: (found) => {
      const numbers = order();
      return found.toSorted((a, b) => (numbers.get(a) ?? 0) - (numbers.get(b) ?? 0));
    },
  };
}

/** The names of tabs are never empty. */
function placeKey(cookieStore: string, tab: string | null): string {
  return `${cookieStore}\n${tab ?? ''}`;
}
