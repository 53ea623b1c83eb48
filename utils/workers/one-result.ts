/**
 * Asks a worker that was started for one result, and ends it afterwards. `hear` is told each message of the worker and
 * gives the result once it is whole, undefined before. Gives null where it was aborted. Rejects where asking fails, or
 * the worker.
 */
export function oneResult<Message, Result>(
  worker: Worker,
  signal: AbortSignal,
  ask: () => Promise<void> | void,
  hear: (message: Message) => Result | undefined,
): Promise<Result | null> {
  return new Promise<Result | null>((done, fail) => {
    const end = (settle: () => void) => {
      worker.terminate();
      settle();
    };
    signal.addEventListener('abort', () => end(() => done(null)));
    worker.addEventListener('message', ({ data }: MessageEvent<Message>) => {
      const result = hear(data);
      if (result !== undefined) end(() => done(result));
    });
    worker.addEventListener('error', (event) => end(() => fail(new Error(event.message))));
    const asking = (async () => ask())();
    asking.catch((error: unknown) => end(() => fail(error)));
  });
}
