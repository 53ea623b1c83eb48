import { expect, test, vi } from 'vitest';
import { dayOf, editSessions, sessionAt } from '../../utils/store/session.ts';

vi.mock('wxt/browser', () => ({ browser: {} }));

const { isCommand, runCommand } = await import('../../utils/browser/commands.ts');
const { freshProfile, onStore, startWorker } = await import('./store-database.ts');

const NOW = new Date(2026, 10, 22, 12).getTime();
const DAY = 86_400_000;

test('a session lasts a day unless it is held', () => {
  const [first] = editSessions([], { type: 'session', begin: true }, NOW);
  if (!first) throw new Error('no session');
  expect(first.name).toBe(dayOf(NOW));
  expect(sessionAt([first], NOW + 1000)).toBe(first);
  expect(sessionAt([first], NOW + DAY).name).toBe(dayOf(NOW + DAY));
  expect(sessionAt([{ ...first, held: true }], NOW + DAY).id).toBe(first.id);
});

test('beginning one ends the open one, and no two are named alike', () => {
  const one = editSessions([], { type: 'session', begin: true }, NOW);
  const two = editSessions(one, { type: 'session', begin: true }, NOW + 5000);
  expect(two.map((s) => [s.name, s.endedAt])).toEqual([
    [dayOf(NOW), NOW + 5000],
    [`${dayOf(NOW)} (2)`, null],
  ]);
});

test('the worker stores what the tester says of a session, and nothing else', async () => {
  freshProfile();
  const recorder = startWorker();
  const run = (command: object) => {
    expect(isCommand(command)).toBe(true);
    return runCommand(recorder, command as never, NOW);
  };
  expect(await run({ type: 'session', begin: true, name: 'build 7' })).toEqual({ ok: true });
  const stored = () => onStore((db) => db.getAll('sessions'));
  const id = (await stored())[0]?.id;
  await run({ type: 'session', id, tester: '지수', endedAt: 0 });
  await run({ type: 'step', text: 'cancel on consent', secret: 'x' });
  expect(await stored()).toEqual([
    expect.objectContaining({ id, name: 'build 7', tester: '지수', endedAt: null }),
  ]);
  const rows = await onStore((db) => db.getAll('observations'));
  expect(rows).toEqual([expect.objectContaining({ type: 'step', source: 'tester', session: id })]);
  expect(rows[0]).not.toHaveProperty('secret');
});

test('callbacks of the past go to the open session and end nothing', async () => {
  freshProfile();
  const recorder = startWorker();
  await runCommand(recorder, { type: 'session', begin: true }, NOW);
  const read = [
    { at: NOW - 9 * DAY, appId: '7', account: 'h', referrerType: 'INCOMPLETE_SIGN_UP' },
    { appId: null, account: 'i', referrerType: 'ACCOUNT_DELETE' },
  ];
  expect(isCommand({ type: 'callbacks', read })).toBe(true);
  await runCommand(recorder, { type: 'callbacks', read }, NOW);
  const sessions = await onStore((db) => db.getAll('sessions'));
  const rows = await onStore((db) => db.getAll('observations'));
  expect(sessions).toHaveLength(1);
  expect(sessions[0]?.endedAt).toBeNull();
  expect(rows.map((r) => [r.at, r.type === 'unlink-callback' && r.timeKnown])).toEqual([
    [NOW - 9 * DAY, true],
    [NOW, false],
  ]);
});
