import { expect, test } from 'vitest';
import type { Observation } from '../../../utils/model/observation.ts';
import {
  authorize,
  exchange,
  firstLogin,
  HOUR,
  me,
  observe,
  repeatLogin,
  T0,
  token,
} from '../fixtures.ts';
import { judge } from './judge-history.ts';
import { mode } from './known-cases/known-case.ts';

const auto = mode('auto');
const DAY = 24 * HOUR;
/** The page's first call, with the token that the site kept of another user: on its way while the code is exchanged. */
const keptMe = (sentAt: number, fact = {}) => me(sentAt + 300, {}, { sentAt, ...fact });
const ofOther = { account: 'hash-other', connectedAt: T0 - 30 * DAY, wholeBody: true };
const first = (history: (Observation | Observation[])[]) => {
  const [judged] = judge([auto, firstLogin(T0), ...history], 50);
  return judged && [judged.verdict, judged.certainty];
};

test('call answered before the token is issued: no sure completion', () => {
  expect(first([keptMe(T0 + 3100), exchange(T0 + 4000)])).toEqual(['complete', 'likely']);
  expect(first([keptMe(T0 + 3100, ofOther), exchange(T0 + 4000)])).toEqual(['complete', 'likely']);
});

test('call sent before the token is issued, answered after it: no sure completion', () => {
  const slow = me(T0 + 5000, {}, { sentAt: T0 + 3100, ...ofOther });
  expect(first([exchange(T0 + 4000), slow])).toEqual(['complete', 'likely']);
});

test('kept token, then the login’s own: surely complete, and what the first told is forgotten', () => {
  const own = me(T0 + 5000, {}, { account: 'hash-own', connectedAt: T0 + 3000 });
  const [login] = judge(
    [auto, firstLogin(T0), keptMe(T0 + 3100, ofOther), exchange(T0 + 4000), own],
    50,
  );
  expect(login).toMatchObject({ verdict: 'complete', certainty: 'certain' });
  expect(login?.login).toMatchObject({ userHash: 'hash-own', connectedAt: T0 + 3000 });
});

test('consent, and an answer about a link of weeks ago: another user’s call, no sure completion', () => {
  expect(first([exchange(T0 + 4000), me(T0 + 5000, {}, ofOther)])).toEqual(['complete', 'likely']);
});

test('repeat of the account, whose page first calls with its earlier token: surely complete', () => {
  const history = [exchange(T0 + 4000), repeatLogin(T0 + HOUR), keptMe(T0 + HOUR + 100)];
  expect(first([...history, exchange(T0 + HOUR + 1000)])).toEqual(['complete', 'certain']);
});

test('token reported with a page that came late: its call is surely the login’s', () => {
  const reported = observe(token(), T0 + 4600, { source: 'server' });
  const history = [me(T0 + 4400, {}, { sentAt: T0 + 4100 }), reported];
  expect(first(history)).toEqual(['complete', 'certain']);
});

test('call that begins the login of a popup: it counts for that login', () => {
  const popup = { redirectUri: 'kakaojs', params: ['client_id', 'redirect_uri', 'proxy'] };
  const screen = observe(authorize({ ...popup, outcome: 'screen' }), T0, {
    tab: 'r:2',
    opener: 'r:1',
  });
  const call = me(T0 + 4400, {}, { inFrame: true, sentAt: T0 + 4000 });
  expect(judge([auto, screen, call], 50)[0]?.verdict).toBe('complete');
});

test('server that reports call and token with one answer, in any order: surely complete', () => {
  const server = { source: 'server' as const };
  const at = T0 + 4000;
  expect(first([me(at, server), observe(token(), at, server)])).toEqual(['complete', 'certain']);
  expect(first([observe(token(), at, server), me(at, server)])).toEqual(['complete', 'certain']);
});
