import { expect, test, vi } from 'vitest';

vi.mock('wxt/browser', () => ({ browser: {} }));

const { isCommand, runCommand } = await import('../../utils/browser/commands.ts');
const { freshProfile, onStore, startWorker } = await import('./store-database.ts');
const { readSettings } = await import('../../utils/store/meta.ts');

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
  { type: 'label', login: 'id' },
  { type: 'label', login: 1, label: 'a' },
  { type: 'label', login: 'id', label: { toString: () => 'a' } },
  { type: 'label', login: 'id', label: 'a'.repeat(81) },
  { type: 'label', login: 'i'.repeat(101), label: 'a' },
  { type: 'mark', login: 'id', mark: 'complete' },
  { type: 'mark', login: 'id', mark: undefined, note: '' },
  { type: 'mark', login: 'id', mark: 'done', note: '' },
  { type: 'mark', login: 'id', mark: ['complete'], note: '' },
  { type: 'mark', login: 'id', mark: null, note: 'n'.repeat(501) },
  { type: 'app' },
  { type: 'app', clientId: 'k'.repeat(65) },
  app({ linkMode: 'both' }),
  app({ linkMode: null }),
  app({ linkMode: 'toString' }),
  app({ fixedUserId: true }),
  app({ windowMs: 59_999 }),
  app({ windowMs: 86_400_001 }),
  app({ windowMs: 60_000.5 }),
  app({ windowMs: '60000' }),
  app({ windowMs: Number.NaN }),
  app({ windowMs: Infinity }),
  { type: 'pause' },
  { type: 'pause', paused: 1 },
  { type: 'pause', paused: 'true' },
  { type: 'settings' },
  settings(null),
  settings([]),
  settings('x'),
  settings({ retentionDays: 2 }),
  settings({ retentionDays: 3651 }),
  settings({ retentionDays: undefined }),
  settings({ retentionDays: null }),
  settings({ retentionCount: 99 }),
  settings({ retentionCount: 1_000_001 }),
  settings({ notifications: 1 }),
  settings({ salt: 'x' }),
  settings({ toString: 1 }),
  settings(JSON.parse('{"__proto__":{"notifications":true}}')),
  settings({ constructor: true }),
];

test.each(BAD.map((c, i) => [`${i} ${JSON.stringify(c)?.slice(0, 70)}`, c]))(
  'refuses %s',
  (_name, command) => expect(isCommand(command)).toBe(false),
);

test('what is inherited is no setting', () => {
  const inherited: unknown = Object.create({ retentionDays: 7 });
  expect(isCommand({ type: 'settings', settings: inherited })).toBe(true);
  expect({ ...(inherited as object) }).toEqual({});
});

test('settings are merged; clear forgets; a failing database is told', async () => {
  freshProfile();
  const recorder = startWorker();
  const run = (command: Parameters<typeof runCommand>[1]) => runCommand(recorder, command, 1000);
  expect(await run({ type: 'settings', settings: { retentionDays: 7 } })).toEqual({ ok: true });
  expect(await onStore(readSettings)).toMatchObject({ retentionDays: 7, retentionCount: 50_000 });
  expect(await run({ type: 'pause', paused: true })).toEqual({ ok: true });
  expect(await onStore((db) => db.count('observations'))).toBe(1);
  expect(await run({ type: 'clear' })).toEqual({ ok: true });
  expect(await onStore((db) => db.count('observations'))).toBe(0);
  expect(await onStore(readSettings)).toMatchObject({ retentionDays: 7 });
  await recorder.withStore(async (db) => db.close());
  expect(await run({ type: 'pause', paused: false })).toEqual({ ok: false, problem: 'db-failed' });
});
