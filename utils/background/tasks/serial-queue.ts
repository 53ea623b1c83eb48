/** Runs tasks one after the other, in the order they were added. */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();
  #size = 0;

  /** Whether no task waits or runs. */
  get isIdle(): boolean {
    return this.#size === 0;
  }

  /** Adds a task. Settles as the task does; the next one runs whether it failed or not. */
  add<T>(task: () => Promise<T>): Promise<T> {
    this.#size += 1;
    const result = this.#last.then(task).finally(() => {
      this.#size -= 1;
    });
    this.#last = result.catch(() => {});
    return result;
  }
}
