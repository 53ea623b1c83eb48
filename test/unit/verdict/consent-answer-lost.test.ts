import { expect, test } from 'vitest';
import {
  authorize,
  exchange,
  firstLogin,
  HOUR,
  me,
  observe,
  repeatLogin,
  T0,
} from '../fixtures.ts';
import { judge } from './judge-history.ts';
import { mode } from './known-cases/known-case.ts';

const auto = mode('auto');
/** The steps of a first login up to the screen, which is then left: its answer may have been lost. */
const leftAtScreen = (at: number, more = {}) => firstLogin(at, more).slice(0, 2);
const MINUTE = 60_000;

test('consent screen left, then a code without one: perhaps the first login', () => {
  const history = [auto, leftAtScreen(T0), repeatLogin(T0 + MINUTE), exchange(T0 + MINUTE + 1000)];
  expect(judge(history, 49)[0]).toMatchObject({ verdict: 'missed', certainty: 'likely' });
});

test('consent screen left in another tab: the same', () => {
  const later = { tab: 'r:2' };
  const history = [
    auto,
    leftAtScreen(T0),
    repeatLogin(T0 + MINUTE, later),
    exchange(T0 + MINUTE + 1000, later),
  ];
  expect(judge(history, 49)[0]).toMatchObject({ verdict: 'missed', certainty: 'likely' });
});

test('error page after the consent screen: the same; after a refusal surely a repeat', () => {
  const ended = (fact: Parameters<typeof authorize>[0]) =>
    observe(
      authorize({ clientId: null, method: 'POST', params: [], fromKakao: true, ...fact }),
      T0 + 30_000,
      { site: null },
    );
  const after = [repeatLogin(T0 + MINUTE), exchange(T0 + MINUTE + 1000)];
  const broken = ended({ outcome: 'error-page', status: 400 });
  const refused = ended({ outcome: 'error', error: 'access_denied' });
  expect(judge([auto, leftAtScreen(T0), broken, ...after], 49)[0]).toMatchObject({
    verdict: 'missed',
    certainty: 'likely',
  });
  expect(judge([auto, leftAtScreen(T0), refused, ...after], 49)[0]).toMatchObject({
    verdict: 'not-applicable',
    certainty: 'certain',
  });
});

test('screen of extra consent left by an account that was seen linked: a repeat', () => {
  const screen = authorize({ outcome: 'screen', params: ['client_id', 'scope'] });
  const history = [
    auto,
    repeatLogin(T0),
    exchange(T0 + 1000),
    me(T0 + 5000),
    observe(screen, T0 + MINUTE),
    repeatLogin(T0 + 2 * MINUTE),
    exchange(T0 + 2 * MINUTE + 1000),
  ];
  expect(judge(history, 49)[1]).toMatchObject({ verdict: 'not-applicable' });
});

test('consent screen left, the next one answered: the login after that is surely a repeat', () => {
  const history = [
    auto,
    leftAtScreen(T0),
    firstLogin(T0 + MINUTE),
    exchange(T0 + MINUTE + 4000),
    me(T0 + MINUTE + 5000),
    repeatLogin(T0 + 2 * MINUTE),
    exchange(T0 + 2 * MINUTE + 1000),
  ];
  expect(judge(history, 49).map((l) => [l.verdict, l.certainty])).toEqual([
    ['complete', 'certain'],
    ['not-applicable', 'certain'],
  ]);
});

test('consent screen left, another tab links the account: a login after that is surely a repeat', () => {
  const other = { tab: 'r:2' };
  const screen = observe(
    authorize({ params: ['through_account'], fromKakao: true, outcome: 'screen' }),
    T0 + MINUTE,
    { ...other, site: null },
  );
  const agreed = observe(
    authorize({ clientId: null, method: 'POST', params: [], fromKakao: true }),
    T0 + MINUTE + 1000,
    { ...other, site: null },
  );
  const history = [
    auto,
    leftAtScreen(T0),
    observe(authorize({ outcome: 'screen' }), T0 + MINUTE - 1000, other),
    screen,
    agreed,
    exchange(T0 + MINUTE + 2000, other),
    me(T0 + MINUTE + 3000, other),
    repeatLogin(T0 + HOUR),
    exchange(T0 + HOUR + 1000),
  ];
  expect(judge(history, 49).map((l) => [l.verdict, l.certainty])).toEqual([
    ['complete', 'certain'],
    ['not-applicable', 'certain'],
  ]);
});
