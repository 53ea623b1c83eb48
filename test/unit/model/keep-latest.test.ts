import { expect, test } from 'vitest';
import { keepLatest } from '../../../utils/model/keep-latest.ts';

test('what came first goes where there is one too many, and is named', () => {
  const remembered = new Map([
    ['first', 1],
    ['second', 2],
    ['third', 3],
  ]);
  expect(keepLatest(remembered, 3)).toBeUndefined();
  remembered.set('fourth', 4);
  expect(keepLatest(remembered, 3)).toBe('first');
  expect([...remembered.keys()]).toEqual(['second', 'third', 'fourth']);
});

test('what is added once more takes nothing else’s place', () => {
  const remembered = new Set(['first', 'second']);
  remembered.add('second');
  expect(keepLatest(remembered, 2)).toBeUndefined();
  expect([...remembered]).toEqual(['first', 'second']);
});
