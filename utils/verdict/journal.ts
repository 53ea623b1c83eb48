/** Remembers how to take back what was changed, so that a derivation can be resumed from an earlier step. */
export class Journal {
  #undos: (() => void)[] = [];
  /** How many of the oldest entries were forgotten. */
  #forgotten = 0;

  /** How many changes were made so far: a place that `undoTo` goes back to. */
  get length(): number {
    return this.#forgotten + this.#undos.length;
  }

  /** Changes fields of an object. `before` is called ahead of the change and ahead of taking it back. */
  assign<T extends object>(target: T, changes: Partial<T>, before?: (target: T) => void): void {
    const keys = Object.keys(changes) as (keyof T)[];
    const old = keys.map((key) => [key, key in target, target[key]] as const);
    before?.(target);
    Object.assign(target, changes);
    this.#undos.push(() => {
      before?.(target);
      for (const [key, was, value] of old) {
        if (was) target[key] = value;
        else delete target[key];
      }
    });
  }

  /** Sets a value in a map. */
  set<K, V>(map: Map<K, V>, key: K, value: V): void {
    const was = map.has(key);
    const old = map.get(key);
    map.set(key, value);
    this.#undos.push(() => {
      if (was) map.set(key, old as V);
      else map.delete(key);
    });
  }

  /** Adds a value at the end of a list. */
  push<T>(list: T[], value: T): void {
    list.push(value);
    this.#undos.push(() => list.pop());
  }

  /** Takes back everything that was changed since a place. Throws a RangeError where that was forgotten. */
  undoTo(place: number): void {
    if (place < this.#forgotten) throw new RangeError('forgotten');
    while (this.length > place) this.#undos.pop()?.();
  }

  /** Forgets how to take back what was changed before a place. */
  forgetBefore(place: number): void {
    this.#undos.splice(0, place - this.#forgotten);
    this.#forgotten = place;
  }
}
