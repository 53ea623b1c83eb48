import { firstIndexNot } from '../../model/first-index.ts';

/** What several browsers recorded, by the names it is found by (see `links-elsewhere.ts`), in order of an instant. */
export class ByPlace<T> {
  readonly #byPlace = new Map<string, T[]>();
  readonly #instantOf: (item: T) => number;

  /** `instantOf` gives the instant of an item in epoch ms. */
  constructor(
    items: readonly T[],
    placesOf: (item: T) => readonly string[],
    instantOf: (item: T) => number,
  ) {
    this.#instantOf = instantOf;
    for (const item of [...items].sort((a, b) => instantOf(a) - instantOf(b)))
      for (const place of placesOf(item)) {
        const own = this.#byPlace.get(place);
        if (own) own.push(item);
        else this.#byPlace.set(place, [item]);
      }
  }

  /** The earliest of some places, from one instant to another (epoch ms), that satisfies a condition. */
  findEarliest(
    places: readonly string[],
    [from, to]: readonly [number, number],
    matches: (item: T) => boolean,
  ): T | undefined {
    let earliest: T | undefined;
    let until = to;
    for (const place of places) {
      const all = this.#byPlace.get(place) ?? [];
      for (let i = firstIndexNot(all, (item) => this.#instantOf(item) < from); ; i += 1) {
        const item = all[i];
        if (item === undefined || this.#instantOf(item) > until) break;
        if (!matches(item)) continue;
        earliest = item;
        until = this.#instantOf(item);
        break;
      }
    }
    return earliest;
  }
}
