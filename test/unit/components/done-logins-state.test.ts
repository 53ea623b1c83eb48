import { expect, test, vi } from 'vitest';
import { createDoneLogins } from '../../../components/popup/done-logins-state.ts';
import { loginOf } from './popup-fixtures.ts';

test('done logins are read when opened, page by page, and again on refresh', async () => {
  const load = vi.fn(async (limit: number) => [loginOf(`first of ${limit}`, 0)]);
  const done = createDoneLogins(load, () => {});
  await done.refresh();
  expect(load).not.toHaveBeenCalled();
  await done.open();
  await done.open();
  await done.more();
  await done.refresh();
  expect(load.mock.calls.map(([limit]) => limit)).toEqual([50, 100, 100]);
  expect(done.logins.value?.[0]?.id).toBe('first of 100');
});
test('a reading that fails is handed to onError', async () => {
  const onError = vi.fn();
  await createDoneLogins(() => Promise.reject(new Error('gone')), onError).open();
  expect(onError).toHaveBeenCalledTimes(1);
});
