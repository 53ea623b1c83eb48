import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createPopupState, type PopupState } from '../../../components/popup/popup-state.ts';
import { newApp } from '../../../utils/model/app.ts';
import { HEALTHY } from '../../../utils/model/health.ts';
import { DEFAULT_SETTINGS } from '../../../utils/model/settings.ts';
import { DB_VERSION } from '../../../utils/store/migrations.ts';
import type { Counts } from '../../../utils/store/popup-data.ts';
import type { PopupSnapshot } from '../../../utils/store/popup-snapshot.ts';
import {
  dataOf,
  fakePorts,
  HOUR,
  KEY,
  listedCall,
  loginOf,
  NOW,
  readingOf,
  SITE,
} from './popup-fixtures.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const settle = () => vi.advanceTimersByTimeAsync(0);
const verdicts = (state: PopupState) =>
  [...state.sections.value.open, ...state.sections.value.attention].map((j) => j.verdict.verdict);

async function opened(world: ReturnType<typeof fakePorts>) {
  const state = createPopupState(world.ports);
  const stop = state.start();
  await settle();
  return { state, stop };
}

describe('snapshot, shown until the database is read', () => {
  const kept = (more: Partial<PopupSnapshot> = {}): PopupSnapshot => ({
    version: DB_VERSION,
    open: [loginOf('old', HOUR)],
    attention: [],
    counts: { open: 30, attention: 0, done: 2 },
    apps: [newApp(KEY)],
    sites: { [SITE]: { since: NOW - HOUR, hasLogins: true } },
    pausedAt: null,
    settings: DEFAULT_SETTINGS,
    health: HEALTHY,
    ...more,
  });

  test('shows logins, how many there are, and the site; then what is stored', async () => {
    const fresh = dataOf({ open: [loginOf('new', 0), loginOf('old', HOUR)] });
    const advise = vi.fn(async () => []);
    const world = fakePorts(fresh, { loadSnapshot: async () => kept(), advise });
    const state = createPopupState(world.ports);
    expect(await state.showSnapshot()).toBe(true);
    expect(state.sections.value.open.map((j) => j.login.id)).toEqual(['old']);
    expect(state.data.value?.counts?.open).toBe(30);
    expect(state.data.value?.site).toEqual({ hasLogins: true, watchedSince: NOW - HOUR });
    expect(state.tab.value).toEqual({ site: SITE, watched: true, kakaoAccess: true });
    expect([world.counts.load, advise.mock.calls.length]).toEqual([0, 0]);
    expect(state.isCurrent.value).toBe(false);

    const stop = state.start();
    await settle();
    expect(state.isCurrent.value).toBe(true);
    expect(state.sections.value.open.map((j) => j.login.id)).toEqual(['old', 'new']);
    expect(advise).toHaveBeenCalled();
    stop();
  });

  test('tab of another site than those known: not watched, as far as is known', async () => {
    const world = fakePorts(dataOf(), { loadSnapshot: async () => kept({ sites: {} }) });
    const state = createPopupState(world.ports);
    await state.showSnapshot();
    expect(state.tab.value.watched).toBe(false);
    expect(state.data.value?.site).toEqual({ hasLogins: false, watchedSince: null });
  });

  test('login whose window passed since: needs attention', async () => {
    const world = fakePorts(dataOf(), { loadSnapshot: async () => kept() });
    world.advance(24 * HOUR);
    const state = createPopupState(world.ports);
    await state.showSnapshot();
    expect(verdicts(state)).toEqual(['missed']);
  });

  test('until the new lists are counted, the number stays that of the snapshot', async () => {
    const world = fakePorts(dataOf(), {
      loadSnapshot: async () => kept(),
      load: async () => ({ ...readingOf(dataOf()), rest: new Promise(() => {}) }),
    });
    const state = createPopupState(world.ports);
    await state.showSnapshot();
    state.start();
    await settle();
    expect(state.data.value).toMatchObject({ open: [], counts: { open: 30 } });
    expect(state.isCurrent.value).toBe(false);
  });

  test('database that cannot be read: the snapshot goes, the reason is told', async () => {
    const world = fakePorts(dataOf(), {
      loadSnapshot: async () => kept(),
      load: () => Promise.reject(Object.assign(new Error(), { problem: 'db-failed' })),
    });
    const state = createPopupState(world.ports);
    await state.showSnapshot();
    state.start();
    await settle();
    expect([state.data.value, state.failure.value]).toEqual([null, 'db-failed']);
  });

  test('counts that cannot be read after the lists were: what is stored stays', async () => {
    const world = fakePorts(dataOf(), {
      loadSnapshot: async () => kept(),
      load: async () => ({
        ...readingOf(dataOf({ open: [loginOf('new', 0)] })),
        rest: Promise.reject(Object.assign(new Error(), { problem: 'db-failed' })),
      }),
    });
    const state = createPopupState(world.ports);
    await state.showSnapshot();
    state.start();
    await settle();
    expect(state.data.value?.open.map((l) => l.id)).toEqual(['new']);
    expect(state.failure.value).toBe('db-failed');
  });

  test('findings of what it shows: not asked for before the database is read', async () => {
    const advise = vi.fn(async () => []);
    const world = fakePorts(dataOf(), {
      loadSnapshot: async () => kept(),
      load: () => new Promise(() => {}),
      advise,
    });
    const state = createPopupState(world.ports);
    await state.showSnapshot();
    state.start();
    await settle();
    expect(advise).not.toHaveBeenCalled();
  });

  test('none: nothing is shown before the database is read', async () => {
    const state = createPopupState(fakePorts(dataOf()).ports);
    expect(await state.showSnapshot()).toBe(false);
    expect(state.data.value).toBeNull();
  });
});

