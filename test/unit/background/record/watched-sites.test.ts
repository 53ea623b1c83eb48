import { beforeEach, describe, expect, test } from 'vitest';
import { runCommand } from '../../../../utils/background/commands.ts';
import type { Recorder } from '../../../../utils/background/record/recorder.ts';
import type { Observation } from '../../../../utils/model/observation.ts';
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
} from '../../fixtures.ts';
import { contents, freshProfile, onStore, startWorker } from '../../store/database.ts';
import { judgeAt } from '../../verdict/judge-history.ts';
import { recordsOf } from '../no-private-records.ts';

beforeEach(freshProfile);

/** Another service, which is not watched, in another tab. */
const MALL = { tab: 'r:9', site: 'https://mall.test' };
const MALL_APP = { clientId: 'mall-key', redirectUri: 'https://mall.test/cb', watched: false };
const atMall = (at: number) => firstLogin(at, { ...MALL, fact: MALL_APP });

async function watchedOnly(): Promise<Recorder> {
  const recorder = startWorker();
  await runCommand(recordsOf(recorder), { type: 'settings', settings: { watchedOnly: true } }, T0);
  await recorder.record([observe({ type: 'watch', watched: true }, T0 - 1000)]);
  return recorder;
}
const stored = () => onStore((db) => db.getAll('observations'));
const typesOf = (rows: readonly Observation[]) => rows.map((row) => row.type);
const verdictsAfter = async (hours: number) =>
  judgeAt(await stored(), T0 + hours * HOUR).map((v) => [v.verdict, v.doubt]);

describe('only watched sites are recorded', () => {
  test('login of another site: nothing that names it is stored, only that something was left out', async () => {
    const recorder = await watchedOnly();
    await recorder.record(atMall(T0));
    await recorder.record([
      observe({ type: 'poll', clientId: 'mall-key', watched: false }, T0 + 5000, MALL),
    ]);
    await recorder.record([observe({ type: 'frame' }, T0 + 6000, MALL)]);
    const inFrame = { ...MALL, site: null };
    await recorder.record([
      observe(api('/v2/user/me', 200, { inFrame: true }), T0 + 7000, inFrame),
    ]);
    const all = await contents();
    expect(JSON.stringify(all)).not.toMatch(/mall/);
    expect(all['logins']).toEqual([]);
    expect((await stored()).slice(1)).toMatchObject([
      { type: 'loss', leftOut: 'logins', site: null },
    ]);
  });

  test('login of the watched site: stored whole, also the steps that name no site', async () => {
    const recorder = await watchedOnly();
    // Its redirect URI is on a host that is not watched.
    const fact = { redirectUri: 'https://api.shop.test/cb' };
    const [begin, ...later] = firstLogin(T0, { fact });
    const unwatched = later.map((o) => ({ ...o, watched: false }) as Observation);
    const history = [...(begin ? [begin] : []), ...unwatched, exchange(T0 + 4000), me(T0 + 5000)];
    for (const o of history) await recorder.record([o]);
    expect((await stored()).slice(1).map((row) => row.id)).toEqual(history.map((o) => o.id));
  });

  test('a first login beside one that was left out: told as likely, and why', async () => {
    const recorder = await watchedOnly();
    await recorder.record([...firstLogin(T0), exchange(T0 + 4000)]);
    expect(await verdictsAfter(30)).toEqual([['missed', null]]);
    await recorder.record(atMall(T0 + HOUR));
    expect(await verdictsAfter(30)).toEqual([['missed', 'lost']]);
  });

  test('login form elsewhere: the next login is of no known account, told once', async () => {
    const recorder = await watchedOnly();
    await recorder.record(firstLogin(T0));
    const form = { ...MALL_APP, outcome: 'login-form' as const };
    for (let i = 0; i < 20; i += 1)
      await recorder.record([observe(authorize(form), T0 + HOUR + i, MALL)]);
    await recorder.record(repeatLogin(T0 + 2 * HOUR));
    const rows = await stored();
    expect(typesOf(rows.slice(4))).toEqual(['loss', 'authorize']);
    const sessions = judgeAt(rows, T0 + 3 * HOUR).map((v) => v.login.kakaoSession);
    expect(new Set(sessions).size).toBe(2);
  });

  test.each([
    ['by message', ['client_id', 'proxy']],
    ['by the page’s polling', ['client_id', 'is_popup']],
  ])(
    'popup elsewhere that shows one page, perhaps its result, which is handed over %s: a loss',
    async (_, params) => {
      const recorder = await watchedOnly();
      await recorder.record([...firstLogin(T0), exchange(T0 + 4000)]);
      const page = authorize({ ...MALL_APP, clientId: APP, outcome: 'screen', params });
      const popup = { ...MALL, tab: 'r:10', opener: MALL.tab };
      await recorder.record([observe(page, T0 + HOUR, popup)]);
      expect((await stored()).at(-1)).toMatchObject({ type: 'loss', leftOut: 'logins' });
      expect(await verdictsAfter(30)).toEqual([['missed', 'lost']]);
    },
  );

  test('step without a site, long after a watched one’s flow: not taken for part of it', async () => {
    const recorder = await watchedOnly();
    const [begin, screen] = firstLogin(T0);
    if (!begin || !screen) expect.unreachable();
    await recorder.record([begin]);
    const late = {
      ...screen,
      at: T0 + 2 * HOUR,
      watched: false,
      outcome: 'error-page',
    } as Observation;
    await recorder.record([late]);
    expect(typesOf(await stored())).toEqual(['watch', 'authorize', 'loss']);
  });

  test('login of another site from before: what its tab calls out of Kakao’s frame is not stored', async () => {
    const recorder = startWorker();
    await recorder.record(atMall(T0));
    await recorder.record([callOfFrame(T0 + 5000)]);
    await runCommand(
      recordsOf(recorder),
      { type: 'settings', settings: { watchedOnly: true } },
      T0 + 6000,
    );
    await recorder.record([callOfFrame(T0 + 7000)]);
    expect((await stored()).filter((row) => row.type === 'api').map((row) => row.at)).toEqual([
      T0 + 5000,
    ]);
  });

  test('page elsewhere that shows a screen and no more: nothing is stored', async () => {
    const recorder = await watchedOnly();
    await recorder.record([observe(authorize({ ...MALL_APP, outcome: 'screen' }), T0, MALL)]);
    expect(typesOf(await stored())).toEqual(['watch']);
  });
});

