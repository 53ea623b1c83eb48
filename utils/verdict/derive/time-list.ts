import { firstIndexNot } from '../../model/first-index.ts';
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
    this.#journal.insert(this.#values, this.#indexAfter(this.#atOf(value)), value);
  }

  /** Removes a value; returns whether it was there. */
  remove(value: T): boolean {
    const at = this.#atOf(value);
    for (let i = this.#indexAfter(at) - 1; ; i -= 1) {
      const other = this.#values[i];
      if (other === undefined || this.#atOf(other) !== at) return false;
      if (other !== value) continue;
      this.#journal.remove(this.#values, i);
      return true;
    }
  }

  /** Those before an instant. */
  before(at: number): T[] {
    return this.#values.slice(0, this.#indexOf(at));
  }

  /** Those between two instants, inclusive. */
  between(from: number, to: number): T[] {
    return this.#values.slice(this.#indexOf(from), this.#indexAfter(to));
  }

  #indexOf(at: number): number {
    return firstIndexNot(this.#values, (value) => this.#atOf(value) < at);
  }

  #indexAfter(at: number): number {
    return firstIndexNot(this.#values, (value) => this.#atOf(value) <= at);
  }
}