describe('reading the database', () => {
  test('popup state reads once, listens, and stops', async () => {
    const world = fakePorts(dataOf());
    const { state, stop } = await opened(world);
    expect(world.counts.load).toBe(1);
    expect(state.tab.value).toEqual({
      site: 'https://shop.test',
      watched: true,
      kakaoAccess: true,
    });
    world.set(dataOf({ counts: { open: 0, attention: 0, done: 3 } }));
    await settle();
    expect(state.data.value?.counts?.done).toBe(3);
    stop();
    expect(world.listeners.size).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('first lists show before they are counted, later ones with their counts', async () => {
    const { promise, resolve } = Promise.withResolvers<Counts>();
    const world = fakePorts(dataOf());
    const load = vi.spyOn(world.ports, 'load');
    load.mockResolvedValueOnce({
      ...readingOf(dataOf()),
      rest: promise.then((counts) => ({ counts, unanswered: [] })),
    });
    const { state } = await opened(world);
    expect(state.data.value).toMatchObject({ open: [], counts: null });
    resolve({ open: 7, attention: 0, done: 0 });
    await settle();
    expect(state.data.value?.counts?.open).toBe(7);
    const seen: unknown[] = [];
    state.data.subscribe((data) => void seen.push(data?.counts?.done));
    world.set(dataOf({ counts: { open: 7, attention: 0, done: 1 } }));
    await settle();
    expect(seen).toEqual([0, 1]);
  });

  test('counts that cannot be read are a failure with its reason', async () => {
    const world = fakePorts(dataOf(), {
      load: async () => ({
        ...readingOf(dataOf()),
        rest: Promise.reject(Object.assign(new Error(), { problem: 'db-failed' })),
      }),
    });
    const { state } = await opened(world);
    expect(state.failure.value).toBe('db-failed');
  });

  test('what waits outside of the database is told in place of what it says', async () => {
    const pending = { problem: 'db-full', held: 3, dropped: 0, pruned: 0 } as const;
    const world = fakePorts(dataOf(), { loadPendingHealth: async () => pending });
    expect((await opened(world)).state.data.value?.health).toEqual(pending);
  });

  test('done logins, once opened, are read again with everything else', async () => {
    const loadDone = vi.fn(async () => [loginOf('done', HOUR)]);
    const world = fakePorts(dataOf(), { loadDone });
    const { state } = await opened(world);
    expect(loadDone).not.toHaveBeenCalled();
    await state.done.open();
    world.set(dataOf());
    await settle();
    expect(loadDone).toHaveBeenCalledTimes(2);
  });

  test('a burst of changes leads to one more reading', async () => {
    const world = fakePorts(dataOf());
    await opened(world);
    for (let i = 0; i < 20; i++) world.set(dataOf());
    await settle();
    expect(world.counts.load).toBe(3);
  });

  test('an unreadable database is named, and the next reading recovers', async () => {
    let broken = true;
    const world = fakePorts(dataOf(), {
      load: async () => {
        if (broken) throw Object.assign(new Error(), { problem: 'db-newer' });
        return readingOf(dataOf());
      },
    });
    const { state } = await opened(world);
    expect(state.failure.value).toBe('db-newer');
    expect(state.data.value).toBeNull();
    broken = false;
    await state.reload();
    expect(state.failure.value).toBeNull();
    expect(state.data.value).not.toBeNull();
  });

  test('an error without a known problem is a failed database', async () => {
    const world = fakePorts(dataOf(), { load: () => Promise.reject(new Error('odd')) });
    expect((await opened(world)).state.failure.value).toBe('db-failed');
  });

  test('a browser page has no site, and its access is not asked for', async () => {
    const isWatched = vi.fn(async () => true);
    const world = fakePorts(dataOf(), { currentSite: async () => null, isWatched });
    expect((await opened(world)).state.tab.value).toMatchObject({ site: null, watched: false });
    expect(isWatched).not.toHaveBeenCalled();
  });
});

describe('time', () => {
  test('a login moves to attention at its deadline, without a reading', async () => {
    const world = fakePorts(dataOf({ open: [loginOf('a', 24 * HOUR - 2500)] }));
    const { state } = await opened(world);
    expect(verdicts(state)).toEqual(['pending']);
    const before = state.sections.value;
    world.advance(1000);
    await vi.advanceTimersByTimeAsync(1000);
    expect(state.sections.value).toBe(before);
    world.advance(2000);
    await vi.advanceTimersByTimeAsync(2000);
    expect(state.sections.value.attention.map((j) => j.login.id)).toEqual(['a']);
    expect(world.counts.load).toBe(1);
  });

  test('a clock that is set back makes a missed login pending again', async () => {
    const world = fakePorts(dataOf({ open: [loginOf('a', 25 * HOUR)] }));
    const { state } = await opened(world);
    expect(verdicts(state)).toEqual(['missed']);
    world.advance(-2 * HOUR);
    await vi.advanceTimersByTimeAsync(1000);
    expect(verdicts(state)).toEqual(['pending']);
  });

  test('the clock ticks every second, in calm mode every ten seconds', async () => {
    const world = fakePorts(dataOf());
    const calm = createPopupState(world.ports, true);
    const lively = createPopupState(world.ports);
    calm.start();
    lively.start();
    await settle();
    world.advance(1000);
    await vi.advanceTimersByTimeAsync(1000);
    expect([lively.clock.now.value - NOW, calm.clock.now.value - NOW]).toEqual([1000, 0]);
    world.advance(9000);
    await vi.advanceTimersByTimeAsync(9000);
    expect(calm.clock.now.value - NOW).toBe(10_000);
  });
});

test('login that is listed and among the done ones: shown once', async () => {
  const complete = loginOf('a', HOUR, { creditedListedCall: listedCall(HOUR / 2) });
  const apps = new Map([[KEY, { ...newApp(KEY), inferredLinkMode: 'auto' as const }]]);
  const world = fakePorts(dataOf({ open: [complete], apps }), { loadDone: async () => [complete] });
  const { state } = await opened(world);
  await state.done.open();
  expect(state.judgedDone.value.map((j) => j.login.id)).toEqual(['a']);
});

describe('numbers of accounts', () => {
  const first = loginOf('first', 30 * HOUR);
  const again = { accountId: 'first', kind: 'repeat' } as const;
  const numbers = ({ sections, judgedDone }: PopupState) =>
    [...sections.value.open, ...sections.value.attention, ...judgedDone.value].map((j) => [
      j.login.id,
      j.account,
    ]);

  test('repeat of a login that needs attention: has the number of its account', async () => {
    const done = [loginOf('repeat', HOUR, { ...again, ordinal: 1 })];
    const world = fakePorts(dataOf({ attention: [first] }), { loadDone: async () => done });
    const { state } = await opened(world);
    await state.done.open();
    expect(numbers(state)).toEqual([
      ['first', 1],
      ['repeat', 1],
    ]);
  });

  test('account among those with nothing to do: has its number once they are read', async () => {
    const open = loginOf('anew', HOUR, { accountId: 'first', ordinal: 1 });
    const world = fakePorts(dataOf({ open: [open] }), { loadDone: async () => [first] });
    const { state } = await opened(world);
    await state.done.open();
    expect(numbers(state)).toEqual([
      ['anew', 1],
      ['first', 1],
    ]);
  });
});

describe('commands', () => {
  const command = { type: 'app', clientId: KEY, linkMode: 'manual' } as const;
  const completed = loginOf('a', HOUR, { creditedListedCall: listedCall(HOUR / 2) });
  const apps = new Map([[KEY, { ...newApp(KEY), inferredLinkMode: 'auto' as const }]]);

  test('a new link mode shows in the verdicts before the worker answers', async () => {
    const world = fakePorts(dataOf({ open: [completed], apps }), {
      send: () => new Promise(() => {}),
    });
    const { state } = await opened(world);
    expect(state.sections.value.settled).toHaveLength(1);
    void state.send(command);
    expect(verdicts(state)).toEqual(['pending']);
  });

  test('a refused command leads to a notice, and its effect is undone', async () => {
    const world = fakePorts(dataOf({ open: [completed], apps }), {
      send: async () => ({ ok: false, problem: 'db-full' }),
    });
    const { state } = await opened(world);
    expect(await state.send(command)).toBe(false);
    expect(state.notice.value).toEqual(['problem.db_full']);
    expect(verdicts(state)).toEqual([]);
    void state.send(command);
    expect(state.notice.value).toBeNull();
  });

  test('a worker that does not answer leads to a notice', async () => {
    const world = fakePorts(dataOf(), { send: () => Promise.reject(new Error('gone')) });
    const { state } = await opened(world);
    expect(await state.send({ type: 'pause', paused: true })).toBe(false);
    expect(state.notice.value).toEqual(['banner.failed']);
    expect(state.data.value?.pausedAt).toBeNull();
  });
});

describe('requests to the browser', () => {
  test('a permission is asked for at once, while the click still counts', async () => {
    const { state } = await opened(fakePorts(dataOf()));
    const ask = vi.fn(async () => true);
    void state.ask(ask);
    expect(ask).toHaveBeenCalledTimes(1);
  });
  test('what was granted is read at once', async () => {
    let watched = false;
    const world = fakePorts(dataOf(), { isWatched: async () => watched });
    const { state } = await opened(world);
    await state.ask(async () => (watched = true));
    expect(state.tab.value.watched).toBe(true);
  });
  test('a refusal and an error each lead to their notice', async () => {
    const { state } = await opened(fakePorts(dataOf()));
    expect(await state.ask(async () => false)).toBe(false);
    expect(state.notice.value).toEqual(['banner.refused']);
    expect(await state.ask(() => Promise.reject(new Error()))).toBe(false);
    expect(state.notice.value).toEqual(['banner.failedAction']);
    await state.run(async () => {});
    expect(state.notice.value).toBeNull();
    await state.run(() => Promise.reject(new Error()));
    expect(state.notice.value).toEqual(['banner.failedAction']);
  });
});
