import { expect, test, vi } from 'vitest';

const sendMessage = vi.hoisted(() => vi.fn());
vi.mock('wxt/browser', () => ({ browser: { runtime: { sendMessage } } }));

const { isCommand, runCommand, sendCommand } =
  await import('../../../utils/background/commands.ts');
const { freshProfile, onStore, startWorker } = await import('../store/database.ts');
const { readSettings } = await import('../../../utils/store/meta.ts');

const GOOD = [
  { type: 'label', login: 'id', label: '' },
  { type: 'label', login: 'id', label: '가'.repeat(80) },
  { type: 'mark', login: 'id', mark: 'complete', note: '' },
  { type: 'mark', login: 'id', mark: null, note: 'n'.repeat(500) },
  { type: 'app', clientId: 'key' },
  { type: 'app', clientId: 'key', linkMode: 'manual', fixedUserId: 'on', windowMs: 60_000 },
  { type: 'app', clientId: 'key', linkMode: undefined, windowMs: null },
  { type: 'pause', paused: false },
  { type: 'settings', settings: {} },
  { type: 'settings', settings: { retentionDays: 3, retentionCount: 100, notifications: true } },
  { type: 'clear' },
  { type: 'reset-salt' },
  { type: 'reconcile' },
];

test.each(GOOD.map((c) => [JSON.stringify(c).slice(0, 70), c]))('takes %s', (_name, command) =>
  expect(isCommand(command)).toBe(true),
);

const settings = (s: unknown) => ({ type: 'settings', settings: s });
const app = (more: object) => ({ type: 'app', clientId: 'key', ...more });
const BAD: unknown[] = [
  null,
  undefined,
  'clear',
  1,
  [],
  [{ type: 'clear' }],
  {},
  { type: null },
  { type: ['clear'] },
  { type: { toString: () => 'clear' } },
  { type: '__proto__' },
  { type: 'constructor' },
  { type: 'toString' },
  { type: 'Clear' },
  { type: 'label', login: 'id', label: () => 'a' },
  { type: 'label', login: 'id', label: 'a'.repeat(10_001) },
  { type: 'mark', login: 'id', mark: Symbol('complete'), note: '' },
  app({ windowMs: Number.NaN }),
  app({ windowMs: Infinity }),
  settings({ retentionDays: Number.NaN }),
  settings({ deep: { deeper: { deepest: { still: 1 } } } }),
  { type: 'callbacks', read: Array.from({ length: 2001 }, () => ({ account: 'h' })) },
];

test.each(BAD.map((c, i) => [`${i} ${JSON.stringify(c)?.slice(0, 70)}`, c]))(
  'refuses %s',
  (_name, command) => expect(isCommand(command)).toBe(false),
);

test('settings are merged; clear forgets; a failing database is told', async () => {
  freshProfile();
  const recorder = startWorker();
  const run = (command: Parameters<typeof runCommand>[1]) => runCommand(recorder, command, 1000);
  expect(await run({ type: 'settings', settings: { retentionDays: 7 } })).toEqual({ ok: true });
  expect(await onStore(readSettings)).toMatchObject({ retentionDays: 7, retentionCount: 50_000 });
  expect(await run({ type: 'settings', settings: { salt: 'x' } as never })).toEqual({ ok: true });
  expect(await onStore(readSettings)).not.toHaveProperty('salt');
  expect(await run({ type: 'pause', paused: true })).toEqual({ ok: true });
  expect(await onStore((db) => db.count('observations'))).toBe(1);
  expect(await run({ type: 'clear' })).toEqual({ ok: true });
  expect(await onStore((db) => db.count('observations'))).toBe(0);
  expect(await onStore(readSettings)).toMatchObject({ retentionDays: 7 });
  await recorder.withStore(async (db) => db.close());
  expect(await run({ type: 'pause', paused: false })).toEqual({ ok: false, problem: 'db-failed' });
});

test('a command that a dying worker does not take is sent once more, any other failure is told', async () => {
  const lost = new Error('Could not establish connection. Receiving end does not exist.');
  sendMessage.mockRejectedValueOnce(lost).mockResolvedValueOnce({ ok: true });
  expect(await sendCommand({ type: 'clear' })).toEqual({ ok: true });
  expect(sendMessage).toHaveBeenCalledTimes(2);

  sendMessage.mockReset().mockRejectedValue(lost);
  await expect(sendCommand({ type: 'clear' })).rejects.toBe(lost);
  expect(sendMessage).toHaveBeenCalledTimes(2);

  const cut = new Error('The message port closed before a response was received.');
  sendMessage.mockReset().mockRejectedValue(cut);
  await expect(sendCommand({ type: 'clear' })).rejects.toBe(cut);
  expect(sendMessage).toHaveBeenCalledTimes(1);
});
