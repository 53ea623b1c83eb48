import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { APPS, startEmulator, type Emulator } from '../../emulator/index.ts';
import { send } from '../../emulator/loopback-client.ts';
import { kapi, login, signedIn, authorizeUrl, codeOf, token } from '../../emulator/test-steps.ts';

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.close());

const stateOf = (account: string) => emulator.truth().find((t) => t.account === account)?.state;

describe('what completes a sign-up on auto link', () => {
  // Written out, as in Kakao's notice: a list taken from the emulator could not be wrong.
  test.each([
    '/v1/api/talk/profile',
    '/v1/api/story/profile',
    '/v2/user/me',
    '/v1/user/shipping_address',
    '/v1/api/talk/friends',
    '/v1/friends',
    '/v1/api/talk/channels',
  ])('GET %s answers 200 and completes', async (path) => {
    const access = await login(emulator, APPS.page, 'alice');
    expect(stateOf('alice')).toBe('incomplete');
    expect((await kapi(emulator, access, `${path}?x=1`)).status).toBe(200);
    const [truth] = emulator.truth();
    expect(truth).toMatchObject({ state: 'complete', completedBy: { method: 'GET', path } });
    expect(truth?.completedAt).toBeGreaterThanOrEqual(truth?.linkedAt ?? Infinity);
  });

  test('POST /v2/user/me: completes too', async () => {
    const access = await login(emulator, APPS.page, 'alice');
    await kapi(emulator, access, '/v2/user/me', 'POST', {
      property_keys: '["kakao_account.email"]',
    });
    expect(emulator.truth()[0]?.completedBy).toEqual({ method: 'POST', path: '/v2/user/me' });
  });

  test.each([
    ['GET', '/v2/api/talk/channels'],
    ['GET', '/v1/oidc/userinfo'],
    ['GET', '/v1/user/access_token_info'],
    ['GET', '/v2/user/scopes'],
    ['GET', '/v2/user/service_terms'],
    ['GET', '/v1/user/service/terms'],
    ['POST', '/v1/user/update_profile'],
    ['POST', '/v2/user/revoke/scopes'],
    ['POST', '/v1/user/logout'],
  ])('%s %s answers 200 and completes nothing', async (method, path) => {
    const access = await login(emulator, APPS.page, 'alice');
    expect((await kapi(emulator, access, path, method)).status).toBe(200);
    expect(stateOf('alice')).toBe('incomplete');
  });

  test.each(['/v2/user/meow', '/x/v2/user/me', '/v2/user/me/', '//v2/user/me', '/V2/user/me'])(
    'look-alike %s: is 404',
    async (path) => {
      const access = await login(emulator, APPS.page, 'alice');
      const url = `https://kapi.kakao.com${path}`;
      const headers = { authorization: `Bearer ${access}` };
      expect((await send(emulator.port, url, { headers })).status).toBe(404);
      expect(stateOf('alice')).toBe('incomplete');
    },
  );

  test('preflight: completes nothing and uses up no forced answer', async () => {
    const access = await login(emulator, APPS.page, 'alice');
    emulator.answerNext('/v2/user/me', { status: 403, code: -402 });
    const preflight = await send(emulator.port, 'https://kapi.kakao.com/v2/user/me', {
      method: 'OPTIONS',
    });
    expect(preflight.status).toBe(200);
    expect(preflight.headers['access-control-allow-origin']).toBe('*');
    expect(preflight.headers['access-control-allow-headers']).toContain('authorization');
    expect((await kapi(emulator, access, '/v2/user/me')).json).toMatchObject({ code: -402 });
    expect(stateOf('alice')).toBe('incomplete');
  });

  test('call with the admin key: counts', async () => {
    await login(emulator, APPS.page, 'alice');
    const url = `https://kapi.kakao.com/v2/user/me?target_id_type=user_id&target_id=${emulator.truth()[0]?.userId}`;
    const headers = { authorization: `KakaoAK ${emulator.apps.get(APPS.page)?.adminKey}` };
    expect((await send(emulator.port, url, { headers })).status).toBe(200);
    expect(stateOf('alice')).toBe('complete');
  });

  test('call after the window: is late and completes nothing', async () => {
    await login(emulator, APPS.page, 'alice');
    emulator.advance(25 * 3_600_000);
    const again = await login(emulator, APPS.page, 'alice');
    expect((await kapi(emulator, again, '/v2/user/me')).status).toBe(200);
    expect(emulator.truth()).toHaveLength(1);
    expect(emulator.truth()[0]).toMatchObject({ state: 'incomplete', completedAt: null });
    expect(emulator.truth()[0]?.lateAt).toBeGreaterThan(0);
  });
});

