import { expect, test } from 'vitest';
import { handOn, inSlices } from '../../../components/report/in-slices.ts';
import type { Slices } from '../../../utils/model/slices.ts';

/** Work that stops until it is told to end. */
function* waitFor(isDone: () => boolean): Slices<string> {
  while (!isDone()) yield;
  return 'done';
}

const nextTask = () => new Promise((done) => setTimeout(done));

test('work in slices: other tasks have their turn before it is done', async () => {
  let turns = 0;
  const other = setInterval(() => (turns += 1));
  const done = await inSlices(
    waitFor(() => turns >= 3),
    new AbortController().signal,
  );
  clearInterval(other);
  expect(done).toEqual({ value: 'done' });
});

test('work in slices: given up, it goes no further', async () => {
  const abort = new AbortController();
  const working = inSlices(
    waitFor(() => false),
    abort.signal,
  );
  abort.abort();
  expect(await working).toBeNull();
});

test('little work is handed on at once', () => {
  const handed: string[] = [];
  handOn(
    waitFor(() => true),
    false,
    (value) => handed.push(value),
  );
  expect(handed).toEqual(['done']);
});

test('much work is handed on later, and not once it was given up', async () => {
  const handed: string[] = [];
  const start = (name: string) =>
    handOn(
      waitFor(() => true),
      true,
      () => handed.push(name),
    );
  const giveUp = start('first');
  start('second');
  giveUp();
  expect(handed).toEqual([]);
  await nextTask();
  expect(handed).toEqual(['second']);
});
