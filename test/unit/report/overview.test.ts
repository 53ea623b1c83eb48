import { expect, test } from 'vitest';
import { runRules } from '../../../utils/guidance/run-rules.ts';
import { overviewOf } from '../../../utils/report/overview.ts';
import type { ReportScope } from '../../../utils/report/report-scope.ts';
import { APP, authorize, HOUR, observe, T0 } from '../fixtures.ts';
import { call, guidanceInputOf, visibleLogin } from '../guidance/rule-cases.ts';

const bare = observe(
  authorize({ params: ['client_id', 'response_type'], outcome: 'error', error: 'access_denied' }),
  T0 - HOUR,
);
const { loginState, observations } = guidanceInputOf([
  bare,
  ...visibleLogin(),
  ...call('/v2/user/me'),
]);
const scope: ReportScope = {
  live: true,
  isPart: false,
  loginState,
  observations,
  own: observations,
  logins: [...loginState.logins.values()],
  dropped: 0,
};
const at = T0 + 30 * HOUR;
const one = { id: 's', name: 's', build: '', startedAt: T0 - 2 * HOUR };
const shown = { startedAt: one.startedAt, endedAt: null };

test('overview: the findings about apps and the session, none about a login', () => {
  const { findings } = overviewOf(scope, { shown, one, recorded: [one] }, at);
  expect(findings.map((f) => f.clientId)).toContain(APP);
  const logins = new Set(loginState.logins.keys());
  const input = { loginState, observations, logins, session: one, sessionsBefore: [] };
  expect(findings).toEqual(runRules(input, at, ['app', 'session']));
});

test('overview: each case of the test plan says when what shows it happened', () => {
  const { testPlan } = overviewOf(scope, { shown, one, recorded: [one] }, at);
  const caseOf = (name: string) => testPlan.find((item) => item.case === name);
  const [login] = scope.logins;
  expect(caseOf('cancel')).toMatchObject({ seen: 'yes', observation: bare.id, at: bare.at });
  expect(caseOf('first-complete')).toMatchObject({ login: login?.id, at: login?.loggedInAt });
  expect(caseOf('deadline-passed')).toMatchObject({ seen: 'no', at: null });
});

test('overview: the plan of files keeps to their session, which they write as text', () => {
  const ended = new Date(T0 - 1).toISOString();
  const files = { shown: { startedAt: null, endedAt: ended }, one: undefined, recorded: [] };
  const { testPlan } = overviewOf({ ...scope, live: false }, files, at);
  expect(testPlan.filter((item) => item.seen !== 'no').map((item) => item.case)).toEqual([
    'cancel',
  ]);
  const nowhere = { shown: undefined, one: undefined, recorded: [] };
  expect(overviewOf(scope, nowhere, at).testPlan).toEqual([]);
});
