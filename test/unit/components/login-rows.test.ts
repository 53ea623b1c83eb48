import { expect, test } from 'vitest';
import { timelineEvents } from '../../../components/report/detail/timeline-events.ts';
import { choicesBy, filterRows, NO_FILTER } from '../../../components/report/logins/filter-rows.ts';
import { createRow } from '../../../components/report/logins/login-row.ts';
import { sortRows } from '../../../components/report/logins/sort-rows.ts';
import { judgeLogins, type JudgedLogin } from '../../../components/shared/judged-login.ts';
import { newApp } from '../../../utils/model/app.ts';
import { replayObservations } from '../../../utils/report/replay/replay-observations.ts';
import { verdictOf } from '../../../utils/verdict/decide/verdict.ts';
import {
  api,
  APP,
  authorize,
  firstLogin,
  HOUR,
  observe,
  repeatLogin,
  T0,
  token,
} from '../fixtures.ts';

const OTHER = 'https://other.shop.test';
const { loginState, observations } = replayObservations([
  observe({ type: 'step', text: 'long ago' }, T0 - 5 * HOUR),
  observe({ type: 'step', text: 'testing login' }, T0 - 60_000),
  observe({ type: 'step', text: 'of another tab' }, T0 - 30_000, { tab: 'r:9' }),
  observe({ type: 'step', text: 'of all tabs' }, T0 + 6000, { tab: null }),
  ...firstLogin(T0),
  observe(token(), T0 + 4000),
  observe(api('/v2/user/me'), T0 + 5000),
  ...firstLogin(T0 + HOUR, { site: OTHER, tab: 'r:2', fact: { redirectUri: `${OTHER}/cb` } }),
  ...repeatLogin(T0 + 2 * HOUR),
]);
const NOW = T0 + 30 * HOUR;
const words = {
  verdict: (name: string) => `word of ${name}`,
  account: ({ account }: JudgedLogin) => `Account ${account}`,
};
const rows = judgeLogins([...loginState.logins.values()], loginState.apps, NOW).map((judged) =>
  createRow(judged, words),
);
const verdicts = (list: typeof rows) => list.map((r) => r.judged.verdict.verdict);

test('a search keeps the rows in whose text every word is found', () => {
  const find = (text: string) => filterRows(rows, { ...NO_FILTER, text }).length;
  expect(find('')).toBe(3);
  expect(find('OTHER.shop')).toBe(1);
  expect(find('other.shop /v2/user/me')).toBe(0);
  expect(find('/v2/user/me 200')).toBe(1);
  expect(find('word of complete')).toBe(1);
  expect(find(APP)).toBe(3);
});

test('filters apply together, and offer only values that occur', () => {
  expect(choicesBy(rows, 'verdict')).toEqual(['unseen', 'complete', 'not-applicable']);
  expect(filterRows(rows, { ...NO_FILTER, site: OTHER, verdict: 'complete' })).toEqual([]);
  expect(filterRows(rows, { ...NO_FILTER, kind: 'repeat' })).toHaveLength(1);
});

test('rows are sorted with the worst first, and turned round with it last', () => {
  const order = ['unseen', 'complete', 'not-applicable'];
  expect(verdicts(sortRows(rows, { by: 'verdict', down: false }))).toEqual(order);
  expect(verdicts(sortRows(rows, { by: 'verdict', down: true }))).toEqual(order.reverse());
  const at = sortRows(rows, { by: 'loggedIn', down: true }).map((r) => r.judged.login.loggedInAt);
  expect(at).toEqual(at.toSorted((a, b) => b - a));
});

test('rows that are alike in a column: the newest first, whichever way it is turned', () => {
  const ofApp = (down: boolean) =>
    sortRows(rows, { by: 'app', down }).map((r) => r.judged.login.loggedInAt);
  const newestFirst = ofApp(false).toSorted((a, b) => b - a);
  expect([ofApp(false), ofApp(true)]).toEqual([newestFirst, newestFirst]);
});

test('a login has its events from its first step to the cut, and none of another', () => {
  const login = [...loginState.logins.values()][0];
  if (!login) throw new Error('no login');
  const events = timelineEvents(login, verdictOf(login, newApp(APP), NOW), observations, NOW);
  const kinds = events.map((e) => {
    if (e.what !== 'seen') return e.what;
    return e.observation.type === 'authorize' ? e.observation.outcome : e.observation.type;
  });
  expect(kinds).toEqual([
    'step',
    'login-form',
    'screen',
    'code',
    'logged-in',
    'token',
    'api',
    'step',
    'deadline',
  ]);
  expect(events.map((e) => e.at)).toEqual(events.map((e) => e.at).toSorted((a, b) => a - b));
});

test('row made again: keeps its text unless the verdict or the account has changed', () => {
  const [first] = rows;
  if (!first) throw new Error('no row');
  const anew = { verdict: (name: string) => `anew ${name}`, account: () => '' };
  const again = { ...first.judged, verdict: { ...first.judged.verdict } };
  const taken = createRow(again, anew, first);
  expect(taken.text).toBe(first.text);
  expect(taken.judged).toBe(again);
  const other = first.judged.verdict.verdict === 'complete' ? 'unseen' : 'complete';
  const judgedAnew = { ...again, verdict: { ...again.verdict, verdict: other } as const };
  expect(createRow(judgedAnew, anew, first).text).toContain(`anew ${other}`);
  const renamed = { ...again, account: again.account + 1 };
  expect(createRow(renamed, anew, first).text).toContain('anew');
  const labelled = { ...again, login: { ...again.login, label: 'bob' } };
  expect(createRow(labelled, anew, first).text).toContain('anew');
});

test.each(['verdict', 'account', 'loggedIn', 'site'] as const)(
  'many rows sorted in slices by %s are in the order of a plain sort',
  (by) => {
    const many = Array.from({ length: 3300 }, (_, i): (typeof rows)[number] => {
      const row = rows[(i * 7) % rows.length];
      if (!row) throw new Error('no row');
      const login = { ...row.judged.login, loggedInAt: T0 + ((i * 7919) % 3301) };
      return { ...row, id: `r${i}`, judged: { ...row.judged, login, account: i % 9 } };
    });
    for (const down of [false, true]) {
      const sorted = sortRows(many, { by, down });
      const pairs = sorted
        .slice(1)
        .map((row, i) => sortRows([sorted[i] ?? row, row], { by, down }));
      expect(pairs.map(([first]) => first?.id)).toEqual(sorted.slice(0, -1).map((row) => row.id));
      expect(new Set(sorted.map((row) => row.id)).size).toBe(many.length);
    }
  },
);

test('step in a login’s tab that is another’s: none of its events', () => {
  const [login] = loginState.logins.values();
  if (!login) throw new Error('no login');
  const step = observe(authorize({ outcome: 'screen' }), login.startedAt + 1000);
  const verdict = verdictOf(login, newApp(APP), NOW);
  const seen = (loginId?: string) =>
    timelineEvents(login, verdict, [loginId ? { ...step, loginId } : step], NOW).filter(
      (event) => event.what === 'seen',
    );
  expect(seen()).toHaveLength(1);
  expect(seen('another')).toEqual([]);
});
