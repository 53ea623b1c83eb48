import { describe, expect, test } from 'vitest';
import { createTrafficLimit } from '../../../../utils/background/traffic/traffic-limit.ts';
import type { Observation } from '../../../../utils/model/observation.ts';
import { authorize, exchange, firstLogin, me, observe, T0 } from '../../fixtures.ts';
import { judge } from '../../verdict/judge-history.ts';

const MINUTE = 60_000;
const types = (observations: readonly Observation[]) => observations.map((o) => o.type);

/** A hidden frame of an unwatched page, with a made-up key of its own. */
const frame = (i: number, more: Parameters<typeof authorize>[0] = {}, tab = 'r:9') =>
  observe(
    authorize({ clientId: `key-${i}`, outcome: 'login-form', watched: false, ...more }),
    T0 + i * 78,
    { tab, site: 'https://any.test' },
  );
const many = (count: number, more: Parameters<typeof authorize>[0] = {}) =>
  Array.from({ length: count }, (_, i) => frame(i, more));

/** What is recorded of observations, of which `inSubFrame` tells those that frames made. */
function admitted(
  observations: readonly Observation[],
  inSubFrame = (o: Observation) => o.tab === 'r:9',
) {
  const limit = createTrafficLimit();
  return observations.flatMap((o) => limit.admit([o], inSubFrame(o)));
}

describe('page that fills itself with frames', () => {
  test('600 frames in 47 s: thirty steps and one loss are recorded', () => {
    const recorded = admitted(many(600));
    expect(recorded).toHaveLength(31);
    expect(recorded.at(-1)).toMatchObject({ type: 'loss', leftOut: 'steps', tab: 'r:9' });
  });

  test('error pages of frames of an unwatched site: none is recorded; of a watched one they are', () => {
    expect(admitted(many(600, { outcome: 'error-page' }))).toEqual([]);
    expect(admitted(many(3, { outcome: 'error-page', watched: true }))).toHaveLength(3);
  });

  test('the same step again and again: recorded once in ten seconds', () => {
    const same = many(600).map(
      (o) => ({ ...o, clientId: 'key', sentAt: o.at - 50 }) as Observation,
    );
    expect(types(admitted(same))).toEqual(Array(5).fill('authorize'));
    expect(admitted(same, () => false).filter((o) => o.type === 'authorize')).toHaveLength(240);
  });

  test('the same login again and again: each is recorded', () => {
    const codes = Array.from({ length: 5 }, (_, i) =>
      frame(i, { clientId: 'key', outcome: 'code' }),
    );
    expect(admitted(codes)).toEqual(codes);
  });

  test('clock that is set back: a new minute begins', () => {
    const later = many(31).map((o) => ({ ...o, at: o.at + 60 * MINUTE }));
    expect(types(admitted([...later, ...many(30)]))).toEqual([
      ...Array(30).fill('authorize'),
      'loss',
      ...Array(30).fill('authorize'),
    ]);
  });

  test('SDK frames count as well, calls of watched sites do not', () => {
    const frames = Array.from({ length: 100 }, (_, i) =>
      observe({ type: 'frame' }, T0 + i * 100, { tab: 'r:9', site: `https://s${i}.test` }),
    );
    expect(admitted(frames)).toHaveLength(31);
    const calls = Array.from({ length: 1000 }, (_, i) => me(T0 + i, { tab: 'r:9' }));
    expect(admitted(calls)).toEqual(calls);
  });

  test('polls with made-up keys: thirty and one loss', () => {
    const polls = Array.from({ length: 600 }, (_, i) =>
      observe({ type: 'poll', clientId: `key-${i}`, watched: false }, T0 + i * 78, { tab: 'r:9' }),
    );
    expect(types(admitted(polls))).toEqual([...Array(30).fill('poll'), 'loss']);
    const ofSdk = Array.from({ length: 60 }, (_, i) =>
      observe({ type: 'poll', clientId: 'key', watched: true }, T0 + i * 1000, { tab: 'r:1' }),
    );
    expect(admitted(ofSdk)).toEqual(ofSdk);
  });

  test('next minute: thirty more; another tab has its own', () => {
    const later = many(40).map((o) => ({ ...o, at: o.at + MINUTE }));
    const recorded = admitted([...many(40), ...later]);
    expect(types(recorded).filter((type) => type === 'authorize')).toHaveLength(60);
    const other = Array.from({ length: 20 }, (_, i) => frame(i, {}, 'r:8'));
    expect(admitted([...many(40), ...other], () => true).filter((o) => o.tab === 'r:8')).toEqual(
      other,
    );
  });

  test('whole logins left out: a loss of logins, told once until something else is recorded', () => {
    const logins = many(200, { outcome: 'code' });
    const recorded = admitted([...logins, me(T0 + MINUTE / 2), ...logins.slice(40, 60)]);
    expect(recorded.filter((o) => o.type === 'loss')).toMatchObject([
      { leftOut: 'logins', tab: null },
      { leftOut: 'logins', tab: null },
    ]);
    expect(recorded).toHaveLength(33);
  });
});

test('a person’s login beside such a page: judged for certain, as without it', () => {
  const login = [...firstLogin(T0 + 10_000), exchange(T0 + 14_000)];
  const flood = many(600);
  const history = [...login, ...flood].sort((a, b) => a.at - b.at);
  const [judged] = judge([admitted(history)], 30).filter((v) => v.login.clientId !== 'unknown');
  const [alone] = judge([login], 30);
  expect(judged).toMatchObject({ verdict: 'missed', certainty: 'certain' });
  expect(judged?.verdict).toBe(alone?.verdict);
});

test('screen that was left out: the login after it is no repeat for certain', () => {
  const screen = frame(700, { outcome: 'screen' });
  const code = observe(
    authorize({ clientId: null, method: 'GET', params: [], fromKakao: true }),
    screen.at + MINUTE,
    { tab: 'r:9', site: null },
  );
  const flood = many(40).map((o) => ({ ...o, at: screen.at - 1000 }));
  const [judged] = judge([admitted([...flood, screen, code])], 1);
  expect(judged).toMatchObject({ certainty: 'likely', login: { kind: 'unknown' } });
});

test('login form that was left out: another account may have logged in there', () => {
  const before = firstLogin(T0 - MINUTE);
  const form = { ...frame(1), at: T0 + MINUTE / 2, id: 'form' };
  const after = observe(authorize(), T0 + 2 * MINUTE);
  const history = [...before, ...many(40, { outcome: 'screen' }), form, after];
  const sessions = judge([admitted(history)], 1).map((v) => v.login.kakaoSession);
  expect(new Set(sessions).size).toBe(2);
});
