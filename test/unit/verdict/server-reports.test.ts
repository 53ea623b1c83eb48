import { describe, expect, test } from 'vitest';
import type { Observation } from '../../../utils/model/observation.ts';
import { reduce } from '../../../utils/verdict/reduce.ts';
import { createLoginState } from '../../../utils/verdict/state/login-state.ts';
import { api, APP, firstLogin, HOUR, observe, T0, token } from '../fixtures.ts';
import { judgeAt } from './judge-history.ts';

const MINUTE = 60_000;
const report = (path: string, at: number, more = {}) =>
  observe(api(path), at, { source: 'server', ...more });

const judge = (history: Observation[], at: number) =>
  judgeAt(history, at).map((v) => [v.verdict, v.visibility, v.doubt]);
const auto = observe({ type: 'app', clientId: APP, linkMode: 'auto' }, T0, { source: 'tester' });

describe('report of a site without a login', () => {
  test('login within ten minutes: the report completes it, as likely', () => {
    const early = report('/v2/user/me', T0 - 9 * MINUTE);
    expect(judge([auto, early, ...firstLogin(T0)], T0 + HOUR)).toEqual([
      ['complete', 'server-reported', 'reported-before'],
    ]);
  });

  test('login after more than ten minutes: the report is dropped', () => {
    const early = report('/v2/user/me', T0 - 11 * MINUTE);
    expect(judge([auto, early, ...firstLogin(T0)], T0 + 30 * HOUR)).toEqual([
      ['unseen', 'none', null],
    ]);
  });

  test('login of another site: the report is not its', () => {
    const early = report('/v2/user/me', T0 - MINUTE, { site: 'https://other.test' });
    expect(judge([auto, early, ...firstLogin(T0)], T0 + 30 * HOUR)).toEqual([
      ['unseen', 'none', null],
    ]);
  });

  test('report that found its login: the change names both', () => {
    const loginState = createLoginState();
    const early = observe(token(), T0 - MINUTE, { source: 'server' });
    expect(reduce(loginState, early).loginId).toBeNull();
    const changes = firstLogin(T0).map((o) => reduce(loginState, o));
    expect(changes.at(-1)?.attached).toEqual(new Map([[early.id, changes.at(-1)?.loginId]]));
    expect(loginState.tracking.bufferedReports).toEqual([]);
  });

  test('call seen by the browser before the login: it completes nothing', () =>
    expect(
      judge([auto, observe(api('/v2/user/me'), T0 - MINUTE), ...firstLogin(T0)], T0 + HOUR),
    ).toEqual([['pending', 'none', null]]));
});

test('site that reports, site that does not: neither affects the other', () => {
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

test('back end with its own origin: it reports for logins redirected to it', () => {
  const back = 'https://api.shop.test';
  const history = [
    auto,
    ...firstLogin(T0, { fact: { redirectUri: `${back}/cb` } }),
    report('/v2/user/me', T0 + MINUTE, { site: back }),
  ];
  expect(judge(history, T0 + HOUR)).toEqual([['complete', 'server-reported', null]]);
});
