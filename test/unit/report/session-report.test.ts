import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answerMessage, runCommand } from '../../../utils/background/commands.ts';
import type { Session } from '../../../utils/model/session.ts';
import { dayOf, editSessions, endSession, sessionAt } from '../../../utils/model/session.ts';
import { freshProfile, onStore, answerPorts, startWorker } from '../store/database.ts';

const NOW = new Date(2026, 10, 22, 12).getTime();
const DAY = 86_400_000;

test('session lasts a day unless it is held', () => {
  const [first] = editSessions([], { type: 'session', begin: true }, NOW);
  if (!first) throw new Error('no session');
  expect(first.name).toBe(dayOf(NOW));
  expect(sessionAt([first], NOW + 1000)).toBe(first);
  expect(sessionAt([first], NOW + DAY).name).toBe(dayOf(NOW + DAY));
  expect(sessionAt([{ ...first, held: true }], NOW + DAY).id).toBe(first.id);
});

test('beginning a session ends the open one and gives a unique name', () => {
  const one = editSessions([], { type: 'session', begin: true }, NOW);
  const two = editSessions(one, { type: 'session', begin: true }, NOW + 5000);
  expect(two.map((s) => [s.name, s.endedAt])).toEqual([
    [dayOf(NOW), NOW + 5000],
    [`${dayOf(NOW)} (2)`, null],
  ]);
});

test('ended session takes nothing more: the next observation begins one', () => {
  const one = editSessions([], { type: 'session', begin: true }, NOW);
  const id = one[0]?.id ?? '';
  const ended = editSessions(one, { type: 'session', id, end: true }, NOW + 5000);
  expect(ended).toEqual([{ ...one[0], endedAt: NOW + 5000 }]);
  expect(editSessions(ended, { type: 'session', id, end: true }, NOW + 9000)).toEqual(ended);
  const next = sessionAt(ended, NOW + 6000);
  expect(next).toMatchObject({ name: `${dayOf(NOW)} (2)`, startedAt: NOW + 6000, endedAt: null });
  expect(sessionAt([...ended, next], NOW + 7000)).toBe(next);
  // What arrives a day late belongs to the session that was open then.
  const nextDay = editSessions([...ended, next], { type: 'session', begin: true }, NOW + DAY);
  expect(sessionAt(nextDay, NOW + 4000).id).toBe(id);
  expect(sessionAt(nextDay, NOW + 7000).id).toBe(next.id);
});

test('ended session that was held takes nothing more', () => {
  const one = editSessions([], { type: 'session', begin: true, held: true }, NOW);
  const id = one[0]?.id ?? '';
  const ended = editSessions(one, { type: 'session', id, end: true }, NOW + DAY);
  expect(sessionAt(ended, NOW + DAY + 1000)).toMatchObject({ name: dayOf(NOW + DAY) });
});

test('any history: one open session, unique names, ended ones unchanged', () => {
  const step = fc.record({
    what: fc.constantFrom('see', 'see', 'begin', 'end', 'hold'),
    after: fc.integer({ min: 1, max: 30 * 3_600_000 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let sessions: Session[] = [];
      let at = NOW;
      for (const { what, after } of steps) {
        at += after;
        const open = sessions.find((s) => s.endedAt === null);
        const ended = sessions.filter((s) => s.endedAt !== null);
        if (what === 'see') {
          const got = sessionAt(sessions, at);
          expect(got.endedAt).toBeNull();
          if (!sessions.includes(got)) sessions = [...sessions.map((s) => endSession(s, at)), got];
        } else {
          const edit = {
            begin: { begin: true },
            end: { id: open?.id ?? 'none', end: true },
            hold: { id: open?.id ?? 'none', held: true },
            see: {},
          }[what];
          sessions = editSessions(sessions, { type: 'session', ...edit }, at);
        }
        expect(sessions).toEqual(expect.arrayContaining(ended));
        expect(sessions.filter((s) => s.endedAt === null).length).toBeLessThan(2);
        expect(new Set(sessions.map((s) => s.name)).size).toBe(sessions.length);
        expect(new Set(sessions.map((s) => s.id)).size).toBe(sessions.length);
      }
    }),
  );
});

test('worker stores the tester’s edits of a session and nothing else', async () => {
  freshProfile();
  const recorder = startWorker();
  const run = (command: object) => answerMessage(recorder, command, NOW, answerPorts);
  expect(await run({ type: 'session', begin: true, name: 'build 7' })).toEqual({ ok: true });
  const stored = () => onStore((db) => db.getAll('sessions'));
  const id = (await stored())[0]?.id;
  const edit = { type: 'session', id, tester: '지수', environment: 'staging', endedAt: 0 };
  expect(await run(edit)).toEqual({ ok: true });
  expect(await run({ type: 'step', text: 'cancel on consent', secret: 'x' })).toEqual({ ok: true });
  expect(await stored()).toEqual([
    expect.objectContaining({
      id,
      name: 'build 7',
      tester: '지수',
      environment: 'staging',
      endedAt: null,
    }),
  ]);
  const rows = await onStore((db) => db.getAll('observations'));
  expect(rows).toEqual([expect.objectContaining({ type: 'step', source: 'tester', session: id })]);
  expect(rows[0]).not.toHaveProperty('secret');
});

test('callbacks of the past go to the open session and end none', async () => {
  freshProfile();
  const recorder = startWorker();
  await runCommand(recorder, { type: 'session', begin: true }, NOW);
  const read = [
    { at: NOW - 9 * DAY, appId: '7', account: 'h', referrerType: 'INCOMPLETE_SIGN_UP' },
    { appId: null, account: 'i', referrerType: 'ACCOUNT_DELETE' },
  ];
  expect(await answerMessage(recorder, { type: 'callbacks', read }, NOW, answerPorts)).toEqual({
    ok: true,
  });
  const sessions = await onStore((db) => db.getAll('sessions'));
  const rows = await onStore((db) => db.getAll('observations'));
  expect(sessions).toHaveLength(1);
  expect(sessions[0]?.endedAt).toBeNull();
  expect(rows.map((r) => [r.at, r.type === 'unlink-callback' && r.timeKnown])).toEqual([
    [NOW - 9 * DAY, true],
    [NOW, false],
  ]);
});
