import { firstIndexNot } from '../model/first-index.ts';
import type { Journal } from './journal.ts';

/** Values in order of their instants (epoch ms), and among equal ones in the order in which they were added. */
export class TimeList<T> {
  readonly #journal: Journal;
  readonly #atOf: (value: T) => number;
  readonly #values: T[] = [];

  /** Every change is written in the journal. The instant of a value, told by `atOf`, never changes. */
  constructor(journal: Journal, atOf: (value: T) => number) {
    this.#journal = journal;
    this.#atOf = atOf;
  }

  /** Adds a value behind those of its instant. */
  add(value: T): void {
    this.#journal.insert(this.#values, this.#placeAfter(this.#atOf(value)), value);
  }

  /** Removes a value; returns whether it was there. */
  remove(value: T): boolean {
    const at = this.#atOf(value);
    for (let i = this.#placeAfter(at) - 1; ; i -= 1) {
      const other = this.#values[i];
      if (other === undefined || this.#atOf(other) !== at) return false;
      if (other !== value) continue;
      this.#journal.remove(this.#values, i);
      return true;
    }
  }

  /** Those before an instant. */
  before(at: number): T[] {
    return this.#values.slice(0, this.#placeOf(at));
  }

  /** Those between two instants, inclusive. */
  between(from: number, to: number): T[] {
    return this.#values.slice(this.#placeOf(from), this.#placeAfter(to));
  }

  #placeOf(at: number): number {
    return firstIndexNot(this.#values, (value) => this.#atOf(value) < at);
  }

  #placeAfter(at: number): number {
    return firstIndexNot(this.#values, (value) => this.#atOf(value) <= at);
  }
}
