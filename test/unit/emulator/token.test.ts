import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { APPS, startEmulator, type Emulator } from '../../emulator/index.ts';
import { send } from '../../emulator/loopback-client.ts';
import {
  authorize,
  codeOf,
  kapi,
  signedIn,
  token,
  type AuthorizeFields,
} from '../../emulator/test-steps.ts';

const PAGE = { client_id: APPS.page, redirect_uri: 'https://page.shop.test/cb' };
const SERVER = { client_id: APPS.server, redirect_uri: 'https://server.shop.test/cb' };
const CODE = { grant_type: 'authorization_code' };
let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

const newCode = async (
  fields: AuthorizeFields = PAGE,
  more: Record<string, string> = {},
): Promise<string> =>
  codeOf(await authorize(await signedIn(emulator, 'alice'), { ...fields, ...more }));

test('code: gives tokens once, the second try is KOE320', async () => {
  const fields = { ...CODE, ...PAGE, code: await newCode() };
  const first = await token(emulator, fields);
  expect(first.status).toBe(200);
  expect(first.json).toMatchObject({ token_type: 'bearer', expires_in: 7199 });
  expect(String(first.json.scope)).toContain('profile_nickname');
  expect(String(first.json.id_token).split('.')).toHaveLength(3);
  const second = await token(emulator, fields);
  expect(second.status).toBe(400);
  expect(second.json).toMatchObject({ error: 'invalid_grant', error_code: 'KOE320' });
});

test('code after ten minutes: is dead', async () => {
  const local = await startEmulator();
  const code = codeOf(await authorize(await signedIn(local, 'alice'), PAGE));
  local.advance(11 * 60_000);
  expect((await token(local, { ...CODE, ...PAGE, code })).json.error_code).toBe('KOE320');
  await local.close();
});

test.each([
  ['KOE310', 400, { grant_type: 'password' }],
  ['KOE101', 401, { client_id: '0'.repeat(32) }],
  ['KOE303', 400, { redirect_uri: 'https://page.shop.test/other' }],
  ['KOE320', 400, { code: 'no-such-code' }],
  ['KOE319', 401, { grant_type: 'refresh_token' }],
  ['KOE322', 400, { grant_type: 'refresh_token', refresh_token: 'no-such-token' }],
])('%s with status %i', async (code, status, change: Record<string, string>) => {
  const reply = await token(emulator, { ...CODE, ...PAGE, code: await newCode(), ...change });
  expect([reply.status, reply.json.error_code]).toEqual([status, code]);
  expect(reply.headers['access-control-allow-origin']).toBe('*');
});

test('client secret: a wrong one is KOE010, the right one passes', async () => {
  const code = await newCode(SERVER);
  for (const client_secret of ['', 'wrong']) {
    const refused = await token(emulator, { ...CODE, ...SERVER, code, client_secret });
    expect([refused.status, refused.json.error_code]).toEqual([401, 'KOE010']);
  }
  const client_secret = emulator.apps.get(APPS.server)?.clientSecret ?? '';
  expect((await token(emulator, { ...CODE, ...SERVER, code, client_secret })).status).toBe(200);
});

test('JavaScript SDK on an unregistered domain: KOE009', async () => {
  const headers = { ka: 'sdk/2.6.0 os/javascript', origin: 'https://evil.test' };
  const fields = { ...CODE, ...PAGE, code: await newCode() };
  expect((await token(emulator, fields, headers)).json.error_code).toBe('KOE009');
  headers.origin = 'https://page2.shop.test';
  expect((await token(emulator, fields, headers)).status).toBe(200);
});

test('PKCE: the verifier must match the challenge', async () => {
  const verifier = 'verifier-verifier-verifier-verifier-verifier';
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const code = await newCode(PAGE, { code_challenge: challenge, code_challenge_method: 'S256' });
  const fields = { ...CODE, ...PAGE, code };
  expect((await token(emulator, { ...fields, code_verifier: 'other' })).status).toBe(400);
  expect((await token(emulator, { ...fields, code_verifier: verifier })).status).toBe(200);
});

test('scope without openid: no ID token', async () => {
  const without = await newCode(PAGE, { scope: 'friends' });
  const { json } = await token(emulator, { ...CODE, ...PAGE, code: without });
  expect(json.id_token).toBeUndefined();
  const nonce = 'nonce-nonce-nonce';
  const code = await newCode(PAGE, { scope: 'friends,openid', nonce });
  const full = await token(emulator, { ...CODE, ...PAGE, code });
  const claims = Buffer.from(String(full.json.id_token).split('.')[1] ?? '', 'base64url');
  const user = emulator.truth().find((t) => t.clientId === APPS.page);
  expect(JSON.parse(claims.toString())).toMatchObject({
    aud: APPS.page,
    nonce,
    sub: String(user?.userId),
  });
});

test('refresh: new access token; new refresh token only in the last month', async () => {
  const local = await startEmulator();
  const code = codeOf(await authorize(await signedIn(local, 'alice'), PAGE));
  const { json } = await token(local, { ...CODE, ...PAGE, code });
  const fields = {
    grant_type: 'refresh_token',
    client_id: APPS.page,
    refresh_token: String(json.refresh_token),
  };
  await kapi(local, String(json.access_token), '/v2/user/me');
  local.advance(3 * 3_600_000);
  expect((await kapi(local, String(json.access_token), '/v2/user/me')).status).toBe(401);
  const soon = await token(local, fields);
  expect(soon.json.refresh_token).toBeUndefined();
  expect((await kapi(local, String(soon.json.access_token), '/v2/user/me')).status).toBe(200);
  local.advance(40 * 86_400_000);
  const late = await token(local, fields);
  expect(late.json.refresh_token).not.toBe(fields.refresh_token);
  expect((await token(local, fields)).json.error_code).toBe('KOE322');
  await local.close();
});

test('preflight and the old widget’s GET: are answered', async () => {
  const url = 'https://kauth.kakao.com/oauth/token';
  const preflight = await send(emulator.port, url, { method: 'OPTIONS' });
  expect([preflight.status, preflight.headers['access-control-allow-headers']]).toEqual([
    200,
    'ka,content-type,authorization',
  ]);
  const query = new URLSearchParams({ ...CODE, ...PAGE, code: await newCode() });
  expect((await send(emulator.port, `${url}?${query}`)).status).toBe(200);
});

test('answerNext: forces an OAuth error', async () => {
  emulator.answerNext('/oauth/token', { status: 429, code: 0, error_code: 'KOE237' });
  const fields = { ...CODE, ...PAGE, code: await newCode() };
  expect((await token(emulator, fields)).json).toEqual({ error_code: 'KOE237' });
  expect((await token(emulator, fields)).status).toBe(200);
});