describe('errors', () => {
  test.each([
    [-3, 403],
    [-5, 403],
    [-9, 400],
    [-101, 400],
    [-102, 400],
    [-402, 403],
    [-401, 401],
  ])('code %i on demand, as often as asked', async (code, status) => {
    const access = await login(emulator, APPS.page, 'alice');
    emulator.answerNext('/v2/user/me', { status, code }, 2);
    for (let i = 0; i < 2; i++) {
      const reply = await kapi(emulator, access, '/v2/user/me');
      expect([reply.status, reply.json.code]).toEqual([status, code]);
      const challenge = reply.headers['www-authenticate'] ?? '';
      expect(challenge.includes('invalid_token')).toBe(code === -401);
    }
    expect(stateOf('alice')).toBe('incomplete');
    expect((await kapi(emulator, access, '/v2/user/me')).status).toBe(200);
  });

  test('-402: names the scope that was not agreed to', async () => {
    const access = await login(emulator, APPS.page, 'alice');
    const path = '/v2/api/talk/memo/default/send';
    const reply = await kapi(emulator, access, path, 'POST');
    expect(reply.status).toBe(403);
    expect(reply.json).toMatchObject({ code: -402, required_scopes: ['talk_message'] });
  });

  test('no token, a wrong one, a logged-out one: -401', async () => {
    const access = await login(emulator, APPS.page, 'alice');
    await kapi(emulator, access, '/v1/user/logout', 'POST');
    for (const bad of ['', 'wrong', access])
      expect((await kapi(emulator, bad, '/v2/user/me')).json.code).toBe(-401);
  });

  test('unlink: ends the link, kills its tokens and sends no callback', async () => {
    const access = await login(emulator, APPS.page, 'alice');
    expect((await kapi(emulator, access, '/v1/user/unlink', 'POST')).status).toBe(200);
    expect((await kapi(emulator, access, '/v2/user/me')).json.code).toBe(-401);
    expect(emulator.truth()[0]).toMatchObject({ state: 'unlinked', because: 'UNLINK' });
    expect(emulator.callbacks).toEqual([]);
  });

  test('retired /v1/user/me: is an error', async () => {
    const access = await login(emulator, APPS.page, 'alice');
    expect((await kapi(emulator, access, '/v1/user/me')).json.code).toBe(-9);
  });
});

describe('manual link', () => {
  test('sign-up: alone completes; most calls before it are -101', async () => {
    const access = await login(emulator, APPS.manual, 'alice');
    const me = await kapi(emulator, access, '/v2/user/me');
    expect(me.json).toMatchObject({ has_signed_up: false });
    expect(me.json.properties).toBeUndefined();
    for (const path of ['/v1/api/talk/profile', '/v1/friends', '/v1/oidc/userinfo'])
      expect((await kapi(emulator, access, path)).json.code).toBe(-101);
    expect(stateOf('alice')).toBe('incomplete');

    const signup = await kapi(emulator, access, '/v1/user/signup', 'POST');
    expect([signup.status, signup.json.id]).toEqual([200, emulator.truth()[0]?.userId]);
    const by = { method: 'POST', path: '/v1/user/signup' };
    expect(emulator.truth()[0]).toMatchObject({ state: 'complete', completedBy: by });
    const again = await kapi(emulator, access, '/v1/user/signup', 'POST');
    expect([again.status, again.json.code]).toEqual([400, -102]);
    expect((await kapi(emulator, access, '/v1/api/talk/profile')).status).toBe(200);
    expect((await kapi(emulator, access, '/v2/user/me')).json.has_signed_up).toBe(true);
  });

  test('sign-up on auto link: is -102 and completes nothing', async () => {
    const access = await login(emulator, APPS.page, 'alice');
    expect((await kapi(emulator, access, '/v1/user/signup', 'POST')).json.code).toBe(-102);
    expect(stateOf('alice')).toBe('incomplete');
  });
});

test('user/me: seconds in UTC, agreed scopes, has_signed_up on manual only', async () => {
  const browser = await signedIn(emulator, 'bob');
  const fields = { client_id: APPS.page, redirect_uri: 'https://page.shop.test/cb' };
  const consent = await browser.visit(authorizeUrl(fields));
  const end = await browser.submit(consent, 'agree', { agreed_scope: 'profile_nickname' });
  const grant = { ...fields, grant_type: 'authorization_code', code: codeOf(end) };
  const { json: tokens } = await token(emulator, grant);
  const { json } = await kapi(emulator, String(tokens.access_token), '/v2/user/me');
  expect(json.connected_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  expect('has_signed_up' in json).toBe(false);
  expect(json.kakao_account).toMatchObject({ email_needs_agreement: true });
  expect(JSON.stringify(json)).not.toContain(emulator.accounts.get('bob')?.email);
});
