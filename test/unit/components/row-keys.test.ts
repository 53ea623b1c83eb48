import { expect, test } from 'vitest';
import { rowAfterKey } from '../../../components/shared/row-keys.ts';

test.each([
  ['ArrowDown', 6],
  ['ArrowUp', 4],
  ['PageDown', 15],
  ['PageUp', -5],
  ['Home', 0],
  ['End', 19],
  ['x', undefined],
])('%s on the sixth of twenty rows', (key, row) => expect(rowAfterKey(key, 5, 20)).toBe(row));
