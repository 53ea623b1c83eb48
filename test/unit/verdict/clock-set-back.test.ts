import { expect, test } from 'vitest';
import { api, exchange, firstLogin, HOUR, me, observe, repeatLogin, T0 } from '../fixtures.ts';
import { judge } from './judge-history.ts';
import { after, consentAgain, mode } from './known-cases/known-case.ts';

test('clock set back while a call is on its way: it is of neither login for certain', () => {
  const history = [
    ...firstLogin(T0 - HOUR),
    exchange(T0 - HOUR + 4000),
    ...firstLogin(T0 + 47_000),
    exchange(T0 + 51_000),
    // It was sent before the second login ended, by a clock that then went back by a minute.
    me(T0 + 55_000, { tab: 'r:2' }, { sentAt: T0 + 100_000 }),
  ];
  for (const said of judge(history, 26)) expect(said.certainty).toBe('likely');
});

test('clock set back between logins: the second’s screen came after the first ended', () => {
  const [screen, ...agreed] = consentAgain(T0 + 12 * HOUR);
  if (!screen) throw new Error('no screen');
  const history = [
    ...firstLogin(T0),
    exchange(T0 + 4000),
    repeatLogin(T0 + 22 * HOUR),
    exchange(T0 + 22 * HOUR + 1000),
    // 42 hours after the first login, by a clock that was set back by 30 hours: Kakao has cut the link.
    { ...screen, sentAt: T0 + 12 * HOUR - 80 },
    ...agreed,
  ];
  const last = judge(history, 13).at(-1);
  expect(last?.login.kind).toBe('first');
});

test('clock set back into the window, after an unlink that may be the link’s: not surely pending', () => {
  const at = T0 + 26 * HOUR;
  const [login] = judge(
    [
      ...firstLogin(T0),
      exchange(T0 + 4000),
      repeatLogin(at, { fact: { prompt: ['login'] } }),
      exchange(at + 1000),
      observe(api('/v1/user/unlink', 200, { method: 'POST' }), at + 2000),
    ],
    1,
  );
  expect(login).toMatchObject({ verdict: 'pending', certainty: 'likely' });
});

test('clock set back before a call of a tab with another’s token: the tab’s login is of no known user', () => {
  const other = { tab: 'r:2' };
  const judged = judge(
    [
      ...firstLogin(T0),
      exchange(T0 + 4000),
      ...firstLogin(T0 + 26 * HOUR, other),
      exchange(T0 + 26 * HOUR + 4000, other),
      me(T0 + 26 * HOUR + 5000, other, { account: 'h2' }),
      me(T0 + 16 * HOUR, {}, { account: 'h2' }),
    ],
    50,
  );
  expect(judged.map(({ login }) => login.userHash)).toEqual([null, 'h2']);
});

test('clock set back before both logins of a tab: a call then is the second’s, and the first is missed', () => {
  const history = [
    ...firstLogin(T0),
    exchange(T0 + 4000),
    ...firstLogin(after(0, 10)),
    exchange(after(0, 10) + 4000),
    me(T0 - HOUR),
  ];
  const [first, second] = judge([mode('auto'), history], 50);
  expect(first).toMatchObject({ verdict: 'missed', certainty: 'certain' });
  expect(second).toMatchObject({ verdict: 'complete', doubt: 'clock-moved' });
});
