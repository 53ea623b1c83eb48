import { beforeEach, describe, expect, test, vi } from 'vitest';
import { WINDOW_MS } from '../../../utils/kakao/policy.ts';
import { newApp } from '../../../utils/model/app.ts';
import type { Login } from '../../../utils/model/login.ts';
import { DEFAULT_SETTINGS } from '../../../utils/model/settings.ts';
import { toStoredLogin } from '../../../utils/store/login-state-store.ts';
import type { Db } from '../../../utils/store/open.ts';
import { readDone, readPopup } from '../../../utils/store/read-popup.ts';
import { verdictOf } from '../../../utils/verdict/decide/verdict.ts';
import { replay } from '../../../utils/verdict/reduce.ts';
import {
  APP,
  exchange,
  firstLogin,
  HOUR,
  me,
  observe,
  repeatLogin,
  SITE,
  T0,
} from '../fixtures.ts';
import { freshProfile, onStore, startWorker } from './database.ts';

beforeEach(freshProfile);

const NOW = T0 + 100 * HOUR;

/** What the popup has read once it has also counted. */
async function countedPopup(db: Db) {
  const { data, rest } = await readPopup(db, NOW, SITE);
  return { data, ...(await rest) };
}

/** Some logins of every status, each on a site of its own, out of the judgement itself. */
function samples() {
  const site = (n: number) => `https://s${n}.test`;
  const seen = (n: number, at: number) => [
    ...firstLogin(at, { site: site(n), tab: `r:${n}` }),
    exchange(at + 4000, { site: site(n), tab: `r:${n}` }),
  ];
  return replay([
    ...seen(1, T0),
    ...seen(2, T0 + 90 * HOUR),
    ...seen(3, T0 + 1 * HOUR),
    me(T0 + 30 * HOUR, { site: site(3) }),
    ...seen(4, T0 + 2 * HOUR),
    me(T0 + 3 * HOUR, { site: site(4) }),
    ...repeatLogin(T0 + 3 * HOUR, { site: site(5), tab: 'r:5' }),
    ...repeatLogin(T0 + 4 * HOUR, { site: site(5), tab: 'r:5' }),
  ]);
}

/** 10,000 logins made of the samples, shuffled in time. */
async function fill(): Promise<Login[]> {
  const loginState = samples();
  const kinds = [...loginState.logins.values()];
  const logins = Array.from({ length: 10_000 }, (_, i): Login => {
    const like = structuredClone(kinds[i % kinds.length]) as Login;
    const shift = -((i * 7919) % 10_000) * 5000;
    const move = <T extends { at: number } | null>(c: T): T => c && { ...c, at: c.at + shift };
    return {
      ...like,
      id: `l${i}`,
      ordinal: i,
      site: i === 4321 ? SITE : like.site,
      loggedInAt: like.loggedInAt + shift,
      startedAt: like.startedAt + shift,
      creditedListedCall: move(like.creditedListedCall),
      listedCall: move(like.listedCall),
    };
  });
  await onStore(async (db) => {
    const tx = db.transaction(['logins', 'apps', 'meta'], 'readwrite');
    await Promise.all([
      ...logins.map((l) => tx.objectStore('logins').add(toStoredLogin(loginState, l))),
      tx.objectStore('apps').add(newApp(APP)),
      tx
        .objectStore('meta')
        .put(
          { ...loginState.tracking, sites: { [SITE]: { watched: true, since: T0 } }, pausedAt: T0 },
          'track',
        ),
      tx.done,
    ]);
  });
  return logins;
}

