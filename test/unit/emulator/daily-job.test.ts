import { afterEach, beforeEach, expect, test } from 'vitest';
import { APPS, startEmulator, type Emulator } from '../../emulator/index.ts';
import { send } from '../../emulator/loopback-client.ts';
import { authorizeUrl, kapi, login, signedIn } from '../../emulator/test-steps.ts';

const HOUR = 3_600_000;
let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator({ now: Date.UTC(2026, 10, 22, 3, 4, 5) });
});
afterEach(() => emulator.close());

test('daily job: cuts what is incomplete after 24 h, nothing else', async () => {
  await login(emulator, APPS.page, 'alice');
  await kapi(emulator, await login(emulator, APPS.page, 'bob'), '/v2/user/me');
  emulator.advance(23 * HOUR);
  await login(emulator, APPS.page, 'carol');
  expect(await emulator.runDailyJob()).toBe(0);
  emulator.advance(HOUR + 1000);
  expect(await emulator.runDailyJob()).toBe(1);
  expect(await emulator.runDailyJob()).toBe(0);
  const states = emulator.truth().map((t) => [t.account, t.state, t.because]);
  expect(states).toEqual([
    ['alice', 'unlinked', 'INCOMPLETE_SIGN_UP'],
    ['bob', 'complete', null],
    ['carol', 'incomplete', null],
  ]);
});

test('cut: kills tokens, asks consent again, keeps a fixed user id', async () => {
  emulator.apps.get(APPS.page)!.accessTokenSeconds = 100 * 3600;
  const access = await login(emulator, APPS.page, 'alice');
  const before = emulator.truth()[0]?.userId;
  emulator.advance(25 * HOUR);
  expect((await kapi(emulator, access, '/v1/user/access_token_info')).status).toBe(200);
  await emulator.runDailyJob();
  expect((await kapi(emulator, access, '/v2/user/me')).json.code).toBe(-401);
  const url = authorizeUrl({ client_id: APPS.page, redirect_uri: 'https://page.shop.test/cb' });
  expect((await (await signedIn(emulator, 'alice')).visit(url)).body).toContain('id="agree"');
  await login(emulator, APPS.page, 'alice');
  expect(emulator.truth()).toMatchObject([{ userId: before, state: 'incomplete' }]);
  expect(emulator.history()).toHaveLength(2);
});

test('Fixed User ID off: a new link has a new user id', async () => {
  await login(emulator, APPS.floating, 'alice');
  emulator.advance(25 * HOUR);
  await emulator.runDailyJob();
  await login(emulator, APPS.floating, 'alice');
  const [first, second] = emulator.history();
  expect(second?.userId).not.toBe(first?.userId);
});

test.each([
  [APPS.page, 'GET'],
  [APPS.server, 'POST'],
])('app %s gets its callback by %s', async (clientId, method) => {
  await login(emulator, clientId, 'alice');
  emulator.advance(25 * HOUR);
  await emulator.runDailyJob();
  const app = emulator.apps.get(clientId);
  const body = {
    app_id: String(app?.appId),
    user_id: String(emulator.truth()[0]?.userId),
    referrer_type: 'INCOMPLETE_SIGN_UP',
  };
  expect(emulator.callbacks).toMatchObject([{ clientId, method, body, status: 200 }]);
  const received = await send(emulator.port, 'https://server.shop.test/received');
  expect(JSON.parse(received.body)).toEqual([
    { method, appId: body.app_id, userId: body.user_id, referrerType: body.referrer_type },
  ]);
});

test('receiver off the emulator: is never called, the link is cut', async () => {
  emulator.apps.get(APPS.page)!.callbackUrl = 'https://example.com/unlink';
  await login(emulator, APPS.page, 'alice');
  emulator.advance(25 * HOUR);
  expect(await emulator.runDailyJob()).toBe(1);
  expect(emulator.callbacks).toMatchObject([{ status: null }]);
  expect(emulator.truth()[0]?.state).toBe('unlinked');
});

test('user who removes the app: raises UNLINK_FROM_APPS', async () => {
  await login(emulator, APPS.page, 'alice');
  expect(await emulator.unlinkFromApps(APPS.page, 'alice')).toBe(true);
  expect(await emulator.unlinkFromApps(APPS.page, 'alice')).toBe(false);
  expect(emulator.callbacks[0]?.body.referrer_type).toBe('UNLINK_FROM_APPS');
});

test('manual link without sign-up: is cut like any other', async () => {
  const access = await login(emulator, APPS.manual, 'alice');
  await kapi(emulator, access, '/v2/user/me');
  emulator.advance(25 * HOUR);
  expect(await emulator.runDailyJob()).toBe(1);
});
