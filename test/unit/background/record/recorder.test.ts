import { forceCloseDatabase } from 'fake-indexeddb';
import { unwrap } from 'idb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { POLICY } from '../../../../utils/kakao/policy.ts';
import type { Observation } from '../../../../utils/model/observation.ts';
import { DEFAULT_SETTINGS } from '../../../../utils/model/settings.ts';
import { loadLoginState, LOGIN_STATE_STORES } from '../../../../utils/store/login-state-store.ts';
import { readSettings, writeSettings } from '../../../../utils/store/meta.ts';
import { openStore, StoreProblem, type Db } from '../../../../utils/store/open.ts';
import { DB_NAME } from '../../../../utils/store/schema.ts';
import { reduce, replay } from '../../../../utils/verdict/reduce.ts';
import { createLoginState } from '../../../../utils/verdict/state/login-state.ts';
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
  SITE,
  T0,
  token,
} from '../../fixtures.ts';
import {
  contents,
  failCommits,
  freshProfile,
  onStore,
  memoryStorage,
  startWorker,
  setSettings,
  storedIds,
} from '../../store/database.ts';

beforeEach(freshProfile);
afterEach(() => void vi.restoreAllMocks());

const ids = (observations: Observation[]) => observations.map((o) => o.id);
/** The id of the one loss that is stored. */
const idOfLoss = async () => {
  const rows = await onStore((db) => db.getAll('observations'));
  const [loss, ...others] = rows.filter((row) => row.type === 'loss');
  expect(others).toEqual([]);
  return loss?.id ?? expect.unreachable();
};
const quiet = () => vi.spyOn(console, 'error').mockImplementation(() => {});

/** Histories that go through every part of the judgement. */
function histories(): Record<string, Observation[]> {
  const first = firstLogin(T0);
  const login = first.at(-1)?.id ?? '';
  const popup = { tab: 'r:2', opener: 'r:1', fact: { redirectUri: 'kakaojs' } };
  const tester = { source: 'tester' as const };
  return {
    'complete, repeat, a day later again': [
      observe({ type: 'start' }, T0 - 9000),
      observe({ type: 'watch', watched: true }, T0 - 5000),
      ...first,
      exchange(T0 + 4000),
      me(T0 + 5000),
      ...repeatLogin(T0 + HOUR),
      ...firstLogin(T0 + 50 * HOUR),
    ],
    'manual link, set by hand, rehearsed, marked and labelled': [
      ...first,
      exchange(T0 + 4000),
      observe(api('/v2/user/me', 200, { hasSignedUp: false, wholeBody: true }), T0 + 5000),
      observe({ type: 'app', clientId: APP, linkMode: 'auto' }, T0 + 6000, tester),
      observe({ type: 'app', clientId: APP, windowMs: 60_000 }, T0 + 7000, tester),
      observe({ type: 'label', login, label: 'kim' }, T0 + 8000, tester),
      observe({ type: 'mark', login, mark: 'cut', note: 'x' }, T0 + 9000, tester),
      observe({ type: 'mark', login, mark: null, note: '' }, T0 + 9500, tester),
      observe(api('/v1/user/signup', 200, { method: 'POST' }), T0 + 10_000),
    ],
    'two accounts, two tabs, a popup, a kapi frame, a gap': [
      observe({ type: 'watch', watched: true }, T0 - 1000),
      ...first,
      ...firstLogin(T0 + 10_000, popup),
      observe({ type: 'frame' }, T0 + 20_000),
      observe(api('/v2/user/me', 200, { inFrame: true }), T0 + 21_000, { site: null }),
      ...firstLogin(T0 + HOUR, { tab: 'r:3' }),
      observe(token(200, { account: 'h1' }), T0 + HOUR + 4000, { tab: 'r:3' }),
      observe({ type: 'pause', paused: true }, T0 + 2 * HOUR, tester),
      observe({ type: 'pause', paused: false }, T0 + 3 * HOUR, tester),
      observe({ type: 'watch', watched: false }, T0 + 4 * HOUR),
      observe({ type: 'poll', clientId: APP, watched: true }, T0 + 5 * HOUR),
      observe(
        { type: 'arrival', redirectUri: `${SITE}/cb`, outcome: 'code', error: null },
        T0 + 5 * HOUR + 3000,
      ),
      observe(api('/v1/user/unlink', 200, { method: 'POST' }), T0 + 6 * HOUR),
      observe(
        {
          type: 'unlink-callback',
          appId: '1',
          account: 'h1',
          referrerType: 'INCOMPLETE_SIGN_UP',
          timeKnown: true,
        },
        T0 + 30 * HOUR,
      ),
    ],
    'errors and a clock set back': [
      observe(authorize({ outcome: 'error-page', status: 400, error: 'KOE006' }), T0),
      observe(authorize({ outcome: 'screen' }), T0 + 1000),
      observe(
        authorize({ clientId: null, method: 'POST', outcome: 'error', error: 'access_denied' }),
        T0 + 2000,
        { site: null },
      ),
      ...firstLogin(T0 + 5000),
      me(T0 - 30 * HOUR),
      me(T0 + 60_000),
    ],
  };
}

