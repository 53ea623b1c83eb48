import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createEventHandlers } from '../../../utils/background/event-handlers.ts';
import { createSnapshotKeeper } from '../../../utils/background/reconcile/snapshot-keeper.ts';
import { createPrivateRecords } from '../../../utils/background/record/private-records.ts';
import type { CapturedEvent } from '../../../utils/background/traffic/captured-event.ts';
import type { BrowserDetails } from '../../../utils/browser/traffic.ts';
import { DB_VERSION } from '../../../utils/store/migrations.ts';
import { deleteStore } from '../../../utils/store/open.ts';
import { DB_NAME } from '../../../utils/store/schema.ts';
import { exchange, firstLogin, HOUR, me } from '../fixtures.ts';
import { contents, failCommits, freshProfile, onStore, startWorker } from '../store/database.ts';
import { answerMessageOf } from './answer-message.ts';
import { memoryPrivateStorage, memorySnapshotStorage, sessionMemory } from './session-memory.ts';

const adapters = vi.hoisted(() => ({
  setAlarm: vi.fn(),
  showBadge: vi.fn(),
  canShowNotifications: vi.fn(),
  showNotification: vi.fn(),
  grantedSites: vi.fn(),
  hasSiteAccess: vi.fn(),
  resolveTabContext: vi.fn(),
  findTabContext: vi.fn(),
  isContextKnown: vi.fn(),
  isPrivateContext: vi.fn(),
  flashBadge: vi.fn(),
}));
vi.mock('../../../utils/browser/alarm.ts', () => adapters);
vi.mock('../../../utils/browser/badge.ts', () => adapters);
vi.mock('../../../utils/browser/notifications.ts', () => adapters);
vi.mock('../../../utils/browser/site-access.ts', () => adapters);
vi.mock('../../../utils/browser/tab-context.ts', () => adapters);
vi.mock('../../../utils/browser/private-context.ts', () => adapters);
vi.mock('../../../utils/browser/badge-flash.ts', () => adapters);
vi.mock('../../../utils/browser/messages-catalogue.ts', async () => {
  const { translateIn } = await import('../../../utils/i18n/translate-in.ts');
  return { t: translateIn('en') };
});

type Memory = ReturnType<typeof sessionMemory<CapturedEvent>>;
/** The memory of a browser that runs already. */
const runningBrowser = () => sessionMemory<CapturedEvent>('run');

let hiddenStorage = memoryPrivateStorage();
let snapshotPlace = memorySnapshotStorage();

/** The first request's time, epoch ms: retention would take older observations away. */
const T0 = Date.now();
const HERE = { tab: 'run:1', opener: null, cookieStore: 'default' };

