import { expect, test } from 'vitest';
import { answerMessage } from '../../../utils/background/commands.ts';
import { readSettings } from '../../../utils/store/meta.ts';
import { freshProfile, onStore, startWorker } from '../store/database.ts';

test('settings are merged, clear forgets, a failing database is told', async () => {
  freshProfile();
  const recorder = startWorker();
  const run = (message: unknown) => answerMessage(recorder, message, 1000);
  expect(await run({ type: 'settings', settings: { retentionDays: 7 } })).toEqual({ ok: true });
  expect(await onStore(readSettings)).toMatchObject({ retentionDays: 7, retentionCount: 50_000 });
  expect(await run({ type: 'settings', settings: { salt: 'x' } })).toEqual({ ok: true });
  expect(await onStore(readSettings)).not.toHaveProperty('salt');
  expect(await run({ type: 'pause', paused: true })).toEqual({ ok: true });
  expect(await onStore((db) => db.count('observations'))).toBe(1);
  expect(await run({ type: 'clear' })).toEqual({ ok: true });
  expect(await onStore((db) => db.count('observations'))).toBe(0);
  expect(await onStore(readSettings)).toMatchObject({ retentionDays: 7 });
  await recorder.withStore(async (db) => db.close());
  expect(await run({ type: 'pause', paused: false })).toEqual({ ok: false, problem: 'db-failed' });
});

test('message that is no command: answered, and nothing is stored', async () => {
  freshProfile();
  expect(await answerMessage(startWorker(), { type: 'label' }, 1000)).toEqual({
    ok: false,
    problem: 'bad-command',
  });
  expect(await onStore((db) => db.count('observations'))).toBe(0);
});
