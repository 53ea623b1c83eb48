import { describe, expect, test } from 'vitest';
import type { Observation } from '../../../../utils/model/observation.ts';
import { TEST_CASES, type TestCase } from '../../../../utils/report/test-plan/test-case.ts';
import { testPlanOf } from '../../../../utils/report/test-plan/test-plan.ts';
import { replay } from '../../../../utils/verdict/reduce.ts';
import {
  api,
  APP,
  authorize,
  exchange,
  firstLogin,
  HOUR,
  me,
  observe,
  repeatLogin,
  T0,
} from '../../fixtures.ts';

/** The plan after some observations, judged `hours` after they began. */
function planOf(
  observations: readonly Observation[],
  { hours = 1, from = null }: { hours?: number; from?: number | null } = {},
) {
  const sorted = [...observations].sort((a, b) => a.at - b.at);
  const loginState = replay(sorted);
  const logins = [...loginState.logins.values()];
  const at = T0 + hours * HOUR;
  return testPlanOf({ loginState, logins, observations: sorted, from, until: null, at });
}

/** What a plan says of one case. */
const caseOf = (name: TestCase, ...[observations, options]: Parameters<typeof planOf>) =>
  planOf(observations, options).find((item) => item.case === name);

const tester = { source: 'tester' } as const;
const setApp = (fact: object, at = T0 - 1000) =>
  observe({ type: 'app', clientId: APP, ...fact }, at, tester);
const auto = setApp({ linkMode: 'auto' });
const manual = setApp({ linkMode: 'manual' });
const fixedIds = setApp({ fixedUserId: 'on' });
const rehearsal = setApp({ windowMs: 60_000 });
const error = (name: string, at = T0 + 2000) =>
  observe(authorize({ outcome: 'error', error: name, fromKakao: true }), at);
const signup = (at: number) => observe(api('/v1/user/signup', 200, { method: 'POST' }), at);
const unlink = (at: number, account: string) =>
  observe(api('/v1/user/unlink', 200, { method: 'POST', account }), at);
const loginAs = (account: string, at: number, steps = firstLogin) => [
  ...steps(at),
  exchange(at + 4000),
  me(at + 5000, {}, { account }),
];
const reportBy = (at: number) => me(at, { source: 'server', tab: null });
const withScope = { fact: { params: ['client_id', 'scope'] } };

/** For each case a history that shows it, and the nearest one that does not. */
const HISTORIES: Record<TestCase, { shows: Observation[]; not: Observation[] }> = {
  'first-complete': {
    shows: [auto, ...loginAs('a', T0)],
    not: [auto, ...firstLogin(T0), exchange(T0 + 4000)],
  },
  cancel: { shows: [error('access_denied')], not: [error('login_required')] },
  repeat: { shows: [...loginAs('a', T0), ...repeatLogin(T0 + 60_000)], not: loginAs('a', T0) },
  'second-account': {
    shows: [fixedIds, ...loginAs('a', T0), ...loginAs('b', T0 + 60_000)],
    not: [fixedIds, ...loginAs('a', T0), ...loginAs('a', T0 + 60_000, repeatLogin)],
  },
  'extra-consent': {
    shows: [
      ...loginAs('a', T0),
      ...firstLogin(T0 + 600_000, withScope),
      exchange(T0 + 604_000),
      me(T0 + 605_000, {}, { account: 'a', connectedAt: T0 - 16 * 3_600_000 }),
    ],
    not: [...loginAs('a', T0), ...loginAs('a', T0 + 600_000, repeatLogin)],
  },
  'unlink-and-again': {
    shows: [...loginAs('a', T0), unlink(T0 + 60_000, 'a'), ...loginAs('a', T0 + 120_000)],
    not: [...loginAs('a', T0), unlink(T0 + 60_000, 'a'), ...loginAs('b', T0 + 120_000)],
  },
  'manual-signup': {
    shows: [manual, ...firstLogin(T0), exchange(T0 + 4000), signup(T0 + 5000)],
    not: [manual, ...loginAs('a', T0)],
  },
  'server-side': {
    shows: [...firstLogin(T0), reportBy(T0 + 5000)],
    not: loginAs('a', T0),
  },
  'error-page': {
    shows: [observe(authorize({ outcome: 'error-page', status: 400, error: 'KOE006' }), T0)],
    not: [error('access_denied')],
  },
  'deadline-passed': {
    shows: [auto, rehearsal, ...firstLogin(T0), exchange(T0 + 4000)],
    not: [auto, rehearsal, ...loginAs('a', T0)],
  },
};

