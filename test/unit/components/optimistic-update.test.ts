import { expect, test } from 'vitest';
import { optimisticUpdate } from '../../../components/popup/optimistic-update.ts';
import { dataOf, loginOf, NOW } from './popup-fixtures.ts';

const data = dataOf({ open: [loginOf('a', 0), loginOf('b', 0)] });
test('a label is set, and taken away again', () => {
  const named = optimisticUpdate(data, { type: 'label', login: 'a', label: 'QA 1' }, NOW);
  expect(named.open.map((l) => l.label)).toEqual(['QA 1', null]);
  const bare = optimisticUpdate(named, { type: 'label', login: 'a', label: '' }, NOW);
  expect(bare.open[0]?.label).toBeNull();
  expect(data.open[0]?.label).toBeNull();
});
test('a label shows in every list that the login is in', () => {
  const login = loginOf('a', 0);
  const label = { type: 'label', login: 'a', label: 'QA 1' } as const;
  const all = dataOf({ open: [login], attention: [login], unanswered: [login] });
  const { open, attention, unanswered } = optimisticUpdate(all, label, NOW);
  expect([open, attention, unanswered].flat().map((l) => l.label)).toEqual(Array(3).fill('QA 1'));
});
test('a mark is set, and taken away again', () => {
  const mark = { type: 'mark', login: 'b', mark: 'cut', note: 'seen in the log' } as const;
  const marked = optimisticUpdate(data, mark, NOW);
  expect(marked.open[1]?.testerMark).toEqual({ at: NOW, mark: 'cut', note: 'seen in the log' });
  expect(optimisticUpdate(marked, { ...mark, mark: null }, NOW).open[1]?.testerMark).toBeNull();
});
test('an app keeps what a command leaves out', () => {
  const one = optimisticUpdate(data, { type: 'app', clientId: 'new', windowMs: 60_000 }, NOW);
  const two = optimisticUpdate(one, { type: 'app', clientId: 'new', fixedUserId: 'off' }, NOW);
  expect(two.apps.get('new')).toMatchObject({ windowMs: 60_000, fixedUserId: 'off' });
  const three = optimisticUpdate(two, { type: 'app', clientId: 'new', windowMs: null }, NOW);
  expect(three.apps.get('new')?.windowMs).toBeNull();
  expect(data.apps.has('new')).toBe(false);
});
test('settings and pause change; what only the worker knows does not', () => {
  const set = optimisticUpdate(data, { type: 'settings', settings: { retentionDays: 7 } }, NOW);
  expect(set.settings).toEqual({ ...data.settings, retentionDays: 7 });
  expect(optimisticUpdate(data, { type: 'pause', paused: true }, NOW).pausedAt).toBe(NOW);
  expect(optimisticUpdate(data, { type: 'clear' }, NOW)).toBe(data);
});
