import { signal } from '@preact/signals';
import { expect, test, vi } from 'vitest';
import { choicesBy } from '../../../components/report/logins/filter-rows.ts';
import { sortRows } from '../../../components/report/logins/sort-rows.ts';
import { createTable } from '../../../components/report/logins/table-state.ts';
import type { ReportScope } from '../../../utils/report/report-scope.ts';
import { replay } from '../../../utils/verdict/reduce.ts';
import { exchange, firstLogin, HOUR, T0 } from '../fixtures.ts';

const words = { verdict: (name: string) => name, account: () => '' };
const loginState = replay([...firstLogin(T0), exchange(T0 + 4000)]);
const [login] = loginState.logins.values();

/** A scope of so many logins, whose ids begin with a name. */
function scopeOf(name: string, count: number): ReportScope {
  if (!login) throw new Error('no login');
  const logins = Array.from({ length: count }, (_, i) => ({
    ...login,
    id: `${name}${i}`,
    ordinal: i,
  }));
  const rest = { loginState, observations: [], own: [], dropped: 0 };
  return { live: true, isPart: false, logins, ...rest };
}

/** Waits as long as the test may take: a busy machine is slow. */
const waitFor = (check: () => void) => vi.waitFor(check, 20_000);

test('table of many logins: the rows follow later, what is chosen is known at once', async () => {
  const first = scopeOf('a', 501);
  const chosen = signal<ReportScope | null>(first);
  const table = createTable(chosen, signal(T0 + HOUR), words);
  const stop = table.followScope();
  expect(table.rows.value).toEqual([]);
  await waitFor(() => expect(table.rows.value.length).toBe(501));
  expect(table.scope.value).toBe(first);

  const second = scopeOf('b', 502);
  chosen.value = second;
  expect(table.scope.value).toBe(first);
  const ids = table.shownOfChosen().map((row) => row.id);
  expect(ids).toEqual(second.logins.map((l) => l.id));
  await waitFor(() => expect(table.rows.value.length).toBe(502));
  expect(table.scope.value).toBe(second);
  expect(table.rows.value.map((row) => row.id)).toEqual(ids);
  stop();
});

test('table of many logins: a clock that ticks meanwhile does not begin them anew', async () => {
  const at = signal(T0 + HOUR);
  const table = createTable(signal(scopeOf('a', 501)), at, words);
  const stop = table.followScope();
  const ticking = setInterval(() => (at.value += 1));
  await waitFor(() => expect(table.rows.value.length).toBe(501));
  clearInterval(ticking);
  stop();
});

test('table of few logins: the rows are there at once', () => {
  const scope = scopeOf('a', 500);
  const table = createTable(signal(scope), signal(T0 + HOUR), words);
  table.followScope()();
  expect(table.scope.value).toBe(scope);
  expect(table.rows.value).toHaveLength(500);
});

test('table: what is known of all rows is that of the rows, in the order that was asked for', () => {
  const table = createTable(signal(scopeOf('a', 400)), signal(T0 + HOUR), words);
  const stop = table.followScope();
  const { rows, sorted, choices, byVerdict, byReason } = table.made.value;
  expect(sorted).toEqual(sortRows(rows, table.sort.value));
  expect(table.shown.value).toEqual(sorted);
  expect(choices.site).toEqual(choicesBy(rows, 'site'));
  const sum = (counts: Iterable<number>) => [...counts].reduce((a, b) => a + b, 0);
  expect(sum(Object.values(byVerdict))).toBe(400);
  expect(sum(byReason.values())).toBe(400);
  table.sort.value = { by: 'loggedIn', down: true };
  expect(table.shown.value).toEqual(sortRows(rows, table.sort.value));
  stop();
});

test('session that an account was first seen before: the account has the number of all sessions', () => {
  if (!login) throw new Error('no login');
  const again = { ...login, id: 'again', ordinal: 1 };
  const both = { ...loginState, logins: new Map([login, again].map((l) => [l.id, l])) };
  const scope = { ...scopeOf('a', 0), loginState: both, logins: [again] };
  const table = createTable(signal<ReportScope | null>(scope), signal(T0 + HOUR), words);
  const stop = table.followScope();
  expect(table.rows.value.map(({ judged }) => judged.account)).toEqual([1]);
  stop();
});

test('files of two browsers that count from one: an account has a number of its own', async () => {
  if (!login) throw new Error('no login');
  const logins = ['a', 'b'].map((id) => ({ ...login, id, accountId: id, ordinal: 0 }));
  const table = createTable(
    signal<ReportScope | null>({ ...scopeOf('x', 0), live: false, logins }),
    signal(T0 + HOUR),
    words,
  );
  const stop = table.followScope();
  await waitFor(() => expect(table.rows.value).toHaveLength(2));
  expect(table.rows.value.map((row) => row.judged.account)).toEqual([1, 2]);
  stop();
});
