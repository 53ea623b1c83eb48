import { firstIndexNot } from '../model/first-index.ts';
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

/** Indexes observations, given in order of arrival. */
export function createTimeIndex<T extends Observation>(observations: readonly T[]): TimeIndex<T> {
  const order = new Map(observations.map((o, i) => [o, i]));
  const byId = new Map(observations.map((o) => [o.id, o]));
  const byPlace = new Map(
    [...Map.groupBy(observations, (o) => placeKey(o.cookieStore, o.tab))].map(([key, own]) => [
      key,
      own.toSorted((a, b) => a.at - b.at),
    ]),
  );
  const inOrder = (found: readonly T[]) =>
    found.toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
  return {
    between(cookieStore, tab, from, to) {
      const byTime = byPlace.get(placeKey(cookieStore, tab)) ?? [];
      const first = firstIndexNot(byTime, (o) => o.at < from);
      return inOrder(
        byTime.slice(
          first,
          firstIndexNot(byTime, (o) => o.at <= to),
        ),
      );
    },
    withId: (id) => byId.get(id),
    inOrder,
  };
}

/** The names of tabs are never empty. */
function placeKey(cookieStore: string, tab: string | null): string {
  return `${cookieStore}\n${tab ?? ''}`;
}