describe('worker that may die after any observation', () => {
  test.each(Object.entries(histories()))('%s', async (_name, history) => {
    await startWorker().record(history);
    const atOnce = await contents();

    freshProfile();
    const one = startWorker();
    for (const o of history) await one.record([o]);
    const oneWorker = await contents();

    freshProfile();
    for (const o of history) await startWorker().record([o]);
    const manyWorkers = await contents();

    expect(manyWorkers).toEqual(oneWorker);
    expect(oneWorker).toEqual(atOnce);
    expect(oneWorker['observations']).toHaveLength(history.length);
    const inMemory = replay(history);
    const loginState = await onStore((db) => loadLoginState(db.transaction(LOGIN_STATE_STORES)));
    expect([...loginState.logins.values()]).toEqual([...inMemory.logins.values()]);
    expect(loginState.tracking).toEqual(inMemory.tracking);
    expect(inMemory.logins.size).toBeGreaterThan(0);
  });

  test('observations that come at the same time: stored in their order', async () => {
    const recorder = startWorker();
    const all = [...firstLogin(T0), me(T0 + 5000), me(T0 + 6000)];
    await Promise.all(all.map((o) => recorder.record([o])));
    expect(await storedIds()).toEqual(ids(all));
    const seqs = (await onStore((db) => db.getAll('observations'))).map((o) => o.seq);
    expect(seqs).toEqual([1, 2, 3, 4, 5]);
  });

  test.each(['one by one', 'together'])(
    'report before its login, stored %s: its row names the login',
    async (how) => {
      const recorder = startWorker();
      const report = observe(api('/v2/user/me'), T0 - 60_000, { source: 'server' });
      const history = [report, ...firstLogin(T0)];
      if (how === 'together') await recorder.record(history);
      else for (const o of history) await recorder.record([o]);
      const rows = await onStore((db) => db.getAll('observations'));
      expect(rows.find((row) => row.id === report.id)?.loginId).toBe(history.at(-1)?.id);
    },
  );

  test('busy or not open: what is recorded is not written at once', async () => {
    const recorder = startWorker();
    expect(recorder.isIdle()).toBe(false);
    await recorder.record([me(T0)]);
    expect(recorder.isIdle()).toBe(true);
    const recording = recorder.record([me(T0 + 1000)]);
    expect(recorder.isIdle()).toBe(false);
    await recording;
    const heal = failCommits('UnknownError');
    await recorder.record([me(T0 + 2000)]);
    expect(recorder.isIdle()).toBe(false);
    heal();
    await recorder.record([]);
    expect(recorder.isIdle()).toBe(true);
  });

  test('what is stored of late, or pending: not unknown', async () => {
    const recorder = startWorker();
    const [stored, pending, unknown] = [me(T0), me(T0 + 1000), me(T0 + 2000)];
    await recorder.record([stored]);
    const heal = failCommits('UnknownError');
    await recorder.record([pending]);
    heal();
    expect(await recorder.unknownOf(ids([stored, pending, unknown]))).toEqual([unknown.id]);
  });

  test('nothing to store and nothing pending: nobody is told of a change', async () => {
    const changed = vi.fn();
    const recorder = startWorker(memoryStorage(), changed);
    expect(await recorder.record([])).toBe(false);
    expect(changed).not.toHaveBeenCalled();
  });

  test('new worker: a login’s first step is stored before any login is read', async () => {
    await startWorker().record([...firstLogin(T0), exchange(T0 + 4000)]);
    const [begun, ...rest] = firstLogin(T0 + HOUR);
    if (!begun) throw new Error('no step');
    const { mock } = vi.spyOn(IDBObjectStore.prototype, 'getAll');
    const stores = () => mock.contexts as IDBObjectStore[];
    const readsOfLogins = () => stores().filter(({ name }) => name === 'logins').length;
    const recorder = startWorker();
    expect(await recorder.withTracking(async (_db, { pausedAt }) => pausedAt)).toBe(null);
    await recorder.record([begun]);
    expect(await storedIds()).toContain(begun.id);
    expect(readsOfLogins()).toBe(0);
    await recorder.record(rest);
    expect(readsOfLogins()).toBe(1);
    expect(await recorder.withStore(async (_db, { logins }) => logins.size)).toBe(2);
  });

  test('link mode set by hand: the rows of its logins get a new status', async () => {
    const recorder = startWorker();
    const standings = () =>
      onStore(async (db) =>
        (await db.getAll('logins')).map((l) => [l.index.standing[0], l.index.standing[1] - T0]),
      );
    const set = (linkMode: 'manual' | 'auto', more = {}) =>
      recorder.record([
        observe({ type: 'app', clientId: APP, linkMode, ...more }, T0 + 9000, { source: 'tester' }),
      ]);
    await recorder.record([...firstLogin(T0), exchange(T0 + 4000), me(T0 + 5000)]);
    const day = 3000 + POLICY.windowHours * HOUR;
    expect(await standings()).toEqual([['done', day]]);
    await set('manual');
    expect(await standings()).toEqual([['open', day]]);
    await set('auto', { windowMs: 1000 });
    expect(await standings()).toEqual([['late', 4000]]);
  });
});

