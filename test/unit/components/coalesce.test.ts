import { expect, test } from 'vitest';
import { coalesce } from '../../../components/shared/coalesce.ts';

test('a coalesced task never runs twice at a time', async () => {
  let running = 0;
  let runs = 0;
  const task = coalesce(async () => {
    expect(++running).toBe(1);
    runs += 1;
    await Promise.resolve();
    running -= 1;
  });
  await Promise.all([task(), task(), task()]);
  await task();
  expect(runs).toBe(3);
});