beforeEach(() => {
  freshProfile();
  hiddenStorage = memoryPrivateStorage();
  snapshotPlace = memorySnapshotStorage();
  // Rests between reconciles are over when a test says so.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  vi.resetAllMocks();
  adapters.grantedSites.mockResolvedValue([]);
  adapters.hasSiteAccess.mockResolvedValue(false);
  adapters.canShowNotifications.mockResolvedValue(false);
  adapters.resolveTabContext.mockResolvedValue(HERE);
  adapters.findTabContext.mockResolvedValue(HERE);
});
afterEach(async () => {
  // Reconciling takes several turns of the recorder: none goes on into the next test.
  for (const { recorder } of workers.splice(0))
    for (let turn = 0; turn < 20; turn += 1) await recorder.withStore(async () => {});
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A listed call of the site's page, made at an instant. */
const call = (timeStamp: number): BrowserDetails => ({
  requestId: '1',
  url: 'https://kapi.kakao.com/v2/user/me?secret=1',
  method: 'GET',
  type: 'xmlhttprequest',
  statusCode: 200,
  timeStamp,
  initiator: 'https://shop.test',
  tabId: 1,
});

const started = (memory: Memory = runningBrowser(), changed = () => {}) => {
  const recorder = startWorker(undefined, changed);
  const handlers = createEventHandlers(
    recorder,
    memory,
    createPrivateRecords(hiddenStorage, () => {}),
    createSnapshotKeeper(recorder, snapshotPlace),
  );
  const worker = { recorder, ...handlers };
  workers.push(worker);
  return worker;
};
const workers: { recorder: ReturnType<typeof startWorker> }[] = [];

/** The stored observations, read after everything that waited for its turn. */
async function stored({ onMessage }: ReturnType<typeof started>) {
  await onMessage({ type: 'reconcile' });
  return onStore((db) => db.getAll('observations'));
}

test('requests are stored in the order they came, also where the first is looked up longer', async () => {
  const worker = started();
  let answer = (_where: typeof HERE) => {};
  adapters.resolveTabContext.mockReturnValueOnce(new Promise((done) => (answer = done)));
  worker.onRequest('answered', call(T0 + 0.4));
  worker.onRequest('answered', call(T0 + 1000));
  answer({ ...HERE, tab: 'run:9' });
  const rows = await stored(worker);
  expect(rows.map((o) => [o.at, o.tab])).toEqual([
    [T0, 'run:9'],
    [T0 + 1000, 'run:1'],
  ]);
  expect(rows[0]).toMatchObject({ type: 'api', source: 'browser', site: 'https://shop.test' });
  expect(JSON.stringify(rows)).not.toContain('secret');
});

/** How a page asks for a part of itself. */
const asking: Partial<BrowserDetails> = {
  method: 'GET',
  responseHeaders: [{ name: 'content-type', value: 'text/html' }],
};

describe('page that got a token itself', () => {
  const got = (timeStamp: number): BrowserDetails => ({
    ...call(timeStamp),
    url: 'https://kauth.kakao.com/oauth/token',
    method: 'POST',
  });
  const sent = (timeStamp: number, more: Partial<BrowserDetails> = {}): BrowserDetails => ({
    ...call(timeStamp),
    url: 'https://api.shop.test/login?secret=1',
    method: 'POST',
    ...more,
  });
  const typesAfter = async (...requests: BrowserDetails[]) => {
    freshProfile();
    const worker = started();
    for (const request of requests) worker.onRequest(request.error ? 'error' : 'answered', request);
    const rows = await stored(worker);
    expect(JSON.stringify(rows)).not.toMatch(/secret|api.shop/);
    return rows.map((row) => row.type);
  };

  test('what it sends to its own server next may hand the token over: told once', async () => {
    const requests = [sent(T0), got(T0 + 1000), sent(T0 + 2000), sent(T0 + 3000)];
    expect(await typesAfter(...requests)).toEqual(['token', 'token-handed']);
  });

  test('what it sends to another domain, if that is watched: may hand the token over, told once', async () => {
    const elsewhere = { url: 'https://api.render.test/login' };
    const requests = [got(T0), sent(T0 + 1000, elsewhere), sent(T0 + 2000, elsewhere)];
    expect(await typesAfter(...requests)).toEqual(['token']);
    adapters.grantedSites.mockResolvedValue(['https://shop.test', 'https://api.render.test']);
    expect(await typesAfter(...requests)).toEqual(['token', 'token-handed']);
    expect(await typesAfter(...requests.slice(1))).toEqual([]);
  });

  test('what it tells another domain that is not watched: its own server may get the token still', async () => {
    const report = sent(T0 + 1000, { url: 'https://log.test/collect' });
    expect(await typesAfter(got(T0), report, sent(T0 + 2000))).toEqual(['token', 'token-handed']);
  });

  test('form, or token in an address of its server: may hand the token over', async () => {
    const form = sent(T0 + 2000, { type: 'main_frame' });
    expect(await typesAfter(got(T0 + 1000), form)).toEqual(['token', 'token-handed']);
    const inAddress = sent(T0 + 4000, {
      method: 'GET',
      url: 'https://shop.test/in?access_token=1',
    });
    const opened = { ...inAddress, type: 'main_frame', timeStamp: T0 + 6000 };
    expect(await typesAfter(got(T0 + 3000), inAddress, got(T0 + 5000), opened)).toEqual([
      'token',
      'token-handed',
      'token',
      'leak',
      'token-handed',
    ]);
  });

  test('form sent in a frame, or by another page of its domain: may hand the token over', async () => {
    const handed = ['token', 'token-handed'];
    expect(await typesAfter(got(T0), sent(T0 + 2000, { type: 'sub_frame' }))).toEqual(handed);
    const ofNeighbour = sent(T0 + 2000, { initiator: 'https://my.shop.test' });
    expect(await typesAfter(got(T0), ofNeighbour)).toEqual(handed);
  });

  test('service worker between page and Kakao or server: may hand the token over', async () => {
    const [handed, inWorker] = [['token', 'token-handed'], { tabId: -1 }];
    expect(await typesAfter(got(T0), sent(T0 + 2000, inWorker))).toEqual(handed);
    expect(await typesAfter({ ...got(T0), ...inWorker }, sent(T0 + 2000))).toEqual(handed);
    const ofAnother = sent(T0 + 2000, { ...inWorker, incognito: true });
    expect(await typesAfter(got(T0), ofAnother)).toEqual(['token']);
  });

  test.each([
    ['xmlhttprequest', 'accessToken'],
    ['main_frame', 'token'],
    ['script', 'access_token'],
  ])('address for a %s with %s: may hand the token over', async (type, name) => {
    const asked = (param: string) =>
      sent(T0 + 2000, { ...asking, type, url: `https://shop.test/in?${param}=1` });
    expect(await typesAfter(got(T0), asked(name))).toContain('token-handed');
    expect(await typesAfter(got(T0), asked('csrf_token'))).toEqual(['token']);
  });

  test('request of a page that is left at once, never answered: may hand the token over', async () => {
    const left = sent(T0 + 2000, { error: 'net::ERR_ABORTED' });
    expect(await typesAfter(got(T0), left)).toEqual(['token', 'token-handed']);
    const blocked = sent(T0 + 2000, { error: 'net::ERR_BLOCKED_BY_CLIENT' });
    expect(await typesAfter(got(T0), blocked)).toEqual(['token']);
  });

  test('worker that ended meanwhile: the next one, which it wakes, knows of the token', async () => {
    const memory = runningBrowser();
    const first = started(memory);
    first.onRequest('answered', got(T0));
    await stored(first);
    await vi.advanceTimersByTimeAsync(2500);
    vi.clearAllTimers();
    if (memory.trace) memory.trace.at -= 30_000;
    const next = started(memory);
    next.onRequest('answered', sent(T0 + 50_000, { tabId: 7 }));
    next.onRequest('answered', sent(T0 + 60_000));
    next.onRequest('answered', sent(T0 + 61_000));
    expect((await stored(next)).map((o) => o.type)).toEqual(['token', 'token-handed']);
    const last = started(memory);
    last.onRequest('answered', sent(T0 + 62_000));
    expect((await stored(last)).filter((o) => o.type === 'token-handed')).toHaveLength(1);
  });

  test('cleared, or of Firefox’s private windows: no page is left for the next worker', async () => {
    const memory = runningBrowser();
    const worker = started(memory);
    worker.onRequest('answered', { ...got(T0), incognito: true });
    await stored(worker);
    expect(memory.pagesWithToken).toEqual({});
    worker.onRequest('answered', got(T0 + 1000));
    await stored(worker);
    expect(memory.pagesWithToken).toEqual({ '1 shop.test': T0 + 1000 });
    await worker.onMessage({ type: 'clear' });
    expect(memory.pagesWithToken).toEqual({});
  });

  test('what it asks for but data, sends elsewhere or later, or another tab sends: nothing is told', async () => {
    const others = [
      sent(T0 + 2000, asking),
      sent(T0 + 2000, { url: 'https://log.test/collect' }),
      sent(T0 + 2000, { type: 'ping' }),
      sent(T0 + 2000, { tabId: 7 }),
      sent(T0 + HOUR),
    ];
    expect(await typesAfter(got(T0 + 1000), ...others)).toEqual(['token']);
  });
});

test('request that says nothing of Kakao: nothing is looked up, nothing is stored', async () => {
  const worker = started();
  worker.onRequest('answered', { ...call(T0), url: 'https://shop.test/', type: 'main_frame' });
  expect(await stored(worker)).toEqual([]);
  expect(adapters.resolveTabContext).not.toHaveBeenCalled();
});

/** An answer of the site, whose server reports a call of its own. */
const reporting = (timeStamp: number): BrowserDetails => ({
  ...call(timeStamp),
  url: 'https://shop.test/callback',
  responseHeaders: [{ name: 'Server-Timing', value: 'kakao;desc="GET /v2/user/me 200"' }],
});

test('server report: stored for the site that sent it', async () => {
  const worker = started();
  worker.onRequest('answered', reporting(T0));
  expect(await stored(worker)).toMatchObject([
    { type: 'api', source: 'server', site: 'https://shop.test', tab: 'run:1' },
  ]);
});

test('step of a login: stored with whether its site is watched', async () => {
  const worker = started();
  adapters.hasSiteAccess.mockImplementation(async (site) => site === 'https://shop.test');
  worker.onRequest('answered', {
    ...call(T0),
    url: 'https://kauth.kakao.com/oauth/authorize?client_id=key&response_type=code',
    type: 'main_frame',
  });
  expect(await stored(worker)).toMatchObject([{ type: 'authorize', watched: true }]);
});

test('page that opens frames to apps without end: few steps are stored, and a loss', async () => {
  const worker = started();
  for (let i = 0; i < 100; i += 1)
    worker.onRequest('redirect', {
      ...call(T0 + i),
      url: `https://kauth.kakao.com/oauth/authorize?client_id=key${i}&response_type=code`,
      type: 'sub_frame',
      statusCode: 302,
      redirectUrl: 'https://accounts.kakao.com/login?a=1',
    });
  const rows = await stored(worker);
  expect(rows).toHaveLength(31);
  expect(rows.at(-1)).toMatchObject({ type: 'loss', leftOut: 'steps', tab: 'run:1' });
});

test('while recording is paused no request and no server’s report is stored', async () => {
  const worker = started();
  await worker.onMessage({ type: 'pause', paused: true });
  worker.onRequest('answered', call(T0));
  worker.onRequest('answered', reporting(T0));
  await worker.onMessage({ type: 'pause', paused: false });
  worker.onRequest('answered', call(T0 + 1000));
  expect((await stored(worker)).map((o) => [o.type, o.at === T0 + 1000])).toEqual([
    ['pause', false],
    ['pause', false],
    ['api', true],
  ]);
});

test('the shortcut pauses recording, and resumes it', async () => {
  const worker = started();
  worker.toggleRecording();
  await vi.waitFor(() =>
    expect(adapters.showBadge).toHaveBeenLastCalledWith(
      expect.anything(),
      expect.any(Number),
      false,
    ),
  );
  worker.toggleRecording();
  expect((await stored(worker)).map((o) => o.type === 'pause' && o.paused)).toEqual([true, false]);
});

test('the shortcut marks a step in the tab in front, and names only a watched site', async () => {
  const worker = started();
  adapters.hasSiteAccess.mockImplementation(async (site) => site === 'https://shop.test');
  worker.markStep({ id: 1, url: 'https://shop.test/cart?secret=1' });
  worker.markStep({ id: 1, url: 'https://bank.test/' });
  worker.markStep({ id: 1, url: undefined });
  const rows = await stored(worker);
  expect(rows).toMatchObject([
    { type: 'step', source: 'tester', tab: 'run:1', site: 'https://shop.test' },
    { type: 'step', tab: 'run:1', site: null },
    { type: 'step', tab: 'run:1', site: null },
  ]);
  expect(rows[0]).toHaveProperty('text', 'marked by shortcut on shop.test');
  expect(JSON.stringify(rows)).not.toMatch(/secret|bank/);
  expect(adapters.flashBadge.mock.calls).toEqual([
    [1, '✓'],
    [1, '✓'],
    [1, '✓'],
  ]);
});

test('step marked in a private window: kept in memory only', async () => {
  const worker = started();
  adapters.findTabContext.mockResolvedValue({ ...HERE, cookieStore: 'firefox-private' });
  worker.markStep({ id: 1, url: 'https://shop.test/' });
  expect(await stored(worker)).toEqual([]);
  expect(await hiddenStorage.read()).toMatchObject([{ type: 'step' }]);
});

test('step marked while the database fails: shown as kept in a private window only', async () => {
  const heal = failCommits('QuotaExceededError');
  const worker = started();
  adapters.findTabContext.mockImplementation(async (tab) => ({
    ...HERE,
    cookieStore: tab === 2 ? 'firefox-private' : 'default',
  }));
  worker.markStep({ id: 1, url: 'https://shop.test/' });
  worker.markStep({ id: 2, url: 'https://shop.test/' });
  expect(await stored(worker)).toEqual([]);
  heal();
  expect(hiddenStorage.observations).toMatchObject([{ type: 'step' }]);
  expect(adapters.flashBadge.mock.calls).toEqual([
    [1, '!'],
    [2, '✓'],
  ]);
});

test('steps marked in private windows of which no more is kept: shown as not kept', async () => {
  const full = Array.from({ length: 1998 }, (_, i) =>
    me(T0 + i, { cookieStore: 'firefox-private' }),
  );
  await hiddenStorage.save(full, { logins: [], apps: [] });
  const worker = started();
  adapters.findTabContext.mockResolvedValue({ ...HERE, cookieStore: 'firefox-private' });
  // A loss takes the last place, so the second step is not kept either.
  for (const id of [1, 2, 3]) worker.markStep({ id, url: 'https://shop.test/' });
  expect(await stored(worker)).toEqual([]);
  expect(hiddenStorage.observations.filter((o) => o.type === 'step')).toHaveLength(1);
  expect(adapters.flashBadge.mock.calls).toEqual([
    [1, '✓'],
    [2, '!'],
    [3, '!'],
  ]);
});

test('step marked in a tab that is closed by then: not kept, as it may be private', async () => {
  const worker = started();
  adapters.findTabContext.mockResolvedValue(null);
  worker.markStep({ id: 1, url: 'https://shop.test/' });
  expect(await stored(worker)).toEqual([]);
  expect(hiddenStorage.observations).toEqual([]);
  expect(adapters.flashBadge).toHaveBeenCalledWith(1, '!');
});

test('browser that has just started: stored before anything else, and only then', async () => {
  const worker = started(sessionMemory());
  worker.onRequest('answered', call(T0));
  expect((await stored(worker)).map((o) => o.type)).toEqual(['start', 'api']);
  freshProfile();
  expect(await stored(started())).toEqual([]);
});

test('event that woke the worker: stored before anything is reconciled', async () => {
  const order: string[] = [];
  adapters.grantedSites.mockImplementation(async () => {
    order.push('reconciled');
    return [];
  });
  const worker = started(runningBrowser(), () => order.push('stored'));
  worker.reconcile();
  worker.onRequest('answered', call(T0));
  await vi.waitFor(() => expect(order).toContain('stored'));
  expect(order[0]).toBe('stored');
});

test('worker that was started by traffic: reconciled a second later', async () => {
  started();
  await vi.advanceTimersByTimeAsync(900);
  expect(adapters.showBadge).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(200);
  await vi.waitFor(() => expect(adapters.showBadge).toHaveBeenCalledTimes(1));
});

test('triggers that come together: reconciled once, and once more after the last', async () => {
  const worker = started();
  worker.reconcile();
  worker.reconcile();
  worker.reconcile();
  await vi.waitFor(() => expect(adapters.setAlarm).toHaveBeenCalledWith(null));
  await vi.waitFor(() => expect(adapters.grantedSites).toHaveBeenCalledTimes(1));
  expect(adapters.showBadge).toHaveBeenCalledTimes(1);
});

test('database that takes nothing: what waits outside of it is tried again a minute later', async () => {
  const heal = failCommits('QuotaExceededError');
  const worker = started();
  worker.onRequest('answered', call(T0));
  await vi.waitFor(async () => {
    await vi.advanceTimersByTimeAsync(500);
    expect(adapters.setAlarm).toHaveBeenLastCalledWith(expect.any(Number));
  });
  heal();
  worker.reconcile();
  await vi.waitFor(async () => expect(await storedCount()).toBe(1));
});

test('database that takes nothing: the badge says so until it does', async () => {
  const heal = failCommits('QuotaExceededError');
  const worker = started();
  worker.onRequest('answered', call(T0));
  const told = async (problem: boolean) =>
    vi.waitFor(async () => {
      await vi.advanceTimersByTimeAsync(500);
      expect(adapters.showBadge).toHaveBeenLastCalledWith(expect.anything(), null, problem);
    });
  await told(true);
  heal();
  worker.reconcile();
  await told(false);
});

test('database of a newer version: the badge says that nothing is stored', async () => {
  const newer = await openDB(DB_NAME, DB_VERSION + 1);
  newer.close();
  started().reconcile();
  await vi.waitFor(() =>
    expect(adapters.showBadge).toHaveBeenLastCalledWith(expect.anything(), null, true),
  );
  await deleteStore();
});

/** A login on the shop, and after it so many calls, one by one. */
async function loginAndCalls(worker: ReturnType<typeof started>, calls: number) {
  worker.onRequest('redirect', {
    ...call(T0),
    url: 'https://kauth.kakao.com/oauth/authorize?client_id=key&response_type=code&redirect_uri=https%3A%2F%2Fshop.test%2Fcb',
    type: 'main_frame',
    statusCode: 302,
    redirectUrl: 'https://shop.test/cb?code=1',
  });
  for (let i = 1; i <= calls; i += 1) {
    worker.onRequest('answered', call(T0 + i));
    await vi.waitFor(async () => expect(await storedCount()).toBe(1 + i));
  }
}
const storedCount = () => onStore((db) => db.count('observations'));

test('many calls one by one: the browser is asked for nothing more than for one', async () => {
  const worker = started();
  await loginAndCalls(worker, 1);
  await vi.advanceTimersByTimeAsync(1100);
  for (const asks of [adapters.setAlarm, adapters.grantedSites, adapters.showBadge])
    await vi.waitFor(() => expect(asks).toHaveBeenCalled());
  // Whether a tab is known is not asked of the browser.
  const { resolveTabContext, isContextKnown: _ofOurs, ...others } = adapters;
  const asked = () => Object.values(others).map((adapter) => adapter.mock.calls.length);
  const before = asked();
  for (let i = 10; i < 30; i += 1) worker.onRequest('answered', call(T0 + i));
  await vi.waitFor(async () => expect(await storedCount()).toBe(22));
  await vi.advanceTimersByTimeAsync(5000);
  expect(asked()).toEqual(before);
  expect(resolveTabContext).toHaveBeenCalledTimes(22);
});

/** How many transactions store observations while something is done. */
async function storingTransactions(during: () => Promise<void>) {
  const begun = vi.spyOn(IDBDatabase.prototype, 'transaction');
  const isBatch = ([stores, mode]: Parameters<IDBDatabase['transaction']>) =>
    mode === 'readwrite' && new Set(stores).has('apps') && !new Set(stores).has('notices');
  await during();
  const count = begun.mock.calls.filter(isBatch).length;
  begun.mockRestore();
  return count;
}

test('what comes while a transaction runs: stored together in the next one', async () => {
  const worker = started();
  await stored(worker);
  const count = await storingTransactions(async () => {
    for (let i = 0; i < 50; i += 1) worker.onRequest('answered', call(T0 + i));
    await vi.waitFor(async () => expect(await storedCount()).toBe(50));
  });
  expect(count).toBeLessThanOrEqual(2);
});

test('calls in quick succession: the first is stored at once, the others a few times a second', async () => {
  const worker = started();
  await stored(worker);
  await vi.advanceTimersByTimeAsync(2500);
  const count = await storingTransactions(async () => {
    worker.onRequest('answered', call(T0));
    await vi.waitFor(async () => expect(await storedCount()).toBe(1), { interval: 0 });
    for (let i = 1; i < 50; i += 1) {
      worker.onRequest('answered', call(T0 + i * 10));
      await vi.advanceTimersByTimeAsync(10);
    }
    await vi.waitFor(async () => expect(await storedCount()).toBe(50));
  });
  expect(count).toBeLessThanOrEqual(4);
});

describe('calls that wait to be stored together', () => {
  /** A worker that has just stored a call, and to which another one came. */
  const inBurst = async (memory = runningBrowser()) => {
    const worker = started(memory);
    worker.onRequest('answered', call(T0));
    await stored(worker);
    worker.onRequest('answered', call(T0 + 1));
    await vi.waitFor(async () => expect(await storedCount()).toBe(2));
    worker.onRequest('answered', call(T0 + 2));
    await vi.advanceTimersByTimeAsync(60);
    expect(adapters.resolveTabContext).toHaveBeenCalledTimes(3);
    return worker;
  };

  test('worker that is ended meanwhile: the next one stores them, and tells what may be lost', async () => {
    const memory = runningBrowser();
    await inBurst(memory);
    vi.clearAllTimers();
    expect(await storedCount()).toBe(2);
    const rows = await stored(started(memory));
    expect(rows.map((o) => [o.type, o.at - T0])).toEqual([
      ['api', 0],
      ['api', 1],
      ['loss', expect.any(Number)],
      ['api', 2],
    ]);
  });

  test('recording that is paused meanwhile: they are stored before', async () => {
    const worker = await inBurst();
    await worker.onMessage({ type: 'pause', paused: true });
    worker.onRequest('answered', call(T0 + 3));
    expect((await stored(worker)).map((o) => o.type)).toEqual(['api', 'api', 'api', 'pause']);
  });

  test.each([
    [
      'by a command',
      (worker: ReturnType<typeof started>) => worker.onMessage({ type: 'pause', paused: false }),
    ],
    ['by a key', (worker: ReturnType<typeof started>) => worker.toggleRecording()],
  ])('recording that was paused, resumed %s: no later worker stores them', async (_how, resume) => {
    const memory = runningBrowser();
    const worker = started(memory);
    await worker.onMessage({ type: 'pause', paused: true });
    worker.onRequest('answered', call(T0));
    worker.onRequest('answered', call(T0 + 1));
    await vi.advanceTimersByTimeAsync(60);
    expect(memory.work.size).toBeGreaterThan(0);
    await resume(worker);
    await worker.onMessage({ type: 'reconcile' });
    vi.clearAllTimers();
    const rows = await stored(started(memory));
    expect(rows.map((o) => o.type)).not.toContain('api');
  });

  test('records that are cleared meanwhile: they are gone too', async () => {
    const memory = runningBrowser();
    const worker = await inBurst(memory);
    await worker.onMessage({ type: 'clear' });
    expect(await stored(worker)).toEqual([]);
    expect(memory.work.size).toBe(0);
  });

  test('worker ended right after clearing: the next one stores nothing of before', async () => {
    const memory = runningBrowser();
    const worker = await inBurst(memory);
    const clear = worker.recorder.clear.bind(worker.recorder);
    vi.spyOn(worker.recorder, 'clear').mockImplementation(async () => {
      await clear();
      return new Promise(() => {});
    });
    void worker.onMessage({ type: 'clear' });
    await vi.waitFor(async () => expect(await storedCount()).toBe(0));
    vi.clearAllTimers();
    const rows = await stored(started(memory));
    expect(rows.map((o) => o.type)).not.toContain('api');
  });
});

test('access that has changed: asked for anew, and what is seen next says so', async () => {
  const worker = started();
  const step = (at: number) => {
    const url = 'https://kauth.kakao.com/oauth/authorize?client_id=key&response_type=code';
    worker.onRequest('answered', { ...call(at), url, type: 'main_frame' });
  };
  step(T0);
  await vi.waitFor(async () => expect(await storedCount()).toBe(1));
  adapters.hasSiteAccess.mockResolvedValue(true);
  adapters.grantedSites.mockResolvedValue(['https://shop.test']);
  step(T0 + 1);
  worker.reconcile();
  step(T0 + 2);
  const steps = (await stored(worker)).filter((o) => o.type === 'authorize');
  expect(steps.map((o) => o.watched)).toEqual([false, false, true]);
});

test('site that a person has just granted by name: watched, though nothing was seen of it', async () => {
  const worker = started();
  worker.reconcile();
  await vi.waitFor(() => expect(adapters.showBadge).toHaveBeenCalled());
  adapters.hasSiteAccess.mockResolvedValue(true);
  adapters.grantedSites.mockResolvedValue(['https://new.test']);
  worker.reconcile();
  const watch = { type: 'watch', site: 'https://new.test', watched: true };
  await vi.waitFor(async () =>
    expect(await onStore((db) => db.getAll('observations'))).toMatchObject([watch]),
  );
});

test('access kept to the site alone: what its redirect URI’s origin does goes unseen', async () => {
  const worker = started();
  adapters.hasSiteAccess.mockResolvedValue(true);
  worker.onRequest('redirect', {
    ...call(T0),
    url: 'https://kauth.kakao.com/oauth/authorize?client_id=key&response_type=code&redirect_uri=https%3A%2F%2Fauth.shop.test%2Fcb',
    type: 'main_frame',
    statusCode: 302,
    redirectUrl: 'https://auth.shop.test/cb?code=1',
  });
  worker.reconcile();
  await vi.waitFor(async () => expect(await watchedSites()).toHaveLength(2));
  adapters.hasSiteAccess.mockImplementation(async (site) => site === 'https://shop.test');
  adapters.grantedSites.mockResolvedValue(['https://shop.test']);
  worker.reconcile();
  await vi.waitFor(async () => expect(await watchedSites()).toEqual(['https://shop.test']));
  const [login] = await onStore((db) => db.getAll('logins'));
  expect(login?.visibilityGap).toMatchObject({ reason: 'no-site-access' });
});

/** The sites that were last recorded as watched. */
async function watchedSites(): Promise<(string | null)[]> {
  const sites = new Map<string | null, boolean>();
  for (const o of await onStore((db) => db.getAll('observations')))
    if (o.type === 'watch') sites.set(o.site, o.watched);
  return [...sites].flatMap(([site, watched]) => (watched ? [site] : []));
}

test('event that fails: told on the console, and the next one is taken', async () => {
  const error = vi.spyOn(console, 'error').mockImplementation(() => {});
  const memory = runningBrowser();
  const worker = started(memory);
  adapters.resolveTabContext.mockImplementationOnce(async () => {
    throw new Error('no tab');
  });
  worker.onRequest('answered', call(T0));
  worker.onRequest('answered', call(T0 + 1000));
  expect((await stored(worker)).map((o) => o.at)).toEqual([T0 + 1000]);
  expect(error).toHaveBeenCalledWith(expect.objectContaining({ message: 'no tab' }));
  // It is over, too: the worker comes to rest.
  await vi.advanceTimersByTimeAsync(2500);
  expect(memory.trace?.isBusy).toBe(false);
});

test('alarm gone off with nothing changed: badge and alarm are set anew', async () => {
  const worker = started();
  for (const times of [1, 2]) {
    worker.reconcile();
    await vi.waitFor(() => expect(adapters.setAlarm).toHaveBeenCalledTimes(times));
    expect(adapters.showBadge).toHaveBeenCalledTimes(times);
  }
});

test('message that is no command: answered as such', async () => {
  expect(await started().onMessage({ type: 'no such' })).toEqual({
    ok: false,
    problem: 'bad-command',
  });
});

describe('worker that is ended early', () => {
  /** Ends a worker: nothing of it goes on. */
  const end = () => vi.clearAllTimers();
  const types = async (worker: ReturnType<typeof started>) =>
    (await stored(worker)).map((o) => o.type);

  test('event that it had begun with: recorded by the next one, after what may be lost', async () => {
    const memory = runningBrowser();
    adapters.resolveTabContext.mockReturnValueOnce(new Promise(() => {}));
    started(memory).onRequest('answered', call(T0));
    expect(JSON.stringify([...memory.work])).not.toContain('secret');
    await vi.waitFor(() => expect(memory.trace?.isBusy).toBe(true));
    end();
    const next = started(memory);
    next.onRequest('answered', call(T0 + 1000));
    const rows = await stored(next);
    expect(rows.map((o) => [o.type, o.tab])).toEqual([
      ['loss', null],
      ['api', 'run:1'],
      ['api', 'run:1'],
    ]);
    expect(rows.slice(1).map((o) => o.at)).toEqual([T0, T0 + 1000]);
    await vi.advanceTimersByTimeAsync(2500);
    expect(memory.work.size).toBe(0);
  });

  test('event that it had stored, and not yet removed: recorded once', async () => {
    const memory = runningBrowser();
    const first = started(memory);
    first.onRequest('answered', call(T0));
    expect(await types(first)).toEqual(['api']);
    expect(memory.work.size).toBe(1);
    end();
    expect(await types(started(memory))).toEqual(['api', 'loss']);
  });

  test('after a rest as long as the browser lets a worker live: nothing is lost', async () => {
    const memory = runningBrowser();
    const first = started(memory);
    first.onRequest('answered', call(T0));
    await stored(first);
    await vi.advanceTimersByTimeAsync(1100);
    expect(memory.trace?.isBusy).toBe(false);
    end();
    if (memory.trace) memory.trace.at -= 30_000;
    expect(await types(started(memory))).toEqual(['api']);
  });

  test('at rest, with a call on its way whose answer nobody saw: something may be lost', async () => {
    const memory = runningBrowser();
    const first = started(memory);
    first.onRequest('answered', call(T0));
    await stored(first);
    await vi.advanceTimersByTimeAsync(1100);
    first.onSent('2');
    end();
    if (memory.trace) memory.trace.at -= 300_000;
    expect(await types(started(memory))).toEqual(['api', 'loss']);
  });

  test('at rest again after the answer of a call, also of one that says nothing: nothing is lost', async () => {
    const memory = runningBrowser();
    const first = started(memory);
    await stored(first);
    await vi.advanceTimersByTimeAsync(1100);
    first.onSent('2');
    first.onRequest('answered', { ...call(T0), requestId: '2', method: 'OPTIONS' });
    await vi.advanceTimersByTimeAsync(1100);
    end();
    if (memory.trace) memory.trace.at -= 300_000;
    expect(await types(started(memory))).toEqual([]);
  });

  test('long ago, but in the middle of its work: something may be lost', async () => {
    const memory = runningBrowser();
    memory.trace = { at: T0 - 60_000, isBusy: true };
    const [loss] = await stored(started(memory));
    expect(loss).toMatchObject({ type: 'loss', at: T0 - 60_000 });
  });

  test('with the browser: its start is all that is told', async () => {
    const memory = sessionMemory<CapturedEvent>();
    memory.trace = { at: T0 - 1000, isBusy: true };
    expect(await types(started(memory))).toEqual(['start']);
  });
});

test('update in the middle of a login: recorded as a start, and its end is no repeat for certain', async () => {
  const step = (timeStamp: number, more: Partial<BrowserDetails>): BrowserDetails => ({
    ...call(timeStamp),
    url: 'https://kauth.kakao.com/oauth/authorize?client_id=key&response_type=code&redirect_uri=https%3A%2F%2Fshop.test%2Fcb',
    type: 'main_frame',
    statusCode: 302,
    ...more,
  });
  const before = started();
  before.onRequest('redirect', step(T0, { redirectUrl: 'https://accounts.kakao.com/login?a=1' }));
  await stored(before);
  // The update empties the memory, and tabs are named anew.
  adapters.resolveTabContext.mockResolvedValue({ ...HERE, tab: 'run2:1' });
  const after = started(sessionMemory());
  const end = {
    initiator: 'https://accounts.kakao.com',
    redirectUrl: 'https://shop.test/cb?code=1',
  };
  after.onRequest('redirect', step(T0 + 9000, end));
  expect((await stored(after)).map((o) => o.type)).toEqual(['authorize', 'start', 'authorize']);
  const [login] = await onStore((db) => db.getAll('logins'));
  expect(login).toMatchObject({ kind: 'unknown', kindBecause: 'flow-not-seen' });
});

describe('start that neither the browser nor a new version explains: the extension was switched off', () => {
  const restarted = async (how: (worker: ReturnType<typeof started>) => void) => {
    const before = started();
    await loginAndCalls(before, 1);
    await stored(before);
    const after = started(sessionMemory());
    how(after);
    await stored(after);
    await vi.advanceTimersByTimeAsync(15_000);
    return (await stored(after)).slice(2);
  };

  test('what happened since the last observation may be lost', async () => {
    expect((await restarted(() => {})).map((o) => [o.type, o.at - T0])).toEqual([
      ['start', expect.any(Number)],
      ['loss', 1],
    ]);
    const [login] = await onStore((db) => db.getAll('logins'));
    expect(login?.lostAt).toBe(T0 + 1);
  });

  test('browser or version that has started: nothing is lost', async () => {
    const rows = await restarted((worker) => worker.hasStarted());
    expect(rows.map((o) => o.type)).toEqual(['start']);
  });

  test('first start of all: nothing was there to be lost', async () => {
    const worker = started(sessionMemory());
    worker.onRequest('answered', call(T0));
    await stored(worker);
    await vi.advanceTimersByTimeAsync(15_000);
    expect((await stored(worker)).map((o) => o.type)).toEqual(['start', 'api']);
  });
});

test('machine that slept over a deadline: told once at its waking, by the hour that it is then', async () => {
  adapters.canShowNotifications.mockResolvedValue(true);
  const asleep = T0 - 25 * 3_600_000;
  const before = started();
  await before.onMessage({ type: 'settings', settings: { notifications: true } });
  before.onRequest('redirect', {
    ...call(asleep),
    url: 'https://kauth.kakao.com/oauth/authorize?client_id=key&response_type=code&redirect_uri=https%3A%2F%2Fshop.test%2Fcb&through_account=1',
    initiator: 'https://accounts.kakao.com',
    type: 'main_frame',
    statusCode: 302,
    redirectUrl: 'https://shop.test/cb?code=1',
  });
  await stored(before);
  await vi.waitFor(() => expect(adapters.showNotification).toHaveBeenCalledTimes(1));
  expect(adapters.showNotification).toHaveBeenCalledWith(
    expect.objectContaining({
      reason: 'unseen',
      isSure: false,
      deadline: asleep + 24 * 3_600_000,
    }),
  );
  // The alarm goes off late, and the next worker asks as well.
  before.reconcile();
  const after = started();
  after.reconcile();
  await stored(after);
  await vi.advanceTimersByTimeAsync(2500);
  expect(adapters.showNotification).toHaveBeenCalledTimes(1);
});

test('clock set back a day in the middle of a login: its calls are placed on it still', async () => {
  const worker = started();
  await loginAndCalls(worker, 1);
  const day = 24 * 3_600_000;
  worker.onRequest('answered', call(T0 - day));
  await stored(worker);
  const [login] = await onStore((db) => db.getAll('logins'));
  expect(login?.calls.reduce((count, { times }) => count + times, 0)).toBe(2);
  expect(await storedCount()).toBe(3);
});

test('memory that cannot be read: events are recorded, as after a start of the browser', async () => {
  const error = vi.spyOn(console, 'error').mockImplementation(() => {});
  const memory = runningBrowser();
  memory.load = () => Promise.reject(new Error('no memory'));
  const worker = started(memory);
  worker.onRequest('answered', call(T0));
  expect((await stored(worker)).map((o) => o.type)).toEqual(['start', 'api']);
  expect(error).toHaveBeenCalledWith(expect.objectContaining({ message: 'no memory' }));
});

test('calls far apart while all is known: the memory is hardly written to', async () => {
  const memory = runningBrowser();
  const worker = started(memory);
  worker.onRequest('answered', call(T0));
  await stored(worker);
  await vi.advanceTimersByTimeAsync(2500);
  const before = memory.writes;
  adapters.isContextKnown.mockReturnValue(true);
  for (let i = 1; i <= 20; i += 1) {
    worker.onSent('1');
    worker.onRequest('answered', call(T0 + i));
    expect(memory.trace?.isBusy).toBe(true);
    await vi.waitFor(async () => expect(await storedCount()).toBe(1 + i), { interval: 1 });
    await vi.advanceTimersByTimeAsync(250);
  }
  await vi.advanceTimersByTimeAsync(2500);
  expect(memory.trace?.isBusy).toBe(false);
  expect(memory.work.size).toBe(0);
  // In each of the five seconds that it is busy again, and at rest again; not for each call.
  expect(memory.writes - before).toBeLessThanOrEqual(13);
});

describe('private window', () => {
  const PRIVATE = { ...HERE, tab: 'run:2', cookieStore: 'firefox-private' };
  const code = (timeStamp: number): BrowserDetails => ({
    ...call(timeStamp),
    url: 'https://kauth.kakao.com/oauth/authorize?client_id=key&response_type=code&redirect_uri=https%3A%2F%2Fshop.test%2Fcb',
    type: 'main_frame',
    statusCode: 302,
    redirectUrl: 'https://shop.test/cb?code=1',
  });
  const privateLogin = async (worker: ReturnType<typeof started>) => {
    adapters.resolveTabContext.mockResolvedValue(PRIVATE);
    worker.onRequest('redirect', code(T0));
    worker.onRequest('answered', call(T0 + 1000));
    await stored(worker);
    await vi.waitFor(() => expect(hiddenStorage.made?.logins[0]?.calls).toHaveLength(1));
    return hiddenStorage.made?.logins[0]?.id ?? expect.unreachable();
  };
  const onDisk = async () => JSON.stringify(await contents());

  test('what it shows is judged, and never reaches the database', async () => {
    const worker = started();
    const id = await privateLogin(worker);
    expect(hiddenStorage.made?.logins).toMatchObject([{ id, calls: [{ path: '/v2/user/me' }] }]);
    await worker.onMessage({ type: 'label', login: id, label: 'kim' });
    await worker.onMessage({ type: 'mark', login: id, mark: 'complete', note: 'by hand' });
    expect(hiddenStorage.made?.logins).toMatchObject([
      { label: 'kim', testerMark: { note: 'by hand' } },
    ]);
    adapters.resolveTabContext.mockResolvedValue(HERE);
    worker.onRequest('answered', call(T0 + 2000));
    expect((await stored(worker)).map((o) => o.at)).toEqual([T0 + 2000]);
    for (const part of ['firefox-private', id, 'kim', 'by hand'])
      expect(await onDisk()).not.toContain(part);
  });

  test('of which no more is kept: what the tester states is answered as not done', async () => {
    const worker = started();
    const id = await privateLogin(worker);
    const more = Array.from({ length: 1997 }, (_, i) => me(T0 + 2000 + i, PRIVATE));
    await hiddenStorage.save(more, { logins: [], apps: [] });
    // A worker that starts anew counts what is there.
    const next = started();
    for (const message of [
      { type: 'label', login: id, label: 'kim' },
      { type: 'app', clientId: 'key', linkMode: 'auto' },
    ])
      expect(await next.onMessage(message)).toEqual({ ok: false, problem: 'private-full' });
  });

  test('answer that the developer tools tell: in memory only, and not while paused', async () => {
    const worker = started();
    adapters.findTabContext.mockResolvedValue(PRIVATE);
    adapters.hasSiteAccess.mockResolvedValue(true);
    expect(await worker.onMessage(answerMessageOf('https://shop.test'))).toEqual({ ok: true });
    const answers = () => hiddenStorage.observations.filter((o) => o.type === 'answer');
    expect(answers()).toMatchObject([{ cookieStore: 'firefox-private', path: '/v2/user/me' }]);
    expect(await stored(worker)).toEqual([]);
    await worker.onMessage({ type: 'pause', paused: true });
    expect(await worker.onMessage(answerMessageOf('https://shop.test'))).toEqual({ ok: true });
    expect(answers()).toHaveLength(1);
  });

  test('database that cannot be opened: what is seen is kept in memory all the same', async () => {
    const newer = await openDB(DB_NAME, DB_VERSION + 1);
    newer.close();
    const worker = started();
    adapters.resolveTabContext.mockResolvedValue(PRIVATE);
    worker.onRequest('redirect', code(T0));
    await vi.waitFor(() =>
      expect(hiddenStorage.observations.map((o) => o.type)).toEqual(['authorize']),
    );
    await deleteStore();
  });

  test('worker ended early: what it had begun with stays off the disk too', async () => {
    const memory = runningBrowser();
    adapters.resolveTabContext.mockReturnValueOnce(new Promise(() => {}));
    started(memory).onRequest('redirect', code(T0));
    await vi.waitFor(() => expect(memory.work.size).toBe(1));
    vi.clearAllTimers();
    adapters.resolveTabContext.mockResolvedValue(PRIVATE);
    await stored(started(memory));
    await vi.waitFor(() =>
      expect(hiddenStorage.observations.map((o) => o.type)).toEqual(['loss', 'authorize']),
    );
    expect(await onDisk()).not.toContain('firefox-private');
  });

  test('paused, or everything cleared: nothing of it is kept', async () => {
    const worker = started();
    await privateLogin(worker);
    await worker.onMessage({ type: 'clear' });
    expect(hiddenStorage).toMatchObject({ observations: [], made: null });
    await worker.onMessage({ type: 'pause', paused: true });
    worker.onRequest('redirect', code(T0 + 5000));
    await stored(worker);
    await worker.onMessage({ type: 'pause', paused: false });
    expect(hiddenStorage.observations).toEqual([]);
  });

  describe('what concerns all windows is told of its logins as well', () => {
    const login = () => hiddenStorage.made?.logins[0] ?? expect.unreachable();

    test('recording paused, by a command or by the shortcut', async () => {
      adapters.hasSiteAccess.mockResolvedValue(true);
      const worker = started();
      await privateLogin(worker);
      await worker.onMessage({ type: 'pause', paused: true });
      expect(login()).toMatchObject({ visibilityGap: { reason: 'paused' } });
      await worker.onMessage({ type: 'clear' });
      await worker.onMessage({ type: 'pause', paused: false });
      await privateLogin(worker);
      worker.toggleRecording();
      const ids = (await stored(worker)).map((o) => o.id);
      expect(login()).toMatchObject({ visibilityGap: { reason: 'paused' } });
      expect(hiddenStorage.observations.filter((o) => ids.includes(o.id))).toEqual([]);
    });

    test('salt of user ids replaced: a loss, with an id of its own', async () => {
      const worker = started();
      await privateLogin(worker);
      await worker.onMessage({ type: 'reset-salt' });
      const told = hiddenStorage.observations.at(-1);
      expect(told).toMatchObject({ type: 'loss', leftOut: 'logins' });
      expect((await stored(worker)).map((o) => o.id)).not.toContain(told?.id);
    });

    test('access to its site taken away', async () => {
      adapters.hasSiteAccess.mockResolvedValue(true);
      adapters.grantedSites.mockResolvedValue(['https://shop.test']);
      const worker = started();
      await vi.advanceTimersByTimeAsync(2500);
      await privateLogin(worker);
      adapters.hasSiteAccess.mockResolvedValue(false);
      adapters.grantedSites.mockResolvedValue([]);
      worker.reconcile();
      await vi.waitFor(async () => {
        await vi.advanceTimersByTimeAsync(500);
        expect(login()).toMatchObject({ visibilityGap: { reason: 'no-site-access' } });
      });
    });

    test('worker ended early: dated so that a later one reads it after what was kept before', async () => {
      const memory = runningBrowser();
      await privateLogin(started(memory));
      vi.clearAllTimers();
      memory.trace = { at: T0 - 5000, isBusy: true };
      await stored(started(memory));
      await vi.waitFor(() => expect(login().lostAt).toBe(T0 + 1000));
      expect(hiddenStorage.observations.at(-1)).toMatchObject({ type: 'loss', at: T0 + 1000 });
    });

    test('nothing is kept where nothing of private windows is', async () => {
      const worker = started();
      await worker.onMessage({ type: 'pause', paused: true });
      expect(hiddenStorage).toMatchObject({ observations: [], made: null });
    });
  });

  test('everything cleared right after an event: that is not kept either', async () => {
    const worker = started();
    await stored(worker);
    adapters.resolveTabContext.mockResolvedValue(PRIVATE);
    worker.onRequest('redirect', code(T0));
    await worker.onMessage({ type: 'clear' });
    await stored(worker);
    expect(hiddenStorage.observations).toEqual([]);
  });

  test('cleared by what wakes the worker: what an earlier one had begun is not kept', async () => {
    const memory = runningBrowser();
    adapters.resolveTabContext.mockReturnValueOnce(new Promise(() => {}));
    started(memory).onRequest('redirect', code(T0));
    await vi.waitFor(() => expect(memory.work.size).toBe(1));
    vi.clearAllTimers();
    adapters.resolveTabContext.mockResolvedValue(PRIVATE);
    const worker = started(memory);
    await worker.onMessage({ type: 'clear' });
    await stored(worker);
    expect(hiddenStorage.observations).toEqual([]);
  });

  test('last private window closed, the worker ended: the next one keeps nothing of it', async () => {
    const memory = runningBrowser();
    const worker = started(memory);
    await privateLogin(worker);
    worker.onRequest('answered', call(T0 + 2000));
    await vi.advanceTimersByTimeAsync(60);
    expect(memory.work.size).toBeGreaterThan(0);
    worker.privateWindowsClosed();
    await worker.onMessage({ type: 'reconcile' });
    vi.clearAllTimers();
    await stored(started(memory));
    expect(hiddenStorage.observations).toEqual([]);
  });

  test('last private window closed: the request that this aborts is not kept', async () => {
    const worker = started();
    await privateLogin(worker);
    worker.onRequest('error', { ...call(T0 + 2000), requestId: '2' });
    worker.privateWindowsClosed();
    await stored(worker);
    await vi.waitFor(() => expect(hiddenStorage.observations).toEqual([]));
    expect(hiddenStorage.made).toBeNull();
  });

  test('link mode of an app that only a private window showed: kept in memory only', async () => {
    const worker = started();
    await privateLogin(worker);
    await worker.onMessage({ type: 'app', clientId: 'key', linkMode: 'manual' });
    await worker.onMessage({ type: 'silence', clientId: 'key', rule: 'no-state', silenced: true });
    expect(hiddenStorage.made?.apps).toMatchObject([
      { linkModeOverride: 'manual', silenced: ['no-state'] },
    ]);
    expect((await contents())['apps']).toEqual([]);
    adapters.resolveTabContext.mockResolvedValue(HERE);
    worker.onRequest('redirect', { ...code(T0 + 2000), requestId: '3' });
    await stored(worker);
    await worker.onMessage({ type: 'app', clientId: 'key', linkMode: 'auto' });
    expect((await contents())['apps']).toMatchObject([{ linkModeOverride: 'auto' }]);
  });

  test('with a worker of its own, whose database is in memory: stored there', async () => {
    adapters.isPrivateContext.mockReturnValue(true);
    adapters.resolveTabContext.mockResolvedValue({ ...PRIVATE, cookieStore: 'private' });
    const worker = started();
    worker.onRequest('answered', call(T0));
    expect((await stored(worker)).map((o) => o.cookieStore)).toEqual(['private']);
  });
});

test('popup’s snapshot: taken a moment after a login, gone once cleared', async () => {
  const worker = started();
  for (const o of [...firstLogin(T0), exchange(T0 + 4000)]) await worker.recorder.record([o]);
  await worker.onMessage({ type: 'reconcile' });
  await vi.waitFor(async () => {
    await vi.advanceTimersByTimeAsync(500);
    expect(snapshotPlace.snapshot?.counts.open).toBe(1);
  });
  await worker.onMessage({ type: 'clear' });
  expect(snapshotPlace.snapshot).toBeNull();
  await vi.advanceTimersByTimeAsync(2500);
  await worker.recorder.withStore(async () => {});
  expect(snapshotPlace.snapshot).toBeNull();
});
