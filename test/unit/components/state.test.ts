import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { coalesce } from '../../../components/shared/coalesce.ts';
import { createDoneLogins } from '../../../components/popup/done-logins-state.ts';
import { optimisticUpdate } from '../../../components/popup/optimistic-update.ts';
import { createPopupState } from '../../../components/popup/popup-state.ts';
import type { Counts } from '../../../utils/store/popup-data.ts';
import type { PopupState } from '../../../components/popup/popup-state.ts';
import { dataOf, fakePorts, HOUR, KEY, listedCall, loginOf, NOW, readingOf } from './fixture.ts';

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

describe('reading', () => {
  test('reads once, listens, and stops', async () => {
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

  test('shows the lists before they are counted, and later both at once', async () => {
    const { promise, resolve } = Promise.withResolvers<Counts>();
    const world = fakePorts(dataOf());
    const load = vi.spyOn(world.ports, 'load');
    load.mockResolvedValueOnce({
      ...readingOf(dataOf()),
      rest: promise.then((counts) => ({ counts })),
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

  test('says why the counts could not be read', async () => {
    const world = fakePorts(dataOf(), {
      load: async () => ({
        ...readingOf(dataOf()),
        rest: Promise.reject(Object.assign(new Error(), { problem: 'db-failed' })),
      }),
    });
    const { state } = await opened(world);
    expect(state.failure.value).toBe('db-failed');
  });

  test('a burst of changes is answered by one more reading', async () => {
    const world = fakePorts(dataOf());
    await opened(world);
    for (let i = 0; i < 20; i++) world.set(dataOf());
    await settle();
    expect(world.counts.load).toBe(3);
  });

  test('names what keeps the database from being read, and recovers', async () => {
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

  test('a browser page has no site and is not asked about', async () => {
    const isWatched = vi.fn(async () => true);
    const world = fakePorts(dataOf(), { currentSite: async () => null, isWatched });
    expect((await opened(world)).state.tab.value).toMatchObject({ site: null, watched: false });
    expect(isWatched).not.toHaveBeenCalled();
  });
});

describe('time', () => {
  test('a login moves to attention when its deadline goes by, without a reading', async () => {
    const world = fakePorts(dataOf({ open: [loginOf('a', 24 * HOUR - 2500)] }));
    const { state } = await opened(world);
    expect(verdicts(state)).toEqual(['pending']);
    const before = state.sections.value;
    world.pass(1000);
    await vi.advanceTimersByTimeAsync(1000);
    expect(state.sections.value).toBe(before);
    world.pass(2000);
    await vi.advanceTimersByTimeAsync(2000);
    expect(state.sections.value.attention.map((j) => j.login.id)).toEqual(['a']);
    expect(world.counts.load).toBe(1);
  });

  test('a clock that is set back is believed', async () => {
    const world = fakePorts(dataOf({ open: [loginOf('a', 25 * HOUR)] }));
    const { state } = await opened(world);
    expect(verdicts(state)).toEqual(['missed']);
    world.pass(-2 * HOUR);
    await vi.advanceTimersByTimeAsync(1000);
    expect(verdicts(state)).toEqual(['pending']);
  });

  test('ticks every second, or every ten where less motion is wanted', async () => {
    const world = fakePorts(dataOf());
    const calm = createPopupState(world.ports, true);
    const lively = createPopupState(world.ports);
    calm.start();
    lively.start();
    await settle();
    world.pass(1000);
    await vi.advanceTimersByTimeAsync(1000);
    expect([lively.clock.now.value - NOW, calm.clock.now.value - NOW]).toEqual([1000, 0]);
    world.pass(9000);
    await vi.advanceTimersByTimeAsync(9000);
    expect(calm.clock.now.value - NOW).toBe(10_000);
  });
});

describe('commands', () => {
  const command = { type: 'app', clientId: KEY, linkMode: 'manual' } as const;
  const completed = loginOf('a', HOUR, { creditedListedCall: listedCall(HOUR / 2) });

  test('the link mode shows in the verdicts before the worker answers', async () => {
    const world = fakePorts(dataOf({ open: [completed] }), { send: () => new Promise(() => {}) });
    const { state } = await opened(world);
    expect(state.sections.value.settled).toHaveLength(1);
    void state.send(command);
    expect(verdicts(state)).toEqual(['pending']);
  });

  test('a refused command is told and taken back', async () => {
    const world = fakePorts(dataOf({ open: [completed] }), {
      send: async () => ({ ok: false, problem: 'db-full' }),
    });
    const { state } = await opened(world);
    expect(await state.send(command)).toBe(false);
    expect(state.notice.value).toEqual(['problem.db_full']);
    expect(verdicts(state)).toEqual([]);
  });

  test('a worker that does not answer is told', async () => {
    const world = fakePorts(dataOf(), { send: () => Promise.reject(new Error('gone')) });
    const { state } = await opened(world);
    expect(await state.send({ type: 'pause', paused: true })).toBe(false);
    expect(state.notice.value).toEqual(['banner.failed']);
    expect(state.data.value?.pausedAt).toBeNull();
  });
});

describe('asking the browser', () => {
  test('asks at once, while the click still counts', async () => {
    const { state } = await opened(fakePorts(dataOf()));
    const ask = vi.fn(async () => true);
    void state.ask(ask);
    expect(ask).toHaveBeenCalledTimes(1);
  });
  test('tells a refusal, and an error', async () => {
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

describe('what a command will have changed', () => {
  const data = dataOf({ open: [loginOf('a', 0), loginOf('b', 0)] });
  test('a label, and its taking back', () => {
    const named = optimisticUpdate(data, { type: 'label', login: 'a', label: 'QA 1' }, NOW);
    expect(named.open.map((l) => l.label)).toEqual(['QA 1', null]);
    const bare = optimisticUpdate(named, { type: 'label', login: 'a', label: '' }, NOW);
    expect(bare.open[0]?.label).toBeNull();
    expect(data.open[0]?.label).toBeNull();
  });
  test("the tester's mark", () => {
    const mark = { type: 'mark', login: 'b', mark: 'cut', note: 'seen in the log' } as const;
    const marked = optimisticUpdate(data, mark, NOW);
    expect(marked.open[1]?.testerMark).toEqual({ at: NOW, mark: 'cut', note: 'seen in the log' });
    expect(optimisticUpdate(marked, { ...mark, mark: null }, NOW).open[1]?.testerMark).toBeNull();
  });
  test('an app keeps what is left out', () => {
    const one = optimisticUpdate(data, { type: 'app', clientId: 'new', windowMs: 60_000 }, NOW);
    const two = optimisticUpdate(one, { type: 'app', clientId: 'new', fixedUserId: 'off' }, NOW);
    expect(two.apps.get('new')).toMatchObject({ windowMs: 60_000, fixedUserId: 'off' });
    const three = optimisticUpdate(two, { type: 'app', clientId: 'new', windowMs: null }, NOW);
    expect(three.apps.get('new')?.windowMs).toBeNull();
    expect(data.apps.has('new')).toBe(false);
  });
  test('settings and pause; nothing for what only the worker knows', () => {
    const set = optimisticUpdate(data, { type: 'settings', settings: { retentionDays: 7 } }, NOW);
    expect(set.settings).toEqual({ ...data.settings, retentionDays: 7 });
    expect(optimisticUpdate(data, { type: 'pause', paused: true }, NOW).pausedAt).toBe(NOW);
    expect(optimisticUpdate(data, { type: 'clear' }, NOW)).toBe(data);
  });
});

describe('done logins', () => {
  test('are read when looked at, more on demand, and again after a change', async () => {
    const load = vi.fn(async (limit: number) => [loginOf(`first of ${limit}`, 0)]);
    const done = createDoneLogins(load, () => {});
    await done.refresh();
    expect(load).not.toHaveBeenCalled();
    await done.open();
    await done.open();
    await done.more();
    await done.refresh();
    expect(load.mock.calls.map(([limit]) => limit)).toEqual([50, 100, 100]);
    expect(done.logins.value?.[0]?.id).toBe('first of 100');
  });
  test('tell a reading that failed', async () => {
    const failed = vi.fn();
    await createDoneLogins(() => Promise.reject(new Error('gone')), failed).open();
    expect(failed).toHaveBeenCalledTimes(1);
  });
});

test('a coalesced task never runs twice at a time', async () => {
  let running = 0;
  let runs = 0;
  const task = coalesce(async () => {
    expect(++running).toBe(1);
    runs += 1;
    await Promise.resolve();
    running -= 1;
  });
  await Promise.all([task(), task(), task()]);
  await task();
  expect(runs).toBe(3);
});
