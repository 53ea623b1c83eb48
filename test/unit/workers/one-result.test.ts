import { expect, test, vi } from 'vitest';
import { oneResult } from '../../../utils/workers/one-result.ts';

/** What the client does with a worker; `says` is a message of the worker's. */
function fakeWorker() {
  const events = new EventTarget();
  const terminate = vi.fn();
  return {
    worker: Object.assign(events, { terminate }) as unknown as Worker,
    terminate,
    says: (data: unknown) => events.dispatchEvent(new MessageEvent('message', { data })),
    breaks: (message: string) =>
      events.dispatchEvent(Object.assign(new Event('error'), { message })),
  };
}

const never = () => new AbortController().signal;
/** A result is whole with the word "end". */
const hearWords = () => {
  const words: string[] = [];
  return (word: string) => (word === 'end' ? words : void words.push(word));
};

test('several messages: the result comes once it is whole, and the worker is ended', async () => {
  const { worker, terminate, says } = fakeWorker();
  const ask = vi.fn();
  const result = oneResult(worker, never(), ask, hearWords());
  expect(ask).toHaveBeenCalledOnce();
  says('one');
  says('two');
  expect(terminate).not.toHaveBeenCalled();
  says('end');
  expect(await result).toEqual(['one', 'two']);
  expect(terminate).toHaveBeenCalled();
});

test('aborted: the worker is ended, and there is no result', async () => {
  const { worker, terminate } = fakeWorker();
  const abort = new AbortController();
  const result = oneResult(worker, abort.signal, () => {}, hearWords());
  abort.abort();
  expect(await result).toBeNull();
  expect(terminate).toHaveBeenCalled();
});

test('worker that breaks, and a question that cannot be asked: rejects, and the worker is ended', async () => {
  const broken = fakeWorker();
  const result = oneResult(broken.worker, never(), () => {}, hearWords());
  broken.breaks('out of memory');
  await expect(result).rejects.toThrow('out of memory');
  const unasked = fakeWorker();
  const ask = async () => {
    throw new Error('not to be cloned');
  };
  await expect(oneResult(unasked.worker, never(), ask, hearWords())).rejects.toThrow('cloned');
  for (const { terminate } of [broken, unasked]) expect(terminate).toHaveBeenCalled();
});
