import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answerMessage, runCommand } from '../../../utils/background/commands.ts';
import type { Observation } from '../../../utils/model/observation.ts';
import type { Session } from '../../../utils/model/session.ts';
import { dayOf, editSessions, endSession, sessionAt } from '../../../utils/model/session.ts';
import { replayObservations } from '../../../utils/report/replay/replay-observations.ts';
import {
  allSessions,
  loginsBySession,
  sessionReport,
} from '../../../utils/report/session-report.ts';
import { recordsOf } from '../background/no-private-records.ts';
import { api, firstLogin, HOUR, observe, token } from '../fixtures.ts';
import { freshProfile, onStore, tabPorts, startWorker } from '../store/database.ts';

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

test('session takes tester, build and environment of the one before it, but no notes', () => {
  const words = { tester: '지수', build: '7', environment: 'staging', notes: 'slow today' };
  const first = editSessions([], { type: 'session', begin: true, ...words }, NOW);
  const carried = { tester: '지수', build: '7', environment: 'staging', notes: '' };
  expect(sessionAt(first, NOW + DAY)).toMatchObject(carried);
  expect(editSessions(first, { type: 'session', begin: true, build: '8' }, NOW + DAY)[1]).toEqual(
    expect.objectContaining({ ...carried, build: '8' }),
  );
});

/** Two logins of Friday afternoon, one of which called nothing; a login on Monday; and one on Tuesday. */
function weekend() {
  const friday = NOW;
  const monday = friday + 3 * DAY;
  const days: [string, Observation[]][] = [
    [
      'friday',
      [
        ...firstLogin(friday, { tab: 'r:1' }),
        observe(token(), friday + 4000, { tab: 'r:1' }),
        ...firstLogin(friday + HOUR, { tab: 'r:2', site: 'https://b.test' }),
        observe(token(), friday + HOUR + 4000, { tab: 'r:2', site: 'https://b.test' }),
        observe(api('/v2/user/me'), friday + HOUR + 5000, { tab: 'r:2', site: 'https://b.test' }),
      ],
    ],
    ['monday', firstLogin(monday, { tab: 'r:3', site: 'https://c.test' })],
    ['tuesday', firstLogin(monday + DAY, { tab: 'r:4', site: 'https://d.test' })],
  ];
  const replayed = replayObservations(days.flatMap(([, list]) => list));
  const sessionOf = new Map(days.flatMap(([id, list]) => list.map((o) => [o.id, id] as const)));
  const rows = replayed.observations.map((o, i) => {
    return { ...o, seq: i + 1, session: sessionOf.get(o.id) ?? '' };
  });
  const session = (id: string, startedAt: number, endedAt: number | null): Session => {
    return { id, name: id, startedAt, endedAt, tester: '지수', build: '', notes: '' };
  };
  const sessions = [
    session('friday', friday, monday),
    session('monday', monday, monday + DAY),
    session('tuesday', monday + DAY, null),
  ];
  return { loginState: replayed.loginState, rows, sessions, health: { dropped: 0 } };
}

test('Friday’s miss is in Monday’s report, and what Friday completed is not', () => {
  const { loginState, rows, sessions } = weekend();
  const found = loginsBySession(loginState, sessions, rows);
  const sites = (id: string) =>
    [...(found.get(id) ?? [])].map((login) => loginState.logins.get(login)?.site);
  expect(sites('friday')).toEqual(['https://page.shop.test', 'https://b.test']);
  expect(sites('monday').toSorted()).toEqual(['https://c.test', 'https://page.shop.test']);
  expect(sites('tuesday').toSorted()).toEqual(['https://c.test', 'https://d.test']);
});

test('what a callback log tells of the weekend does not hide what it decided', () => {
  const { loginState, rows, sessions } = weekend();
  const fact = { type: 'unlink-callback' as const, appId: null, account: 'h', timeKnown: true };
  const callback = observe({ ...fact, referrerType: 'ACCOUNT_DELETE' }, NOW + 2 * DAY, {
    source: 'callback',
  });
  const read = [...rows, { ...callback, seq: rows.length + 1, session: 'monday' }];
  const found = loginsBySession(loginState, sessions, read);
  expect(found.get('monday')).toEqual(loginsBySession(loginState, sessions, rows).get('monday'));
});

test('report of all sessions holds every login once, and counts what it says', () => {
  const records = weekend();
  const report = sessionReport(records, allSessions(records.sessions, 'All sessions'), {
    generator: { name: 'Linkwatch', version: '0', browser: 'test' },
    at: NOW + 4 * DAY + HOUR,
    everything: true,
  });
  expect(report.session).toMatchObject({ name: 'All sessions', tester: '지수', endedAt: null });
  expect(report.counts).toMatchObject({ logins: 4, observations: records.rows.length });
  expect(report.counts.byVerdict).toMatchObject({ complete: 1, missed: 1 });
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
  const run = (command: object) => answerMessage(recordsOf(recorder), command, NOW, tabPorts);
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
  await runCommand(recordsOf(recorder), { type: 'session', begin: true }, NOW);
  const read = [
    { at: NOW - 9 * DAY, appId: '7', account: 'h', referrerType: 'INCOMPLETE_SIGN_UP' },
    { appId: null, account: 'i', referrerType: 'ACCOUNT_DELETE' },
  ];
  expect(
    await answerMessage(recordsOf(recorder), { type: 'callbacks', read }, NOW, tabPorts),
  ).toEqual({
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
