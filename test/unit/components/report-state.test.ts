import { expect, test, vi } from 'vitest';
import { NO_FILTER } from '../../../components/report/logins/filter-rows.ts';
import { createReportState } from '../../../components/report/report-state.ts';
import { withReplay } from '../../../utils/report/import/reevaluate.ts';
import type { Records } from '../../../utils/store/read-records.ts';
import { storyReport } from '../../gallery/story.ts';
import { T0 } from '../fixtures.ts';
import { importCase } from '../report/samples.ts';

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
  // What is said as a whole waits for all of it.
  expect(state.overview.value).toBeNull();
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

/** A page that has read the story. */
async function opened() {
  const state = createReportState(storyReport('en'), words);
  const stop = state.start();
  await waitFor(() => expect(state.isWhole.value).toBe(true));
  const ids = state.rows.value.map((row) => row.id);
  return { state, stop, ids };
}

test('login that a card asks for: shown alone, in its session, whatever was shown before', async () => {
  const { state, stop, ids } = await opened();
  const [wanted = '', other = ''] = ids;
  state.select(other);
  state.filter.value = { ...NO_FILTER, text: 'nothing has this' };
  state.showsFiles.value = true;
  state.openLogin(wanted);
  expect(state.selected.value).toBe(wanted);
  expect(state.showsFiles.value).toBe(false);
  expect(state.filter.value).toEqual(NO_FILTER);
  expect(state.notice.value).toBeNull();
  state.openLogin('gone');
  expect(state.selected.value).toBe(wanted);
  expect(state.notice.value).toEqual(['report_page.noLogin']);
  stop();
});

test('login to compare with: beside the one that is shown, and taken away by the same', async () => {
  const { state, stop, ids } = await opened();
  const [first = '', second = ''] = ids;
  const shown = () => [state.selected.value, state.compared.value];
  state.compare(first);
  expect(shown()).toEqual([first, null]);
  state.compare(second);
  expect(shown()).toEqual([first, second]);
  state.compare(second);
  expect(shown()).toEqual([first, null]);
  stop();
});

test('report of what the filter lets pass: names those logins, of all names none', async () => {
  const { state, stop, ids } = await opened();
  const [first] = state.rows.value;
  if (!first) expect.unreachable();
  state.filter.value = { ...NO_FILTER, text: first.text.split('\n')[0] ?? '' };
  const shown = state.shown.value.map((row) => row.id);
  const only = (shownOnly: boolean) =>
    state.writeRequest({ shownOnly, wholeClientIds: false })?.only;
  expect(only(true)?.toSorted()).toEqual(shown.toSorted());
  expect(only(false)).toBeNull();
  expect(ids.length).toBeGreaterThan(0);
  stop();
});

test('report of files: nothing followed only where an instant was chosen', async () => {
  const { state, stop } = await opened();
  const request = () => state.writeRequest({ shownOnly: false, wholeClientIds: false });
  state.files.value = [{ name: 'file', imported: withReplay(await importCase('v2-me')) }];
  state.showsFiles.value = true;
  expect(request()).toMatchObject({ nothingFollowed: false });
  state.filesAt.value = T0;
  expect(request()).toMatchObject({ nothingFollowed: true, judgedAt: T0 });
  stop();
});
