import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createCertificate } from '../../emulator/certificate.ts';
import { APPS, startEmulator, type Emulator } from '../../emulator/index.ts';
import { send } from '../../emulator/loopback-client.ts';
import { login } from '../../emulator/test-steps.ts';
import { ADMIN_CALLS_TOLD, adminCalls } from '../../recipes/admin-calls.ts';
import { startRecipeShop, type RecipeShop } from '../../recipes/start-recipe-shop.ts';

interface Order {
  via: 'fetch' | 'https';
  /** `METHOD /path`. */
  paths: string[];
  answer: string;
  token?: string;
}

let emulator: Emulator;
let shop: RecipeShop;
let token: string;
beforeAll(async () => {
  emulator = await startEmulator();
  shop = await startRecipeShop('bare', emulator, { report: true });
  token = await login(emulator, APPS.server, 'alice');
});
afterAll(async () => {
  await shop.close();
  await emulator.close();
});
beforeEach(() => emulator.holdAnswers(null));

/** Sends an order to the bare shop; gives the answer, durations taken out of its header. */
async function order(given: Order) {
  const raw = JSON.stringify({ token, ...given });
  const reply = await send(emulator.port, `${shop.origin}/`, { method: 'POST', raw });
  const header = reply.headers['server-timing'] as string | undefined;
  return { ...reply, timing: header?.replace(/;dur=\d+(?=$|, kakao)/g, '') };
}

const ME = /^kakao;desc="GET \/v2\/user\/me 200 has_signed_up=none connected_at=[\dTZ:-]{20}"$/;

describe.each(['fetch', 'https'] as const)('the Node recipe, calls by %s', (via) => {
  test('POST whose body is read by events: is reported', async () => {
    const { timing } = await order({ via, paths: ['GET /v2/user/me'], answer: 'end' });
    expect(timing).toMatch(ME);
  });

  test('the application’s bodies: stay whole', async () => {
    const paths = ['GET /v2/user/me', 'GET /v1/user/access_token_info', 'GET /v2/user/meow'];
    const { body } = await order({ via, paths, answer: 'results' });
    expect(JSON.parse(body)).toMatchObject([
      { id: emulator.truth()[0]?.userId, kakao_account: { email: expect.any(String) } },
      { app_id: 910004 },
      { error: 'Not Found' },
    ]);
  });

  test('reports: hold no query, no id, only words of a known shape', async () => {
    const paths = [
      'GET /v2/user/me?secure_resource=true&access_token=SECRET',
      'GET /v1/things/4000000001/abcdef0123456789/me',
      'GET /v1/api/talk/friends?limit=3#part',
    ];
    emulator.answerNext('/v1/api/talk/friends', {
      status: 400,
      code: -2,
      has_signed_up: false,
      connected_at: '2026-11-22T03:04:05Z',
    });
    const { timing } = await order({ via, paths, answer: 'end' });
    expect(timing?.split(', ').slice(1)).toEqual([
      'kakao;desc="GET /v1/things/~/~/me 404"',
      'kakao;desc="GET /v1/api/talk/friends 400 code=-2"',
    ]);
    expect(timing?.split(', ')[0]).toMatch(ME);
  });

  test('body of some fields alone: does not say that a field is lacking', async () => {
    const paths = ['GET /v2/user/me?property_keys=[]', 'POST /v2/user/me'];
    const { timing } = await order({ via, paths, answer: 'end' });
    expect(timing).toMatch(/GET \/v2\/user\/me 200 connected_at=/);
    expect(timing).toMatch(/POST \/v2\/user\/me 200 connected_at=/);
  });

  test('call with the admin key: is told to be about another user, and nothing of them', async () => {
    const { aboutUser, aboutNobody } = adminCalls(emulator);
    const { timing } = await order({ via, paths: [aboutUser, aboutNobody], answer: 'end' });
    expect(timing?.split(', ')).toEqual(ADMIN_CALLS_TOLD);
    // The token's answer says that it is the same user.
    const paths = ['GET /v1/user/access_token_info', aboutUser];
    const own = await order({ via, paths, answer: 'end' });
    expect(own.timing?.split(', ')[1]).toMatch(ME);
  });

  test.each<[string, Record<string, string | undefined>]>([
    ['redirect', { location: '/next' }],
    ['phrase', {}],
    ['flush', {}],
    ['a list', { 'x-more': '1' }],
  ])('however the headers are written: %s', async (answer, others) => {
    const { timing, headers } = await order({ via, paths: ['GET /v2/user/me'], answer });
    expect(timing).toMatch(ME);
    expect(headers).toMatchObject(others);
  });

  test.each([
    ['own', 'db;dur=53;desc="a, b"'],
    ['own twice', 'db;dur=53;desc="a, b", app'],
    ['own at once', 'db;dur=53;desc="a, b"'],
    ['own, then more', 'db;dur=53;desc="a, b"'],
    ['own in a list', 'db;dur=53;desc="a, b"'],
    ['own, then a list', 'db;dur=53;desc="a, b"'],
  ])('what the application says itself stays: %s', async (answer, own) => {
    const { headers } = await order({ via, paths: ['GET /v1/user/access_token_info'], answer });
    expect(String(headers['server-timing']).replace(/;dur=\d+$/, '')).toBe(
      `${own}, kakao;desc="GET /v1/user/access_token_info 200"`,
    );
  });

  test.each(['early', 'background'])(
    'calls after the headers are sent (%s): are not reported',
    async (answer) => {
      const before = emulator.requests.length;
      const { timing, status } = await order({ via, paths: ['GET /v2/user/me'], answer });
      expect([status, timing]).toEqual([200, undefined]);
      await expect
        .poll(() => emulator.requests.slice(before).map((r) => r.path))
        .toContain('/v2/user/me');
      // Nor do they turn up on what comes next.
      const next = await order({ via, paths: [], answer: 'end' });
      expect(next.timing).toBeUndefined();
    },
  );

  test('ten visitors on few sockets: each gets their own call', async () => {
    const names = ['me', 'access_token_info', 'scopes', 'service_terms', 'meow'];
    const all = [...names, ...names].map((name) => `/v2/user/${name}`);
    const replies = await Promise.all(
      all.map((path) => order({ via, paths: [`GET ${path}`, `POST ${path}`], answer: 'end' })),
    );
    const told = replies.map(({ timing }) => timing?.match(/\w+ \/v2\/user\/\w+/g));
    expect(told).toEqual(all.map((path) => [`GET ${path}`, `POST ${path}`]));
  });

  test('report: is limited in length', async () => {
    const paths = Array.from({ length: 30 }, () => 'GET /v1/user/access_token_info');
    const { timing } = await order({ via, paths, answer: 'end' });
    expect(timing?.split(', ')).toHaveLength(20);
  });
});

