import { expect, test } from 'vitest';
import { hashUserId } from '../../../utils/store/hash-user-id.ts';

test('a user id has the same hash under the same salt only', async () => {
  const hash = await hashUserId('00ff', '12345');
  expect(hash).toMatch(/^[\da-f]{64}$/);
  expect(await hashUserId('00ff', '12345')).toBe(hash);
  expect(await hashUserId('00fe', '12345')).not.toBe(hash);
});