describe('database that fails', () => {
  const closing = (recorder: ReturnType<typeof startWorker>) =>
    recorder.withStore(async (db) => db.close());

  test.each([
    ['QuotaExceededError', 'db-full'],
    ['UnknownError', 'db-failed'],
  ])('%s: observation is pending, told, and stored with the next', async (name, problem) => {
    const place = memoryStorage();
    const changed = vi.fn<() => void>();
    const recorder = startWorker(place, changed);
    const history = [...firstLogin(T0), exchange(T0 + 4000), me(T0 + 5000), me(T0 + 6000)];
    const [a, b, c, d, e, f] = history.map((o) => [o]);
    await recorder.record(a ?? []);
    const heal = failCommits(name);
    await recorder.record(b ?? []);
    expect(recorder.health()).toEqual({ problem, held: 1, dropped: 0, pruned: 0 });
    expect(place.health).toEqual(recorder.health());
    await recorder.record([...(c ?? []), ...(d ?? [])]);
    expect(recorder.health()).toMatchObject({ problem, held: 3 });
    expect(ids(place.held)).toEqual(ids(history.slice(1, 4)));
    expect(await storedIds()).toEqual(ids(history.slice(0, 1)));
    heal();
    await recorder.record(e ?? []);
    expect(recorder.health()).toEqual({ problem: null, held: 0, dropped: 0, pruned: 0 });
    expect(place).toMatchObject({ held: [], lost: 0, health: { problem: null } });
    await recorder.record(f ?? []);
    expect(changed).toHaveBeenCalledTimes(5);

    const stored = await contents();
    freshProfile();
    await startWorker().record(history);
    expect({ ...stored, observations: 0 }).toEqual({ ...(await contents()), observations: 0 });
    expect(await storedIds()).toEqual(ids(history));
  });

  test('request that fails: nothing of its batch is stored, nothing twice later', async () => {
    const recorder = startWorker();
    const proto = IDBObjectStore.prototype;
    const { put } = proto;
    const spy = vi.spyOn(proto, 'put').mockImplementationOnce(function (this: IDBObjectStore) {
      throw new DOMException('no', 'DataCloneError');
    });
    const history = firstLogin(T0);
    await recorder.record(history);
    expect(recorder.health()).toMatchObject({ problem: 'db-failed', held: 3 });
    expect(await storedIds()).toEqual([]);
    spy.mockRestore();
    expect(proto.put).toBe(put);
    await recorder.record([]);
    expect(await storedIds()).toEqual(ids(history));
  });

  test('batch that fails half-way: told by its cause, not by what was aborted', async () => {
    const recorder = startWorker();
    const proto = IDBObjectStore.prototype;
    const spy = vi.spyOn(proto, 'add').mockImplementationOnce(function (this: IDBObjectStore) {
      const tx = this.transaction as unknown as {
        _execRequestAsync(request: object): IDBRequest<IDBValidKey>;
      };
      const operation = () => {
        throw new DOMException('', 'QuotaExceededError');
      };
      return tx._execRequestAsync({ source: this, operation });
    });
    await recorder.record(firstLogin(T0));
    expect(recorder.health()).toMatchObject({ problem: 'db-full', held: 3 });
    spy.mockRestore();
  });

  test('pending storage that cannot be read: not written over', async () => {
    quiet();
    const place = memoryStorage();
    const history = [...firstLogin(T0), me(T0 + 5000)];
    const heal = failCommits('UnknownError');
    await startWorker(place).record(history.slice(0, 2));
    const { load } = place;
    place.load = () => Promise.reject(new Error('no load'));
    const next = startWorker(place);
    await next.record(history.slice(2, 3));
    expect(ids(place.held)).toEqual(ids(history.slice(0, 2)));
    place.load = load;
    heal();
    await next.record(history.slice(3));
    expect(await storedIds()).toEqual(ids(history));
  });

  test('connection closed under the recorder: pending, then stored', async () => {
    const place = memoryStorage();
    const recorder = startWorker(place);
    const history = [...firstLogin(T0), me(T0 + 5000)];
    await recorder.record(history.slice(0, 1));
    await closing(recorder);
    await recorder.record(history.slice(1, 3));
    expect(recorder.health()).toMatchObject({ problem: 'db-failed', held: 2 });
    await recorder.record(history.slice(3));
    expect(await storedIds()).toEqual(ids(history));
    expect(recorder.health().problem).toBeNull();
  });

  test('connection terminated by the browser: opened again, nothing is told', async () => {
    let raw: Db | undefined;
    const open = async (onClosed: () => void) => (raw = await openStore(onClosed));
    const recorder = startWorker(memoryStorage(), () => {}, open);
    const history = [...firstLogin(T0), me(T0 + 5000)];
    await recorder.record(history.slice(0, 2));
    const before = raw;
    if (raw) forceCloseDatabase(unwrap(raw) as never);
    await new Promise((done) => setTimeout(done, 5));
    await recorder.record(history.slice(2));
    expect(raw).not.toBe(before);
    expect(recorder.health()).toMatchObject({ problem: null, held: 0 });
    expect(await storedIds()).toEqual(ids(history));
  });

  test('pending observations: survive the worker, and are stored first', async () => {
    const place = memoryStorage();
    const history = [...firstLogin(T0), me(T0 + 5000)];
    const heal = failCommits('QuotaExceededError');
    await startWorker(place).record(history.slice(0, 1));
    await startWorker(place).record(history.slice(1, 2));
    expect(ids(place.held)).toEqual(ids(history.slice(0, 2)));
    heal();
    await startWorker(place).record(history.slice(2));
    expect(await storedIds()).toEqual(ids(history));
    expect(place.held).toEqual([]);
  });

  test('death between commit and emptied queue: nothing is stored twice', async () => {
    const place = memoryStorage();
    const history = [...firstLogin(T0), me(T0 + 5000), me(T0 + 6000)];
    const heal = failCommits('QuotaExceededError');
    await startWorker(place).record(history.slice(0, 3));
    const asItWas = { held: place.held, lost: 2 };
    Object.assign(place, asItWas);
    heal();
    await startWorker(place).record(history.slice(3, 4));
    Object.assign(place, asItWas);
    const next = startWorker(place);
    await next.record(history.slice(4));
    expect(await storedIds()).toEqual(ids(history).toSpliced(2, 0, await idOfLoss()));
    expect(next.health().dropped).toBe(2);
    expect(place).toMatchObject({ held: [], lost: 0 });
  });

  test('full pending storage: the newest are lost, counted, and told for good', async () => {
    const place = memoryStorage(3);
    const recorder = startWorker(place);
    const history = [...firstLogin(T0), me(T0 + 5000), me(T0 + 6000)];
    const heal = failCommits('UnknownError');
    await recorder.record(history.slice(0, 4));
    await recorder.record(history.slice(4));
    expect(recorder.health()).toMatchObject({ held: 3, dropped: 2 });
    expect(place.health).toMatchObject({ problem: 'db-failed', held: 3, dropped: 2 });
    heal();
    const next = startWorker(place);
    await next.record([]);
    expect(next.health()).toEqual({ problem: null, held: 0, dropped: 2, pruned: 0 });
    expect(await storedIds()).toEqual(ids(history.slice(0, 3)).toSpliced(2, 0, await idOfLoss()));
    const later = startWorker(place);
    await later.record([me(T0 + 7000)]);
    expect(later.health().dropped).toBe(2);
    expect((await contents())['health']).toMatchObject({ dropped: 2 });
  });

  test('pending storage that fails too: kept in memory, nothing rejects', async () => {
    const error = quiet();
    const place = memoryStorage();
    const { save, load } = place;
    place.load = () => Promise.reject(new Error('no load'));
    place.save = () => Promise.reject(new Error('no save'));
    const recorder = startWorker(place, () => {
      throw new Error('no channel');
    });
    const history = [...firstLogin(T0), me(T0 + 5000)];
    const heal = failCommits('UnknownError');
    await recorder.record(history.slice(0, 2));
    place.load = load;
    await recorder.record(history.slice(2, 3));
    expect(recorder.health()).toMatchObject({ held: 3, dropped: 0 });
    place.save = save;
    await recorder.record([]);
    expect(ids(place.held)).toEqual(ids(history.slice(0, 3)));
    heal();
    place.save = () => Promise.reject(new Error('no save'));
    await recorder.record(history.slice(3));
    expect(recorder.health()).toMatchObject({ problem: null, held: 0 });
    await recorder.record([me(T0 + 9000)]);
    expect((await storedIds()).slice(0, 4)).toEqual(ids(history));
    expect(await storedIds()).toHaveLength(5);
    expect(error).toHaveBeenCalled();
  });

  test('withStore: rejects with a StoreProblem, and the next turn works', async () => {
    const open = vi.fn(openStore).mockRejectedValueOnce(new StoreProblem('db-failed', null));
    const recorder = startWorker(memoryStorage(), () => {}, open);
    const work = (db: Db) => db.count('observations');
    await expect(recorder.withStore(work)).rejects.toMatchObject({ problem: 'db-failed' });
    await expect(recorder.withStore(work)).resolves.toBe(0);
    await closing(recorder);
    const error = await recorder.withStore(work).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(StoreProblem);
    await expect(recorder.withStore(work)).resolves.toBe(0);
    const own = new TypeError('mine');
    await expect(recorder.withStore(() => Promise.reject(own))).rejects.toBe(own);
    await recorder.record([me(T0)]);
    expect(recorder.health().problem).toBeNull();
  });
});

