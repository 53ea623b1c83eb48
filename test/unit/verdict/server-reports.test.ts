import { describe, expect, test } from 'vitest';
import { reduce } from '../../../utils/verdict/reduce.ts';
import { createLoginState } from '../../../utils/verdict/login-state.ts';
import type { Observation } from '../../../utils/model/observation.ts';
import { judgeAt } from './judge-history.ts';
import { api, APP, firstLogin, HOUR, observe, T0, token } from '../fixtures.ts';

const MINUTE = 60_000;
const report = (path: string, at: number, more = {}) =>
  observe(api(path), at, { source: 'server', ...more });

const judge = (history: Observation[], at: number) =>
  judgeAt(history, at).map((v) => [v.verdict, v.visibility, v.doubt]);
const auto = observe({ type: 'app', clientId: APP, linkMode: 'auto' }, T0, { source: 'tester' });

describe('a report of a site without any login', () => {
  test('waits ten minutes for one, and is then only likely', () => {
    const early = report('/v2/user/me', T0 - 9 * MINUTE);
    expect(judge([auto, early, ...firstLogin(T0)], T0 + HOUR)).toEqual([
      ['complete', 'server-reported', 'reported-before'],
    ]);
  });

  test('does not wait longer', () => {
    const early = report('/v2/user/me', T0 - 11 * MINUTE);
    expect(judge([auto, early, ...firstLogin(T0)], T0 + 30 * HOUR)).toEqual([
      ['unseen', 'none', null],
    ]);
  });

  test('does not wait for a login of another site', () => {
    const early = report('/v2/user/me', T0 - MINUTE, { site: 'https://other.test' });
    expect(judge([auto, early, ...firstLogin(T0)], T0 + 30 * HOUR)).toEqual([
      ['unseen', 'none', null],
    ]);
  });

  test('names the login it has found, so that its row can be placed', () => {
    const loginState = createLoginState();
    const early = observe(token(), T0 - MINUTE, { source: 'server' });
    expect(reduce(loginState, early).loginId).toBeNull();
    const changes = firstLogin(T0).map((o) => reduce(loginState, o));
    expect(changes.at(-1)?.attached).toEqual(new Map([[early.id, changes.at(-1)?.loginId]]));
    expect(loginState.tracking.bufferedReports).toEqual([]);
  });

  test('seen by the browser it does not wait: a call before the login completes nothing', () =>
    expect(
      judge([auto, observe(api('/v2/user/me'), T0 - MINUTE), ...firstLogin(T0)], T0 + HOUR),
    ).toEqual([['pending', 'none', null]]));
});

test('a site that reports and one that is dark do not touch each other', () => {
  const dark = { site: 'https://dark.test', tab: 'r:2' };
  const history = [
    auto,
    ...firstLogin(T0),
    ...firstLogin(T0 + MINUTE, { ...dark, fact: { redirectUri: 'https://dark.test/cb' } }),
    report('/v2/user/me', T0 + 2 * MINUTE),
  ];
  expect(judge(history, T0 + 30 * HOUR)).toEqual([
    ['complete', 'server-reported', null],
    ['unseen', 'none', null],
  ]);
});

test('a back end with an origin of its own reports for the login whose redirect it answers', () => {
  const back = 'https://api.shop.test';
  const history = [
    auto,
    ...firstLogin(T0, { fact: { redirectUri: `${back}/cb` } }),
    report('/v2/user/me', T0 + MINUTE, { site: back }),
  ];
  expect(judge(history, T0 + HOUR)).toEqual([['complete', 'server-reported', null]]);
});