/** A page of SDK v1 in another tab: it opens Kakao's frame, out of which its calls come. */
const frame = (at: number) => observe({ type: 'frame' }, at, MALL);
const callOfFrame = (at: number) =>
  observe(api('/v2/user/me', 200, { inFrame: true }), at, { ...MALL, site: null });

describe('Kakao’s frame on a page of SDK v1', () => {
  test('unwatched site: no page and no call is stored, but calls after a login in its tab', async () => {
    const recorder = startWorker();
    for (const o of [frame(T0), callOfFrame(T0 + 1000)]) await recorder.record([o]);
    expect(await contents()).not.toHaveProperty('observations.0');
    const login = atMall(T0 + 5000);
    const call = callOfFrame(T0 + 20_000);
    for (const o of [frame(T0 + 4000), ...login, call]) await recorder.record([o]);
    expect((await stored()).map((row) => row.id)).toEqual([...login, call].map((o) => o.id));
    expect((await stored()).at(-1)?.loginId).toBe(login.at(-1)?.id);
  });

  test('popup that hands its token over by message: its call is stored, and is its login’s', async () => {
    const recorder = startWorker();
    const v1 = { ...MALL_APP, redirectUri: 'kakaojs', params: ['client_id', 'proxy'] };
    const popup = { ...MALL, tab: 'r:10', opener: 'r:9' };
    const screen = observe(authorize({ ...v1, outcome: 'screen' }), T0 + 1000, popup);
    for (const o of [frame(T0), screen, callOfFrame(T0 + 5000)]) await recorder.record([o]);
    expect(typesOf(await stored())).toEqual(['authorize', 'api']);
    expect((await verdictsAfter(30)).map(([verdict]) => verdict)).toEqual(['complete']);
  });

  test('call after the tab went on to an unwatched site: not surely the watched one’s', async () => {
    const recorder = startWorker();
    const inTab = { ...MALL, site: SITE };
    const v1 = { clientId: APP, redirectUri: 'kakaojs', params: ['client_id', 'proxy'] };
    const popup = { ...inTab, tab: 'r:10', opener: MALL.tab };
    const result = authorize({ ...v1, clientId: null, method: 'POST', outcome: 'screen' });
    const history = [
      observe({ type: 'watch', watched: true }, T0, inTab),
      observe({ type: 'frame' }, T0 + 500, inTab),
      observe(authorize({ ...v1, outcome: 'screen' }), T0 + 1000, popup),
      observe({ ...result, fromKakao: true }, T0 + 5000, popup),
      frame(T0 + HOUR),
      frame(T0 + HOUR + 500),
      callOfFrame(T0 + HOUR + 1000),
    ];
    for (const o of history) await recorder.record([o]);
    expect(JSON.stringify(await contents())).not.toMatch(/mall/);
    const setAuto = observe({ type: 'app', clientId: APP, linkMode: 'auto' }, T0 + 2 * HOUR, {
      source: 'tester',
    });
    await recorder.record([setAuto]);
    expect(await verdictsAfter(3)).toEqual([['complete', 'account-unknown']]);
    expect(typesOf(await stored()).filter((type) => type === 'frame')).toHaveLength(2);
  });

  test('watched site: both are stored; its calls also where the page came before access to it', async () => {
    const recorder = startWorker();
    const watch = observe({ type: 'watch', watched: true }, T0, MALL);
    const before = [watch, frame(T0 + 1000), callOfFrame(T0 + 2000)];
    for (const o of before) await recorder.record([o]);
    expect(typesOf(await stored())).toEqual(['watch', 'frame', 'api']);
    freshProfile();
    const late = startWorker();
    await runCommand(recordsOf(late), { type: 'settings', settings: { watchedOnly: true } }, T0);
    const login = firstLogin(T0 + 5000, { ...MALL, fact: { ...MALL_APP, watched: true } });
    const history = [watch, ...login, callOfFrame(T0 + 20_000)];
    for (const o of [frame(T0 - 1000), ...history]) await late.record([o]);
    expect((await stored()).map((row) => row.id)).toEqual(history.map((o) => o.id));
  });
});

test('all sites are recorded unless a person says otherwise, and the worker after it knows', async () => {
  const recorder = startWorker();
  await recorder.record(atMall(T0));
  expect(await stored()).toHaveLength(3);
  await runCommand(recordsOf(recorder), { type: 'settings', settings: { watchedOnly: true } }, T0);
  await runCommand(
    recordsOf(recorder),
    { type: 'settings', settings: { notifications: true } },
    T0,
  );
  const next = startWorker();
  await next.record(atMall(T0 + HOUR));
  expect(typesOf(await stored()).slice(3)).toEqual(['loss', 'loss']);
  expect(await next.settings()).toMatchObject({ watchedOnly: true, notifications: true });
});