describe('two versions of the code', () => {
  const newer = () =>
    new Promise<IDBDatabase>((done, fail) => {
      const request = indexedDB.open(DB_NAME, 999);
      request.addEventListener('success', () => done(request.result));
      request.addEventListener('error', () => fail(request.error));
      request.addEventListener('blocked', () => fail(new Error('blocked')));
    });

  test('newer version in another tab: gets the database, nothing is deleted', async () => {
    const place = memoryStorage();
    const recorder = startWorker(place);
    const history = firstLogin(T0);
    await recorder.record(history.slice(0, 1));
    const other = await newer();
    await recorder.record(history.slice(1));
    expect(recorder.health()).toMatchObject({ problem: 'db-newer', held: 2 });
    expect(ids(place.held)).toEqual(ids(history.slice(1)));
    await expect(recorder.withStore(async () => 0)).rejects.toMatchObject({ problem: 'db-newer' });
    await expect(recorder.clear()).rejects.toMatchObject({ problem: 'db-newer' });
    expect(ids(place.held)).toEqual(ids(history.slice(1)));
    const count = await new Promise((done) => {
      const request = other.transaction('observations').objectStore('observations').count();
      request.addEventListener('success', () => done(request.result));
    });
    expect(count).toBe(1);
    other.close();
  });

  test('tab of the same version: shares the database, also after an upgrade', async () => {
    const recorder = startWorker();
    const tab = await openStore();
    const history = firstLogin(T0);
    await recorder.record(history);
    expect(await tab.count('observations')).toBe(3);
    tab.close();
    await new Promise<void>((done, fail) => {
      const request = indexedDB.deleteDatabase(DB_NAME);
      request.addEventListener('success', () => done());
      request.addEventListener('blocked', () => fail(new Error('blocked')));
    });
    await recorder.record([me(T0 + 9000)]);
    expect(recorder.health().problem).toBeNull();
    expect(await storedIds()).toHaveLength(1);
  });
});

