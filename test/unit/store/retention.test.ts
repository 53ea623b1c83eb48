import { beforeEach, describe, expect, test } from 'vitest';
import type { App } from '../../../utils/model/app.ts';
import type { Observation } from '../../../utils/model/observation.ts';
import { isPruneDue, prune, PRUNE_START, type PrunePlace } from '../../../utils/store/retention.ts';
import {
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
} from '../fixtures.ts';
import { judgeAt, verdictIn } from '../verdict/judge-history.ts';
import {
  contents,
  freshProfile,
  onStore,
  pruneAll,
  setSettings,
  startWorker,
  storedIds,
} from './database.ts';

beforeEach(freshProfile);

const DAY = 24 * HOUR;
const ids = (observations: Observation[]) => observations.map((o) => o.id);

describe('retention', () => {
  test('by age: the old go with their logins and alerts, the rest stays as it was', async () => {
    const recorder = startWorker();
    const old = [...firstLogin(T0), me(T0 + 5000)];
    const young = [...firstLogin(T0 + 80 * DAY), me(T0 + 80 * DAY + 5000)];
    await recorder.record([...old, ...young]);
    const gone = old[2]?.id ?? '';
    await recorder.withStore(async (db) => {
      await db.put('notices', { id: `${gone}:soon`, at: 1 });
      await db.put('notices', { id: `${young[2]?.id}:soon`, at: 1 });
    });
    const before = await contents();
    await pruneAll(recorder, T0 + 91 * DAY, {});
    expect(await storedIds()).toEqual(ids(young));
    const after = await contents();
    expect(after['logins']).toEqual((before['logins'] as unknown[]).slice(1));
    expect(after['notices']).toEqual([{ id: `${young[2]?.id}:soon`, at: 1 }]);
    expect(after['health']).toEqual({ problem: null, held: 0, dropped: 0, pruned: 4 });
    expect(after['sessions']).toHaveLength(1);
    expect(after['apps']).toEqual(before['apps']);
    const inMemory = await recorder.withStore(async (_db, loginState) => [
      ...loginState.logins.keys(),
    ]);
    expect(inMemory).toEqual([young[2]?.id]);
  });

  test('by number: the oldest go, and the counts of two runs add up', async () => {
    const recorder = startWorker();
    const calls = Array.from({ length: 30 }, (_, i) => me(T0 + i));
    await recorder.record(calls);
    await pruneAll(recorder, T0 + HOUR, { retentionCount: 20 });
    expect(await storedIds()).toEqual(ids(calls.slice(10)));
    await pruneAll(recorder, T0 + HOUR, { retentionCount: 5 });
    expect(await storedIds()).toEqual(ids(calls.slice(25)));
    await pruneAll(recorder, T0 + HOUR, { retentionCount: 5 });
    expect((await contents())['health']).toMatchObject({ pruned: 25 });
    const restarted = startWorker();
    await restarted.record([]);
    await restarted.withStore(async () => {});
    expect(restarted.health().pruned).toBe(25);
  });

  test('open login younger than 48 h: stays with its steps and calls', async () => {
    const recorder = startWorker();
    const complete = [...firstLogin(T0), exchange(T0 + 4000), me(T0 + 5000)];
    const fact = { redirectUri: 'https://two.test/cb' };
    const open = firstLogin(T0 + HOUR, { site: 'https://two.test', fact });
    const theirs = exchange(T0 + HOUR + 4000, { site: 'https://two.test' });
    const set = observe({ type: 'app', clientId: APP, linkMode: 'auto' }, T0, { source: 'tester' });
    await recorder.record([set, ...complete, ...open, theirs, me(T0 + 2 * HOUR)]);
    await pruneAll(recorder, T0 + 3 * HOUR, { retentionCount: 0 });
    expect(await storedIds()).toEqual(ids([set, ...open, theirs]));
    await pruneAll(recorder, T0 + 48 * HOUR, { retentionCount: 0 });
    expect(await storedIds()).toEqual(ids([set, ...open, theirs]));
    await pruneAll(recorder, T0 + 50 * HOUR, { retentionCount: 0 });
    expect(await storedIds()).toEqual([set.id]);
    expect((await contents())['logins']).toEqual([]);
  });

  test('login after an open one in its tab: stays with it, since what comes later is of it', async () => {
    const recorder = startWorker();
    const set = observe({ type: 'app', clientId: APP, linkMode: 'auto' }, T0, { source: 'tester' });
    const open = [...firstLogin(T0), exchange(T0 + 4000)];
    const complete = [...firstLogin(T0 + HOUR), exchange(T0 + HOUR + 4000), me(T0 + HOUR + 5000)];
    await recorder.record([set, ...open, ...complete]);
    await pruneAll(recorder, T0 + 2 * HOUR, { retentionCount: 0 });
    await recorder.record([me(T0 + 3 * HOUR)]);
    const logins = await recorder.withStore(async (_db, loginState) =>
      [...loginState.logins.values()].map((l) => verdictIn(loginState, l, T0 + 30 * HOUR)),
    );
    expect(logins).toMatchObject([{ verdict: 'missed' }, { verdict: 'complete' }]);
  });

  test('login whose calls nobody saw: stays with the open one that it casts a doubt on', async () => {
    const recorder = startWorker();
    const open = [...firstLogin(T0), exchange(T0 + 4000)];
    const unseen = repeatLogin(T0 + HOUR, { tab: 'r:2' });
    const seen = [...repeatLogin(T0 + 2 * HOUR), exchange(T0 + 2 * HOUR + 1000)];
    await recorder.record([...open, ...unseen, ...seen]);
    await pruneAll(recorder, T0 + 3 * HOUR, { retentionCount: 0 });
    const rows = await onStore((db) => db.getAll('observations'));
    const [first] = judgeAt(rows, T0 + 30 * HOUR);
    expect(first).toMatchObject({ verdict: 'missed', doubt: 'other-login-unseen' });
  });

  test('login that ended while another’s consent screen was shown: stays as long as that one', async () => {
    const recorder = startWorker();
    const screen = (at: number, tab: string) =>
      observe(authorize({ outcome: 'screen' }), at, { tab });
    const agreed = (at: number, tab: string) =>
      observe(authorize({ clientId: null, method: 'POST', fromKakao: true }), at, {
        tab,
        site: null,
      });
    const screens = [screen(T0, 'r:1'), screen(T0 + 1000, 'r:2')];
    const first = [agreed(T0 + 2000, 'r:1'), exchange(T0 + 2500), me(T0 + 2600)];
    const second = [agreed(T0 + 4000, 'r:2'), exchange(T0 + 4500, { tab: 'r:2' })];
    await recorder.record([...screens, ...first, ...second]);
    await pruneAll(recorder, T0 + 60 * HOUR, { retentionCount: 3 });
    await recorder.record([me(T0 + 60 * HOUR, { tab: 'r:2' })]);
    const kinds = await recorder.withStore(async (_db, { logins }) =>
      [...logins.values()].map(({ kind }) => kind),
    );
    expect(kinds).toEqual(['first', 'repeat']);
    const rows = await onStore((db) => db.getAll('observations'));
    expect(judgeAt(rows, T0 + 61 * HOUR).map(({ login: l }) => l.kind)).toEqual(kinds);
  });

  test('login that stays: keeps its steps, without which a report could not tell of it', async () => {
    const recorder = startWorker();
    const popup = { tab: 'r:2', opener: 'r:1' };
    const history = [
      me(T0 - 1000),
      observe({ type: 'poll', clientId: APP, watched: true }, T0),
      observe(authorize({ outcome: 'screen', params: ['is_popup'] }), T0, popup),
      observe({ type: 'arrival', redirectUri: `${SITE}/cb`, outcome: 'code', error: null }, T0 + 9),
      me(T0 + 5000),
    ];
    await recorder.record(history);
    await pruneAll(recorder, T0 + 60 * HOUR, { retentionCount: 3 });
    const rows = await onStore((db) => db.getAll('observations'));
    expect(rows.map((o) => o.id)).toEqual(ids(history.slice(1)));
    expect(judgeAt(rows, T0 + 60 * HOUR)).toHaveLength(1);
  });

  test('steps that led to no login: the first to go, and no verdict changes', async () => {
    const recorder = startWorker();
    const login = firstLogin(T0);
    const flood = Array.from({ length: 600 }, (_, i) =>
      observe(
        authorize({
          clientId: `key-${i}`,
          outcome: i % 2 ? 'login-form' : 'screen',
          watched: false,
        }),
        T0 + HOUR + i * 78,
        { tab: 'r:9', site: 'https://any.test' },
      ),
    );
    const repeat = repeatLogin(T0 + 2 * HOUR);
    const history = [...login, exchange(T0 + 4000), me(T0 + 5000), ...flood, ...repeat];
    await recorder.record(history);
    const [first, last] = [flood[0]?.id ?? '', flood.at(-1)?.id ?? ''];
    await pruneAll(recorder, T0 + 60 * HOUR, { retentionCount: 7 });
    // The last login form stays: another account may have logged in there.
    const ofLogins = ids(history.filter((o) => !flood.includes(o)));
    expect(await storedIds()).toEqual(ofLogins.toSpliced(-1, 0, last));
    expect(await storedIds()).not.toContain(first);
    const rows = await onStore((db) => db.getAll('observations'));
    const judged = (observations: Observation[]) =>
      judgeAt(observations, T0 + 60 * HOUR).map(({ login: l, ...verdict }) => [
        verdict,
        l.kind,
        l.accountId,
      ]);
    expect(judged(rows)).toEqual(judged(history));
  });

  test('polls that led to no login: go before any login does; those of a popup stay', async () => {
    const recorder = startWorker();
    const poll = (clientId: string, at: number, tab: string) =>
      observe({ type: 'poll', clientId, watched: false }, at, { tab });
    const login = [...firstLogin(T0), exchange(T0 + 4000), me(T0 + 5000)];
    const flood = Array.from({ length: 200 }, (_, i) =>
      poll(`key-${i}`, T0 + HOUR + i * 78, 'r:9'),
    );
    const popup = [
      observe(authorize({ outcome: 'screen', params: ['is_popup'] }), T0 + 2 * HOUR, {
        tab: 'r:4',
      }),
      poll(APP, T0 + 2 * HOUR + 1000, 'r:1'),
      poll(APP, T0 + 2 * HOUR + 2000, 'r:1'),
    ];
    await recorder.record([...login, ...flood, ...popup]);
    await pruneAll(recorder, T0 + 60 * HOUR, { retentionCount: 9 });
    expect(await storedIds()).toEqual(ids([...login, ...flood.slice(-1), ...popup]));
  });

  test('app of which no login is left: goes, unless the tester set something for it', async () => {
    const recorder = startWorker();
    const login = (clientId: string) => firstLogin(T0, { tab: clientId, fact: { clientId } });
    const set = observe({ type: 'app', clientId: 'b', linkMode: 'auto' }, T0, { source: 'tester' });
    const young = firstLogin(T0 + 89 * DAY, { fact: { clientId: 'c' } });
    await recorder.record([...login('a'), ...login('b'), set, ...young]);
    await pruneAll(recorder, T0 + 91 * DAY, {});
    const apps = (await contents())['apps'] as App[];
    expect(apps.map((app) => app.clientId)).toEqual(['b', 'c']);
    const inMemory = await recorder.withStore(async (_db, { apps: known }) => [...known.keys()]);
    expect(inMemory).toEqual(['b', 'c']);
  });

  test('what the tester silenced stays, and so does a session that goes on', async () => {
    const recorder = startWorker();
    const silence = { type: 'silence', clientId: APP, rule: 'no-state', silenced: true } as const;
    const silenced = observe(silence, T0, { source: 'tester' });
    await recorder.record([silenced, ...firstLogin(T0 + HOUR)]);
    await recorder.withStore(async (db) => {
      await db.put('sessions', {
        id: 'open',
        name: 'open',
        startedAt: T0,
        endedAt: null,
        tester: '',
        build: '',
        notes: '',
      });
    });
    await pruneAll(recorder, T0 + 91 * DAY, {});
    expect(await storedIds()).toEqual([silenced.id]);
    const sessions = (await contents())['sessions'] as { id: string }[];
    expect(sessions.map((s) => s.id)).toContain('open');
  });

  test('observation dated into the future: keeps nothing else alive', async () => {
    const recorder = startWorker();
    const odd = me(T0 + 900 * DAY);
    const old = [me(T0), me(T0 + 1)];
    await recorder.record([odd, ...old]);
    await pruneAll(recorder, T0 + 100 * DAY, {});
    expect(await storedIds()).toEqual([odd.id]);
  });

  test('is due once an hour, and when the clock was set back', async () => {
    const recorder = startWorker();
    const due = (now: number) => onStore((db) => isPruneDue(db, now));
    expect(await due(T0)).toBe(true);
    await pruneAll(recorder, T0, {});
    expect(await due(T0 + HOUR)).toBe(false);
    expect(await due(T0 + HOUR + 1)).toBe(true);
    expect(await due(T0 - 1)).toBe(true);
  });

  test('30,000 observations: short steps, and recording goes on in between', async () => {
    const many = Array.from({ length: 30_000 }, (_, i) => ({
      ...me(T0 + i),
      session: 's',
    }));
    await onStore(async (db) => {
      const tx = db.transaction('observations', 'readwrite');
      await Promise.all([...many.map((row) => tx.store.add(row)), tx.done]);
    });
    const recorder = startWorker();
    await setSettings(recorder, { retentionCount: 500 });
    const late = me(T0 + HOUR);
    let steps = 0;
    let stepsBeforeRecorded = Infinity;
    let recording: Promise<void> | null = null;
    for (let place: PrunePlace | null = PRUNE_START; place; steps += 1) {
      const at: PrunePlace = place;
      const step = recorder.withStore((db, loginState) => prune(db, loginState, T0 + HOUR, at));
      recording ??= recorder.record([late]).then(() => void (stepsBeforeRecorded = steps));
      place = await step;
      // A step looks at no more than 2,000 observations.
      if (place?.pass === at.pass) expect(place.after - at.after).toBeLessThanOrEqual(2000);
    }
    await recording;
    expect(steps).toBeGreaterThan(14);
    expect(stepsBeforeRecorded).toBeLessThan(steps / 2);
    const left = await storedIds();
    expect(left).toHaveLength(500);
    expect(left.at(-1)).toBe(late.id);
  });
});