describe.each(TEST_CASES)('case %s', (name) => {
  const { shows, not } = HISTORIES[name];

  test('is ticked by a history that shows it, with what proves it', () => {
    const item = caseOf(name, shows);
    expect(item).toMatchObject({ case: name, seen: 'yes' });
    const proof = item?.login ?? item?.observation;
    expect(shows.map((o) => o.id)).toContain(proof);
  });

  test('is not ticked by the nearest history that does not show it', () => {
    expect(caseOf(name, not)).toEqual({ case: name, seen: 'no', login: null, observation: null });
  });

  test('is not ticked by what was before the session', () => {
    expect(caseOf(name, shows, { from: T0 + HOUR })?.seen).toBe('no');
  });
});

describe('what is only likely is told apart', () => {
  test('first login complete where the link mode is unknown', () => {
    expect(caseOf('first-complete', loginAs('a', T0))?.seen).toBe('likely');
  });

  test('second account where only the names that the tester gave differ', () => {
    const first = firstLogin(T0);
    const second = firstLogin(T0 + 60_000);
    const labels = [first, second].map((steps, i) =>
      observe({ type: 'label', login: steps[2]?.id ?? '', label: `kim${i}` }, T0 + 90_000, tester),
    );
    expect(caseOf('second-account', [...first, ...second, ...labels])?.seen).toBe('likely');
  });

  test('second account where one account may have got a new user id with a new link', () => {
    const [a, b] = [loginAs('a', T0), loginAs('b', T0 + 60_000)];
    expect(caseOf('second-account', [...a, ...b])?.seen).toBe('likely');
    const again = loginAs('a', T0 + 120_000, repeatLogin);
    expect(caseOf('second-account', [...a, ...b, ...again])?.seen).toBe('yes');
  });

  test('second account whose link was there before the first one logged in', () => {
    const linked = [
      ...repeatLogin(T0 + 60_000),
      exchange(T0 + 64_000),
      me(T0 + 65_000, {}, { account: 'b', connectedAt: T0 - HOUR }),
    ];
    expect(caseOf('second-account', [...loginAs('a', T0), ...linked])?.seen).toBe('yes');
  });

  test('extra consent that may have been a first one', () => {
    expect(caseOf('extra-consent', firstLogin(T0, withScope))?.seen).toBe('likely');
  });
});

test('the word of a tester that a login is complete ticks nothing', () => {
  const steps = firstLogin(T0);
  const login = steps[2]?.id ?? '';
  const mark = observe({ type: 'mark', login, mark: 'complete', note: '' }, T0 + 9000, tester);
  expect(caseOf('first-complete', [auto, ...steps, mark])?.seen).toBe('no');
});

test('the word of a tester that a login whose call came late is complete ticks nothing', () => {
  const steps = [...firstLogin(T0), exchange(T0 + 4000), me(T0 + 25 * HOUR)];
  const login = steps[2]?.id ?? '';
  const at = T0 + 26 * HOUR;
  const mark = observe({ type: 'mark', login, mark: 'complete', note: '' }, at, tester);
  expect(caseOf('first-complete', [auto, ...steps, mark])?.seen).toBe('no');
});

test('user ids of two browsers are not compared', () => {
  const observations = [...loginAs('a', T0), ...loginAs('b', T0 + 60_000)];
  const loginState = replay(observations);
  const logins = [...loginState.logins.values()];
  const merged = observations.map((o) => ({ ...o, browser: o.at < T0 + 60_000 ? 'b1' : 'b2' }));
  const plan = testPlanOf({
    loginState,
    logins,
    observations: merged,
    from: null,
    until: null,
    at: T0 + HOUR,
  });
  expect(plan.find((item) => item.case === 'second-account')?.seen).toBe('no');
});