describe('observation that cannot be read', () => {
  test('is stored without the judgement, counted, and stops nothing', async () => {
    quiet();
    const history = [...firstLogin(T0), exchange(T0 + 4000), me(T0 + 5000)];
    const poison = observe(api('/v1/poison'), T0 + 4500);
    // Broken in a way that the reducer trips over: there is no list of prompts.
    Object.assign(poison, { type: 'authorize', prompt: null, params: null, clientId: APP });
    expect(() => reduce(replay([]), poison)).toThrow(TypeError);
    const all = [...history.slice(0, 4), poison, ...history.slice(4)];
    const recorder = startWorker();
    await recorder.record(all);
    expect(recorder.health()).toEqual({ problem: null, held: 0, dropped: 1, pruned: 0 });
    expect(await storedIds()).toEqual(ids(all));
    const stored = await contents();
    expect(stored['observations']).toContainEqual(
      expect.objectContaining({ id: poison.id, unread: true }),
    );

    freshProfile();
    for (const o of all) await startWorker().record([o]);
    expect(await contents()).toEqual(stored);
    freshProfile();
    await startWorker().record(history);
    const { logins, apps, track } = await contents();
    expect({ logins, apps, track }).toEqual({
      logins: stored['logins'],
      apps: stored['apps'],
      track: stored['track'],
    });
  });

  test('observation that no storage takes: counted as dropped', async () => {
    const recorder = startWorker();
    const odd = Object.assign(me(T0), { extra: () => 0 });
    await recorder.record([odd, me(Number.NaN)]);
    expect(recorder.health()).toMatchObject({ problem: null, dropped: 2 });
    await recorder.record([me(T0)]);
    expect(await storedIds()).toHaveLength(1);
    expect((await contents())['health']).toMatchObject({ dropped: 2 });
  });
});

