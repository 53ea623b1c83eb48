import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Observation, StoredObservation } from '../../../utils/model/observation.ts';
import { replayObservations } from '../../../utils/report/replay/replay-observations.ts';
import { selectIdleSteps } from '../../../utils/store/idle-steps.ts';
import type { LoginState } from '../../../utils/verdict/state/login-state.ts';
import { authorize, exchange, firstLogin, observe, repeatLogin, T0 } from '../fixtures.ts';
import { verdictIn } from '../verdict/judge-history.ts';
import { history, INSTANTS } from '../verdict/random-histories.ts';

/** A history's rows as stored, each with the login it was placed on, and the state of the judgement. */
function stored(observations: readonly Observation[]) {
  const { loginState, observations: placed } = replayObservations(observations);
  return { loginState, rows: placed.map((o): StoredObservation => ({ ...o, session: 's' })) };
}

const certainVerdicts = (loginState: LoginState) =>
  INSTANTS.flatMap((at) =>
    [...loginState.logins.values()].flatMap((login) => {
      const { verdict, because, certainty } = verdictIn(loginState, login, at);
      return certainty === 'certain' ? [`${login.id} ${verdict} ${because} at ${at}`] : [];
    }),
  );

test('without the steps that led to no login: every certain verdict was certain with them', () =>
  fc.assert(
    fc.property(history(), (h) => {
      const { rows, loginState } = stored(h);
      const idle = new Set(selectIdleSteps(rows, loginState));
      const left = replayObservations(rows.filter((row) => !idle.has(row))).loginState;
      expect([...left.logins.keys()]).toEqual([...loginState.logins.keys()]);
      const before = new Set(certainVerdicts(loginState));
      expect(certainVerdicts(left).filter((verdict) => !before.has(verdict))).toEqual([]);
    }),
    { numRuns: 400 },
  ));

test('steps between two logins: all but the last that says something of the next one', () => {
  const at = (i: number) => ({ tab: 'r:9', at: T0 + 60_000 + i * 1000 });
  const step = (i: number, more: Parameters<typeof authorize>[0]) =>
    observe(authorize({ clientId: `key-${i}`, ...more }), at(i).at, at(i));
  const idle = [
    step(0, { outcome: 'login-form' }),
    step(1, { outcome: 'screen' }),
    step(2, { outcome: 'login-form' }),
    step(3, { outcome: 'error-page' }),
    observe({ type: 'frame' }, at(4).at, at(4)),
    step(5, { outcome: 'screen' }),
    step(6, { outcome: 'screen' }),
    step(7, { outcome: 'error', method: 'POST', fromKakao: true }),
  ];
  const before = [...firstLogin(T0), exchange(T0 + 4000)];
  const { rows, loginState } = stored([...before, ...idle, ...repeatLogin(T0 + 90_000)]);
  const chosen = selectIdleSteps(rows, loginState).map((row) => row.id);
  expect(chosen).toEqual([0, 1, 2, 3, 5].map((i) => idle[i]?.id));
});

/** A step in a tab of its own, minutes before or after the login. */
const stepAt = (minute: number, more: Parameters<typeof authorize>[0], where = {}) =>
  observe(authorize({ clientId: 'any', ...more }), T0 + minute * 60_000, { tab: 'r:9', ...where });

test.each<[string, Parameters<typeof authorize>[0]]>([
  ['that another account may have logged in', { outcome: 'login-form' }],
  ['that an app is not linked', { outcome: 'error', error: 'consent_required' }],
])('step that says %s: stays, whatever came in its tab after it', (_what, said) => {
  const news = stepAt(10, said);
  const others = [11, 12, 13].map((minute) => stepAt(minute, { outcome: 'screen' }));
  const { rows, loginState } = stored([...firstLogin(T0), news, ...others]);
  expect(selectIdleSteps(rows, loginState).map((row) => row.id)).toEqual(
    others.slice(0, -1).map((o) => o.id),
  );
});

test('steps before and after a login: of either the last one stays', () => {
  const screens = (...minutes: number[]) => minutes.map((m) => stepAt(m, { outcome: 'screen' }));
  const [before, after] = [screens(-200, -190), screens(10, 20)];
  const { rows, loginState } = stored([...before, ...firstLogin(T0), ...after]);
  expect(selectIdleSteps(rows, loginState).map((row) => row.id)).toEqual(
    [before[0], after[0]].map((o) => o?.id),
  );
});

test('steps in a popup of the login’s tab, not long before it: may be of it, and stay', () => {
  const popup = { opener: 'r:1' };
  const steps = [-30, -20].map((minute) => stepAt(minute, { outcome: 'screen' }, popup));
  const { rows, loginState } = stored([...steps, ...firstLogin(T0)]);
  expect(selectIdleSteps(rows, loginState)).toEqual([]);
});
