import { signal } from '@preact/signals';
import { expect, test, vi } from 'vitest';
import { storeCallbacks } from '../../../components/report/callbacks/store-callbacks.ts';
import type { ReportState } from '../../../components/report/report-state.ts';
import type { CallbackLog } from '../../../utils/capture/callback-log.ts';
import { observe, T0 } from '../fixtures.ts';

const entry = (userId: string, at: number | null): CallbackLog['entries'][number] => ({
  line: 1,
  at,
  appId: '1',
  referrerType: 'INCOMPLETE_SIGN_UP',
  userId,
});

/** A page on which the callbacks of two users are stored, one of them read from a log without times. */
function pageWithCallbacks() {
  const callback = { type: 'unlink-callback', appId: '1', referrerType: 'INCOMPLETE_SIGN_UP' };
  const stored = [
    { ...callback, account: 'hash of 1', timeKnown: true },
    { ...callback, account: 'hash of 2', timeKnown: false },
  ].map((fact) => ({ ...observe(fact as Parameters<typeof observe>[0], T0), session: 's' }));
  const send = vi.fn<ReportState['send']>(async () => true);
  const records = signal({ rows: stored, sessions: [{ endedAt: null }] });
  const ports = { hashUserId: async (id: string) => `hash of ${id}` };
  return { send, state: { records, ports, send } as unknown as ReportState };
}

test('log that was stored before: only what is new in it is stored', async () => {
  const { state, send } = pageWithCallbacks();
  const log = [entry('1', T0), entry('2', null), entry('3', T0), entry('3', T0)];
  expect(await storeCallbacks(state, log)).toBe(1);
  expect(send).toHaveBeenCalledTimes(1);
  expect(send.mock.lastCall?.[0]).toMatchObject({
    type: 'callbacks',
    read: [{ account: 'hash of 3', at: T0 }],
  });
});

test('nothing new in a log: nothing is sent', async () => {
  const { state, send } = pageWithCallbacks();
  expect(await storeCallbacks(state, [entry('1', T0), entry('2', null)])).toBe(0);
  expect(send).not.toHaveBeenCalled();
});