describe('sessions', () => {
  const day = (d: number, h = 12) => new Date(2026, 10, d, h).getTime();
  const sessions = () =>
    onStore(async (db) => {
      const names = new Map((await db.getAll('sessions')).map((s) => [s.id, s]));
      const rows = await db.getAll('observations');
      return {
        rows: rows.map((row) => names.get(row.session)?.name),
        ended: [...names.values()].map((s) => [s.name, s.startedAt, s.endedAt]),
      };
    });

  test('a session a local day, also within a batch and for late observations', async () => {
    const recorder = startWorker();
    await recorder.record([me(day(20)), me(day(20, 23)), me(day(21, 0)), me(day(20, 23) + 1)]);
    await startWorker().record([me(day(21, 3)), me(day(22))]);
    expect(await sessions()).toEqual({
      rows: ['2026-11-20', '2026-11-20', '2026-11-21', '2026-11-20', '2026-11-21', '2026-11-22'],
      ended: [
        ['2026-11-20', day(20), day(21, 0)],
        ['2026-11-21', day(21, 0), day(22)],
        ['2026-11-22', day(22), null],
      ],
    });
  });
});

describe('clear', () => {
  test('database that cannot be opened: it is deleted, and nothing waits outside of it', async () => {
    await startWorker().record(firstLogin(T0));
    const place = memoryStorage();
    const open = vi.fn(openStore).mockRejectedValue(new StoreProblem('db-failed', null));
    const recorder = startWorker(place, () => {}, open);
    await recorder.record([me(T0 + 5000)]);
    expect(place.held).toHaveLength(1);
    await recorder.clear();
    expect(place).toMatchObject({ held: [], lost: 0, health: { problem: null } });
    expect(await storedIds()).toEqual([]);
  });

  test('database that fails after it was read: the settings and the pause go on', async () => {
    let isBroken = false;
    const open: typeof openStore = async (onClosed) => {
      const db = await openStore(onClosed);
      // What is broken goes with the database.
      if (!isBroken || (await db.count('observations')) === 0) return db;
      db.close();
      throw new StoreProblem('db-failed', null);
    };
    const recorder = startWorker(memoryStorage(), () => {}, open);
    await recorder.editSettings({ watchedOnly: true });
    await recorder.record([
      me(T0),
      observe({ type: 'pause', paused: true }, T0 + 1, { source: 'tester' }),
    ]);
    await recorder.withStore(async (db) => db.close());
    isBroken = true;
    await recorder.clear();
    expect(await storedIds()).toEqual([]);
    expect(await onStore(readSettings)).toMatchObject({ watchedOnly: true });
    expect(await contents()).toMatchObject({ track: { pausedAt: T0 + 1 } });
  });

  test('what was dropped before is not told any more', async () => {
    const recorder = startWorker(memoryStorage(1));
    const heal = failCommits('UnknownError');
    await recorder.record([me(T0), me(T0 + 1000)]);
    heal();
    await recorder.record([]);
    expect(recorder.health()).toMatchObject({ held: 0, dropped: 1 });
    await recorder.clear();
    expect(recorder.health()).toEqual({ problem: null, held: 0, dropped: 0, pruned: 0 });
  });

  test('database that fails once, or is a newer version’s: it stays', async () => {
    await setSettings(startWorker(), { retentionDays: 7 });
    const open = vi.fn(openStore).mockRejectedValueOnce(new StoreProblem('db-failed', null));
    await startWorker(memoryStorage(), () => {}, open).clear();
    expect(await onStore(readSettings)).toMatchObject({ retentionDays: 7 });
    open.mockRejectedValue(new StoreProblem('db-newer', null));
    const clearing = startWorker(memoryStorage(), () => {}, open).clear();
    await expect(clearing).rejects.toMatchObject({ problem: 'db-newer' });
    expect(await onStore(readSettings)).toMatchObject({ retentionDays: 7 });
  });

  test('forgets what is recorded and pending; settings, watched sites and pause stay', async () => {
    const place = memoryStorage();
    const named = (at: number) =>
      observe({ type: 'label', login: 'none', label: '' }, at, { source: 'tester' });
    const recorder = startWorker(place);
    await recorder.withStore(async (db) => {
      await db.put('meta', 'salt', 'salt');
      await db.put('notices', { id: 'n', at: 1 });
      await db.put('meta', 1, 'prunedAt');
      await db.put('meta', 'x', 'lastRestoredId');
      await writeSettings(db, DEFAULT_SETTINGS);
    });
    await recorder.record([
      observe({ type: 'watch', watched: false }, T0, { site: 'https://left.shop.test' }),
      observe({ type: 'watch', watched: true }, T0),
      ...firstLogin(T0),
      observe({ type: 'pause', paused: true }, T0, { source: 'tester' }),
    ]);
    const heal = failCommits('UnknownError', 1);
    await recorder.record([named(T0 + 5000)]);
    heal();
    await recorder.clear();
    expect(place).toMatchObject({ held: [], lost: 0, health: { problem: null } });
    expect(recorder.health()).toEqual({ problem: null, held: 0, dropped: 0, pruned: 0 });
    expect(await contents()).toMatchObject({
      observations: [],
      logins: [],
      apps: [],
      sessions: [],
      notices: [],
      track: {
        flows: {},
        pausedAt: T0,
        sites: { [SITE]: { watched: true, since: T0 } },
      },
    });
    const kept = ['lastRestoredId', 'settings', 'track'];
    expect(await onStore((db) => db.getAllKeys('meta'))).toEqual(kept);
    expect((await contents())['track']).toEqual({
      ...createLoginState().tracking,
      pausedAt: T0,
      sites: { [SITE]: { watched: true, since: T0 } },
    });
    await recorder.record([named(T0 + 9000), me(T0 + 9000)]);
    expect(await storedIds()).toHaveLength(1);
  });

  test('worker ended right after clearing: what was pending is forgotten, too', async () => {
    const place = memoryStorage();
    const recorder = startWorker(place);
    const heal = failCommits('UnknownError', 1);
    await recorder.record([me(T0)]);
    heal();
    expect(place.held).toHaveLength(1);
    const save = vi.spyOn(place, 'save').mockReturnValue(new Promise(() => {}));
    void recorder.clear();
    await vi.waitFor(() => expect(save).toHaveBeenCalled());
    save.mockRestore();
    const later = me(T0 + 5000);
    await startWorker(place).record([later]);
    expect(await storedIds()).toEqual([later.id]);
  });

  test('call that a server reported before it completes no login after it', async () => {
    const recorder = startWorker(memoryStorage());
    await recorder.record([observe(api('/v2/user/me'), T0 - 1000, { source: 'server' })]);
    await recorder.clear();
    const steps = firstLogin(T0);
    await recorder.record(steps);
    const [login] = await onStore((db) => db.getAll('logins'));
    expect(login?.id).toBe(steps.at(-1)?.id);
    expect(login?.calls).toEqual([]);
  });
});