describe('the Node recipe, unusual response bodies', () => {
  let server: Server;
  let body: Buffer;
  let encoding: string | undefined;
  let odd: RecipeShop;
  beforeAll(async () => {
    const certificate = await createCertificate(['kapi.kakao.com']);
    server = createServer({ key: certificate.key, cert: certificate.cert }, (_, response) => {
      response.writeHead(200, encoding ? { 'content-encoding': encoding } : {});
      // In two pieces.
      response.write(body.subarray(0, 9));
      setTimeout(() => response.end(body.subarray(9)), 5);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const kakao = { ...emulator, port, certificate };
    odd = await startRecipeShop('bare', kakao, { report: true, host: 'odd.shop.test' });
  });
  afterAll(async () => {
    await odd.close();
    server.closeAllConnections();
    server.close();
  });

  const told = async (via: Order['via']) => {
    const raw = JSON.stringify({ via, paths: ['GET /v2/user/me'], answer: 'end' });
    const reply = await send(emulator.port, `${odd.origin}/`, { method: 'POST', raw });
    return String(reply.headers['server-timing']).replace(/;dur=\d+$/, '');
  };

  test('compressed body through fetch: is read', async () => {
    body = gzipSync('{"has_signed_up":true,"connected_at":"2026-11-22T03:04:05Z"}');
    encoding = 'gzip';
    expect(await told('fetch')).toBe(
      'kakao;desc="GET /v2/user/me 200 has_signed_up=true connected_at=2026-11-22T03:04:05Z"',
    );
  });

  test.each([
    ['no JSON', '<html>busy</html>'],
    ['no object', 'null'],
    ['foreign values', '{"has_signed_up":"\\"yes","connected_at":"a\\" b\\r\\nx: y","code":-1}'],
    ['a huge one', `{"has_signed_up":true,"filler":"${'x'.repeat(70_000)}"}`],
  ])('%s leaves the status alone', async (_, text) => {
    body = Buffer.from(text);
    encoding = undefined;
    for (const via of ['fetch', 'https'] as const)
      expect(await told(via)).toBe('kakao;desc="GET /v2/user/me 200"');
  });
});
