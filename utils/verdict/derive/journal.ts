/**
 * Remembers how to take back what was changed, so that a derivation can be resumed from an earlier place. Nothing before the
 * first place that was asked for is written down: nobody can go back there.
 */
export class Journal {
  #isOpen = false;
  #undos: (() => void)[] = [];
  /** How many of the oldest entries were forgotten. */
  #forgotten = 0;

  /** The place after all changes so far, which `undoTo` goes back to. */
  place(): number {
    this.#isOpen = true;
    return this.#length;
  }

  get #length(): number {
    return this.#forgotten + this.#undos.length;
  }

  /** Changes fields of an object. `before` is called ahead of the change and ahead of taking it back. */
  assign<T extends object>(target: T, changes: Partial<T>, before?: (target: T) => void): void {
    before?.(target);
    if (!this.#isOpen) {
      Object.assign(target, changes);
      return;
    }
    const keys = Object.keys(changes) as (keyof T)[];
    const old = keys.map((key) => [key, key in target, target[key]] as const);
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
    const was = this.#isOpen && map.has(key);
    const old = was ? map.get(key) : undefined;
    map.set(key, value);
    if (!this.#isOpen) return;
    this.#undos.push(() => {
      if (was) map.set(key, old as V);
      else map.delete(key);
    });
  }

  /** Adds a value at the end of a list. */
  push<T>(list: T[], value: T): void {
    list.push(value);
    if (this.#isOpen) this.#undos.push(() => list.pop());
  }

  /** Adds a value at the end of the list that a map has for a key. */
  pushTo<K, V>(map: Map<K, V[]>, key: K, value: V): void {
    const list = map.get(key);
    if (list) this.push(list, value);
    else this.set(map, key, [value]);
  }

  /** Adds a value to a list at an index. */
  insert<T>(list: T[], index: number, value: T): void {
    if (index === list.length) list.push(value);
    else list.splice(index, 0, value);
    if (this.#isOpen) this.#undos.push(() => list.splice(index, 1));
  }

  /** Removes the value at an index of a list. */
  remove<T>(list: T[], index: number): void {
    const removed = list.splice(index, 1);
    if (this.#isOpen) this.#undos.push(() => list.splice(index, 0, ...removed));
  }

  /** Takes back everything that was changed since a place. Throws a RangeError where that was forgotten. */
  undoTo(place: number): void {
    if (place < this.#forgotten) throw new RangeError('forgotten');
    while (this.#length > place) this.#undos.pop()?.();
  }

  /** Forgets how to take back what was changed before a place. */
  forgetBefore(place: number): void {
    this.#undos.splice(0, place - this.#forgotten);
    this.#forgotten = place;
  }
}
