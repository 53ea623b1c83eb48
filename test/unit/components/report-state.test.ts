import { expect, test, vi } from 'vitest';
import { createReportState } from '../../../components/report/report-state.ts';
import type { Records } from '../../../utils/store/read-records.ts';
import { storyReport } from '../../gallery/story.ts';

const words = { verdict: (name: string) => name, account: () => '', allSessions: 'All' };

/** The story's records with the latest of its logins alone. */
function latestOf(records: Records): Records {
  const [id = '', login] = [...records.loginState.logins].at(-1) ?? [];
  if (!login) throw new Error('no login');
  return {
    ...records,
    rows: records.rows.filter((row) => row.loginId === id),
    loginState: { ...records.loginState, logins: new Map([[id, login]]) },
  };
}

/** Waits as long as the test may take: a busy machine is slow. */
const waitFor = (check: () => void) => vi.waitFor(check, 20_000);

test('report page: the newest logins show until all are read', async () => {
  const ports = storyReport('en');
  const records = await ports.load();
  const newest = latestOf(records);
  const loading = Promise.withResolvers<Records>();
  const state = createReportState(
    { ...ports, loadNewest: async () => newest, load: () => loading.promise },
    words,
  );
  const stop = state.start();
  await waitFor(() => expect(state.rows.value).toHaveLength(1));
  expect(state.isWhole.value).toBe(false);
  expect(state.records.value).toBeNull();
  const [early] = state.rows.value;
  loading.resolve(records);
  await waitFor(() => expect(state.isWhole.value).toBe(true));
  const { rows, loginCounts, session } = state;
  expect(rows.value).toHaveLength(records.loginState.logins.size);
  expect(rows.value.find((row) => row.id === early?.id)).toEqual(early);
  expect(loginCounts.value.get(session.value?.id ?? '')).toBe(rows.value.length);
  stop();
});

test('report page: of little everything shows at once', async () => {
  const state = createReportState(storyReport('en'), words);
  const stop = state.start();
  await waitFor(() => expect(state.records.value).not.toBeNull());
  expect(state.isWhole.value).toBe(true);
  expect(state.rows.value.length).toBeGreaterThan(0);
  stop();
});

test('report page: where the rest cannot be read, a part does not stay', async () => {
  const ports = storyReport('en');
  const newest = latestOf(await ports.load());
  const loading = Promise.withResolvers<Records>();
  const state = createReportState(
    { ...ports, loadNewest: async () => newest, load: () => loading.promise },
    words,
  );
  const stop = state.start();
  await waitFor(() => expect(state.rows.value).toHaveLength(1));
  loading.reject(new Error('gone'));
  await waitFor(() => expect(state.failure.value).not.toBeNull());
  expect(state.scope.value).toBeNull();
  expect(state.rows.value).toEqual([]);
  stop();
});
