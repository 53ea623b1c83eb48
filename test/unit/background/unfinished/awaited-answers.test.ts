import { expect, test } from 'vitest';
import { createAwaitedAnswers } from '../../../../utils/background/unfinished/awaited-answers.ts';

test('of very many requests on their way, the oldest is forgotten', () => {
  const awaited = createAwaitedAnswers();
  for (let n = 0; n <= 200; n += 1) awaited.add(`${n}`);
  expect(awaited.delete('0')).toBe(false);
  expect(awaited.delete('1')).toBe(true);
  expect(awaited.areAny()).toBe(true);
});