describe('popup data out of 10,000 logins', () => {
  test('is what judging all of them gives, and is read by index', async () => {
    const logins = await fill();
    const judged = logins.map((login) => {
      const { verdict, deadline } = verdictOf(login, newApp(APP), NOW);
      return { id: login.id, loggedInAt: login.loggedInAt, verdict, deadline };
    });
    const of = (...names: string[]) => judged.filter((j) => names.includes(j.verdict));
    const attention = of('missed', 'unseen', 'late').sort((a, b) => b.deadline - a.deadline);
    const pending = of('pending').sort((a, b) => a.deadline - b.deadline);
    const done = of('complete', 'unlinked', 'not-applicable');
    expect([attention, pending, done].map((list) => list.length > 100)).toEqual([true, true, true]);

    const all = vi.spyOn(IDBObjectStore.prototype, 'getAll');
    const [{ data, counts }, fewDone] = await onStore(
      async (db) => [await countedPopup(db), await readDone(db, 50)] as const,
    );
    const whole = all.mock.contexts.map((store) => (store as IDBObjectStore).name);
    expect(new Set(whole)).toEqual(new Set(['apps']));
    all.mockRestore();

    const deadlines = (list: Login[]) => list.map((l) => l.loggedInAt + WINDOW_MS);
    expect(counts.open).toBe(pending.length);
    expect(deadlines(data.open)).toEqual(pending.slice(0, 50).map((j) => j.deadline));
    expect(counts.attention).toBe(attention.length);
    expect(deadlines(data.attention)).toEqual(attention.slice(0, 50).map((j) => j.deadline));
    const names = new Set(attention.map((j) => j.id));
    expect(data.attention.every((l) => names.has(l.id))).toBe(true);
    expect(counts.done).toBe(done.length);
    expect(counts.open + counts.attention + counts.done).toBe(10_000);
    const newest = done.map((j) => j.loggedInAt).sort((a, b) => b - a);
    expect(fewDone.map((l) => l.loggedInAt)).toEqual(newest.slice(0, 50));
    expect(data.site).toEqual({ hasLogins: true, watchedSince: T0 });
    expect(data.watched).toEqual(new Set([SITE]));
    expect(data.pausedAt).toBe(T0);
    expect([...data.apps.keys()]).toEqual([APP]);
  });

  test('done logins: newest first, also under a rehearsal window', async () => {
    const rehearse = { type: 'app' as const, clientId: 'other-key', windowMs: 60_000 };
    const fact = { clientId: 'other-key' };
    const old = repeatLogin(T0);
    const fresh = repeatLogin(T0 + HOUR, { site: 'https://two.test', fact });
    await startWorker().record([observe(rehearse, T0, { source: 'tester' }), ...old, ...fresh]);
    const [newest] = await onStore((db) => readDone(db, 2));
    expect(newest?.id).toBe(fresh[0]?.id);
  });

  test('complete logins wait for the tester’s word while the link mode of their app is not known', async () => {
    const worker = startWorker();
    const login = firstLogin(T0);
    await worker.record([...login, exchange(T0 + 4000), me(T0 + HOUR)]);
    const waiting = () => onStore(async (db) => (await countedPopup(db)).unanswered);
    expect(await waiting()).toHaveLength(1);
    await worker.record([
      observe({ type: 'app', clientId: APP, linkMode: 'auto' }, T0 + 2 * HOUR, {
        source: 'tester',
      }),
    ]);
    expect(await waiting()).toEqual([]);
  });

  test('login that the tester said is complete: waits for no word more', async () => {
    const worker = startWorker();
    const login = firstLogin(T0);
    const mark = {
      type: 'mark',
      login: login.at(-1)?.id ?? '',
      mark: 'complete',
      note: '',
    } as const;
    await worker.record([
      ...login,
      exchange(T0 + 4000),
      observe(mark, T0 + HOUR, { source: 'tester' }),
    ]);
    const { unanswered, counts } = await onStore(countedPopup);
    expect([unanswered.length, counts.done]).toEqual([0, 1]);
  });

  test('instant of the deadline: still inside the window', async () => {
    await startWorker().record(firstLogin(T0));
    const deadline = T0 + 3000 + WINDOW_MS;
    const counts = (now: number) =>
      onStore(async (db) => {
        const { open, attention } = (await (await readPopup(db, now, null)).rest).counts;
        return [open, attention];
      });
    expect(await counts(deadline)).toEqual([1, 0]);
    expect(await counts(deadline + 1)).toEqual([0, 1]);
  });

  test('empty database, another site, site no longer watched', async () => {
    const { data, counts } = await onStore(countedPopup);
    expect(counts).toEqual({ open: 0, attention: 0, done: 0 });
    expect(data).toEqual({
      open: [],
      attention: [],
      unanswered: [],
      counts: null,
      apps: new Map(),
      site: { hasLogins: false, watchedSince: null },
      watched: new Set(),
      pausedAt: null,
      settings: DEFAULT_SETTINGS,
      health: { problem: null, held: 0, dropped: 0, pruned: 0 },
    });
    await startWorker().record([
      observe({ type: 'watch', watched: true }, T0),
      ...firstLogin(T0),
      observe({ type: 'watch', watched: false }, T0 + HOUR),
    ]);
    expect((await onStore(countedPopup)).data.watched).toEqual(new Set());
    const site = async (name: string | null) =>
      (await onStore((db) => readPopup(db, NOW, name))).data.site;
    expect(await site(SITE)).toEqual({ hasLogins: true, watchedSince: null });
    expect(await site('https://other.test')).toEqual({ hasLogins: false, watchedSince: null });
    expect(await site(null)).toEqual({ hasLogins: false, watchedSince: null });
  });
});
