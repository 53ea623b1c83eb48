import { expect, test } from 'vitest';
import { fnv1a } from '../../../utils/report/fnv1a.ts';

test('hash of a text: FNV-1a of 64 or 128 bits, in hex', () => {
  expect(fnv1a('a', 64)).toBe('af63dc4c8601ec8c');
  expect(fnv1a('foobar', 64)).toBe('85944171f73967e8');
  expect(fnv1a('', 128)).toBe('6c62272e07bb014262b821756295c58d');
  expect(fnv1a('a', 128)).toBe('d228cb696f1a8caf78912b704e4a8964');
});
