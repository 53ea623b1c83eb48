import { expect, test, vi } from 'vitest';
import { answerMessage } from '../../../utils/background/commands.ts';
import { onChange } from '../../../utils/browser/change-channel.ts';
import { linkMode, appOf } from '../../../utils/model/app.ts';
import { readSettings } from '../../../utils/store/meta.ts';
import { firstLogin, HOUR, me, observe, T0, token } from '../fixtures.ts';
import { freshProfile, onStore, tabPorts, startWorker } from '../store/database.ts';
import { judgeAt } from '../verdict/judge-history.ts';
import { answerMessageOf } from './answer-message.ts';
import { recordsOf } from './no-private-records.ts';

test('settings are merged, clear forgets, a failing database is told', async () => {
  freshProfile();
  const recorder = startWorker();
  const run = (message: unknown) => answerMessage(recordsOf(recorder), message, 1000, tabPorts);
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

test('salt replaced: the account looks new, and its calls may be of a login before', async () => {
  freshProfile();
  const recorder = startWorker();
  const login = [...firstLogin(T0), observe(token(200, { account: 'old hash' }), T0 + 4000)];
  await recorder.record(login);
  const replaced = await answerMessage(
    recordsOf(recorder),
    { type: 'reset-salt' },
    T0 + 5000,
    tabPorts,
  );
  expect(replaced).toEqual({ ok: true });
  await recorder.record([me(T0 + 6000, {}, { account: 'new hash' })]);
  const rows = await onStore((db) => db.getAll('observations'));
  const [judged] = judgeAt(rows, T0 + 30 * HOUR);
  expect(judged).toMatchObject({ verdict: 'complete', doubt: 'account-unknown' });
});

test('message that is no command: answered, and nothing is stored', async () => {
  freshProfile();
  expect(await answerMessage(recordsOf(startWorker()), { type: 'label' }, 1000, tabPorts)).toEqual({
    ok: false,
    problem: 'bad-command',
  });
  expect(await onStore((db) => db.count('observations'))).toBe(0);
});

test('answer from the developer tools: recorded for watched sites, not while paused', async () => {
  freshProfile();
  const recorder = startWorker();
  const run = (message: unknown) => answerMessage(recordsOf(recorder), message, 1000, tabPorts);
  const told = answerMessageOf('https://page.shop.test');
  const answer = { ...told, fact: { ...told.fact, email: 'a@mail.test' } };
  expect(await run(answer)).toEqual({ ok: true });
  const [row] = await onStore((db) => db.getAll('observations'));
  expect(row).toMatchObject({ ...told.fact, at: 980, source: 'browser', site: null, tab: 'r:7' });
  expect(row).not.toHaveProperty('email');
  const closed = { ...tabPorts, tabContextOf: async () => null };
  expect(await answerMessage(recordsOf(recorder), answer, 1000, closed)).toEqual({ ok: true });
  expect(await run({ ...answer, site: 'https://other.test' })).toEqual({ ok: true });
  expect(await onStore((db) => db.count('observations'))).toBe(1);
  await run({ type: 'pause', paused: true });
  expect(await run(answer)).toEqual({ ok: true });
  expect(await onStore((db) => db.count('observations'))).toBe(2);
});

test("link modes out of a file: each is the tester's word on its app, also of one not seen yet", async () => {
  freshProfile();
  const recorder = startWorker();
  const modes = [
    { clientId: 'one', linkMode: 'auto' },
    { clientId: 'two', linkMode: 'manual' },
  ];
  expect(
    await answerMessage(recordsOf(recorder), { type: 'link-modes', modes }, 1000, tabPorts),
  ).toEqual({
    ok: true,
  });
  const told = await recorder.withStore(async (_db, loginState) =>
    modes.map(({ clientId }) => linkMode(appOf(loginState, clientId))),
  );
  expect(told).toEqual(['auto', 'manual']);
  const [row] = await onStore((db) => db.getAll('observations'));
  expect(row).toMatchObject({ type: 'app', source: 'tester', at: 1000 });
});

test('callbacks: one without a time is dated when it was read, and says so', async () => {
  freshProfile();
  const callback = { appId: '1', account: 'hash', referrerType: 'INCOMPLETE_SIGN_UP' };
  const read = [{ ...callback, at: T0 }, callback];
  const told = await answerMessage(
    recordsOf(startWorker()),
    { type: 'callbacks', read },
    T0 + HOUR,
    tabPorts,
  );
  expect(told).toEqual({ ok: true });
  const rows = await onStore((db) => db.getAll('observations'));
  expect(rows).toMatchObject([
    { type: 'unlink-callback', at: T0, timeKnown: true },
    { type: 'unlink-callback', at: T0 + HOUR, timeKnown: false },
  ]);
});

test('settings changed: the open pages are told', async () => {
  freshProfile();
  const told = vi.fn();
  const stop = onChange(told);
  const settings = { notifications: true };
  await answerMessage(recordsOf(startWorker()), { type: 'settings', settings }, 1000, tabPorts);
  await vi.waitFor(() => expect(told).toHaveBeenCalledTimes(1));
  stop();
});
