import { expect, test } from 'vitest';
import { api, exchange, firstLogin, HOUR, me, observe, repeatLogin, T0 } from '../fixtures.ts';
import { judge } from './judge-history.ts';
import { mode } from './known-cases/known-case.ts';

const account = 'hash-a';
const nowhere = { tab: null, site: null };
const auto = mode('auto');
/** As Kakao's console sends it as a sample, too. */
const callback = (at: number, appId: string | null = '1') =>
  observe(
    {
      type: 'unlink-callback',
      appId,
      account,
      referrerType: 'UNLINK_FROM_APPS',
      timeKnown: true,
    },
    at,
    { source: 'callback', ...nowhere },
  );
const whose = (at: number) => observe(api('/v1/user/access_token_info', 200, { account }), at);
const login = [auto, ...firstLogin(T0), exchange(T0 + 4000)];

test('token that is good after a callback: the link was not surely cut', () => {
  const history = [
    ...login,
    whose(T0 + 5000),
    me(T0 + HOUR, {}, { account }),
    callback(T0 + HOUR / 2),
  ];
  expect(judge(history, 3)[0]).toMatchObject({ verdict: 'complete', certainty: 'certain' });
});

test('login without consent after a callback: the link was not surely cut', () => {
  const later = T0 + 50 * HOUR;
  const history = [
    ...login,
    me(T0 + 5000, {}, { account }),
    ...repeatLogin(later),
    exchange(later + 1000),
    whose(later + 2000),
    callback(T0 + HOUR / 2),
  ];
  const [first] = judge(history, 51);
  expect([first?.verdict, first?.certainty]).not.toEqual(['unlinked', 'certain']);
});

test('nothing good after a callback: the link was surely cut', () => {
  const history = [...login, me(T0 + 5000, {}, { account }), callback(T0 + HOUR / 2)];
  expect(judge(history, 51)[0]).toMatchObject({ verdict: 'unlinked', certainty: 'certain' });
});

test('callback that names no app, after one that did: it is of this app, too', () => {
  const again = T0 + 2 * HOUR;
  const history = [
    ...login,
    whose(T0 + 5000),
    callback(T0 + HOUR),
    ...firstLogin(again),
    exchange(again + 4000),
    whose(again + 5000),
    callback(again + HOUR, null),
  ];
  expect(judge(history, 51)[1]).toMatchObject({ verdict: 'unlinked', certainty: 'certain' });
});
