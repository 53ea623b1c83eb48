import { expect, test } from 'vitest';
import { isJoined, joinedCallOf } from '../../../../utils/capture/back-end/joined-call.ts';

test('call of a record: the same in each recording, whatever follows its number', () => {
  const [here, there] = ['spans-1-5-api-3', 'spans-1-7-api-3-2'].map((id) => joinedCallOf({ id }));
  expect(here).toBe(there);
  expect(here).not.toBe(joinedCallOf({ id: 'spans-1-5-api-4' }));
});

test('sign that a site left calls out: of the record, and of no call of it', () => {
  const id = 'spans-1-5-unreported-3';
  expect(isJoined({ id })).toBe(true);
  expect(joinedCallOf({ id })).not.toBe(joinedCallOf({ id: 'spans-1-5-api-3' }));
});
