import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readServerReports } from '../../utils/capture/server-timing.ts';
import { createCertificate } from '../emulator/certificate.ts';
import { APPS, startEmulator, type Emulator } from '../emulator/index.ts';
import { send } from '../emulator/loopback-client.ts';
import { login } from '../emulator/test-steps.ts';
import { ADMIN_CALLS_TOLD, adminCalls } from '../recipes/admin-calls.ts';
import { hasRequests, startPythonShop, whyNoPython } from '../recipes/start-python-shop.ts';
import type { RecipeShop } from '../recipes/start-recipe-shop.ts';

// pip's own copy of requests, where there is one.
const CALLERS = ['http.client', 'urllib', 'readinto', 'requests'] as const;
const INSTALLED = CALLERS.filter((name) => name !== 'requests' || hasRequests());

interface Order {
  via?: (typeof CALLERS)[number];
  /** `METHOD /path`. */
  paths: string[];
  answer?: string;
}

const missing = whyNoPython();
const PROFILE = 'GET /v2/user/me';

describe.skipIf(missing)(`the Python recipe${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let emulator: Emulator;
  let token: string;
  beforeAll(async () => {
    emulator = await startEmulator();
    token = await login(emulator, APPS.server, 'alice');
  });
  afterAll(() => emulator.close());

  /** Sends an order to a shop; gives the answer, durations taken out of its header. */
  async function order(shop: RecipeShop, given: Order) {
    const raw = JSON.stringify({ via: 'http.client', answer: 'end', token, ...given });
    const headers = { 'content-length': String(Buffer.byteLength(raw)) };
    const reply = await send(emulator.port, `${shop.origin}/`, { method: 'POST', headers, raw });
    const header = reply.headers['server-timing'] as string | undefined;
    return { ...reply, timing: header?.replace(/;dur=\d+(?=$|, kakao)/g, '') };
  }

  const at = () =>
    new Date(emulator.truth()[0]?.linkedAt ?? 0).toISOString().replace(/\.\d+Z$/, 'Z');

  describe.each(['wsgi', 'asgi'] as const)('%s', (kind) => {
    let shop: RecipeShop;
    beforeAll(async () => {
      shop = await startPythonShop(kind, emulator, { report: true });
    });
    afterAll(() => shop.close());

    test.each(INSTALLED)('calls by %s: are reported on a redirect', async (via) => {
      const bad = 'POST /oauth/token?grant_type=authorization_code&client_id=x';
      const paths = [bad, `${PROFILE}?secure_resource=true`, 'GET /v1/things/4000000001/x'];
      const { status, headers, timing, body } = await order(shop, {
        via,
        paths,
        answer: 'redirect',
      });
      expect([status, headers.location]).toEqual([302, '/next']);
      expect(timing?.split(', ')).toEqual([
        'kakao;desc="POST /oauth/token 401 code=KOE101"',
        `kakao;desc="GET /v2/user/me 200 has_signed_up=none connected_at=${at()}"`,
        'kakao;desc="GET /v1/things/~/x 404"',
      ]);
      const real = String(headers['server-timing']);
      expect(emulator.canaries.filter((value) => real.includes(value))).toEqual([]);
      expect(readServerReports([real])).toMatchObject([
        { type: 'token', status: 401, error: 'KOE101' },
        { path: '/v2/user/me', status: 200, connectedAt: Date.parse(at()) },
        { status: 404 },
      ]);
      expect(JSON.parse(body)).toMatchObject([
        { error_code: 'KOE101' },
        { id: emulator.truth()[0]?.userId },
        { error: 'Not Found' },
      ]);
    });

    test.each(INSTALLED)(
      'calls by %s with the admin key: are told to be about another user',
      async (via) => {
        const { aboutUser, aboutNobody } = adminCalls(emulator);
        const { timing } = await order(shop, { via, paths: [aboutUser, aboutNobody] });
        expect(timing?.split(', ')).toEqual(ADMIN_CALLS_TOLD);
        // The token's answer says that it is the same user.
        const own = await order(shop, { via, paths: [PROFILE, aboutUser] });
        expect(new Set(own.timing?.split(', ')).size).toBe(1);
      },
    );

    test('refused call: its report carries the code', async () => {
      emulator.answerNext('/v1/api/talk/friends', { status: 403, code: -402 });
      const { timing } = await order(shop, { paths: ['GET /v1/api/talk/friends'] });
      expect(timing).toBe('kakao;desc="GET /v1/api/talk/friends 403 code=-402"');
    });

    test('call without an answer: is reported with the status 0', async () => {
      const host = `cut-off-${kind}.shop.test`;
      const cutOff = await startPythonShop(kind, { ...emulator, port: 1 }, { report: true, host });
      try {
        const { timing } = await order(cutOff, { paths: [PROFILE] });
        expect(timing).toBe('kakao;desc="GET /v2/user/me 0"');
      } finally {
        await cutOff.close();
      }
    });

    test('the application’s own Server-Timing: stays', async () => {
      const { headers } = await order(shop, { paths: ['GET /v2/user/scopes'], answer: 'own' });
      expect(String(headers['server-timing']).replace(/;dur=\d+$/, '')).toBe(
        'db;dur=53, kakao;desc="GET /v2/user/scopes 200"',
      );
    });

    test('calls after the headers are sent: are not reported', async () => {
      const { timing, body } = await order(shop, { paths: [PROFILE], answer: 'early' });
      expect([timing, body.includes('connected_at')]).toEqual([undefined, true]);
      expect((await order(shop, { paths: [] })).timing).toBeUndefined();
    });

    test('ten visitors at once: each gets their own call', async () => {
      const names = ['me', 'access_token_info', 'scopes', 'service_terms', 'meow'];
      const all = [...names, ...names].map((name) => `/v2/user/${name}`);
      const replies = await Promise.all(
        all.map((path) => order(shop, { paths: [`GET ${path}`, `POST ${path}`] })),
      );
      const told = replies.map(({ timing }) => timing?.match(/\w+ \/v2\/user\/\w+/g));
      expect(told).toEqual(all.map((path) => [`GET ${path}`, `POST ${path}`]));
    });

    test('report: is limited in length', async () => {
      const paths = Array.from({ length: 30 }, () => 'GET /v2/user/meow');
      const { timing } = await order(shop, { paths });
      expect(timing?.split(', ')).toHaveLength(20);
    });

    test('environment variable unset: adds nothing', async () => {
      const silent = await startPythonShop(kind, emulator, {
        report: false,
        host: `silent-${kind}.shop.test`,
      });
      try {
        const { timing, body } = await order(silent, { paths: [PROFILE] });
        expect([timing, body.includes('connected_at')]).toEqual([undefined, true]);
      } finally {
        await silent.close();
      }
    });
  });

  describe('unusual response bodies', () => {
    let server: Server;
    let body: Buffer;
    let headers: Record<string, string> = {};
    let shop: RecipeShop;
    beforeAll(async () => {
      const certificate = await createCertificate(['kapi.kakao.com']);
      server = createServer({ key: certificate.key, cert: certificate.cert }, (_, response) => {
        response.writeHead(200, headers);
        // Without a length, it goes out in two chunks.
        response.write(body.subarray(0, 9));
        setTimeout(() => response.end(body.subarray(9)), 5);
      });
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
      const { port } = server.address() as AddressInfo;
      const { addSite } = emulator;
      const kakao = { port, certificate, addSite };
      shop = await startPythonShop('wsgi', kakao, { report: true, host: 'odd.shop.test' });
    });
    afterAll(async () => {
      await shop.close();
      server.closeAllConnections();
      server.close();
    });

    const SIGNED_UP = '{"has_signed_up":true,"connected_at":"2026-11-22T03:04:05Z"}';

    test.each(['plain', 'gzip'])('body in chunks, %s: is read', async (encoding) => {
      const packed = encoding === 'gzip';
      body = packed ? gzipSync(SIGNED_UP) : Buffer.from(SIGNED_UP);
      headers = packed ? { 'content-encoding': 'gzip' } : {};
      // These two would make text of what is still packed.
      for (const via of INSTALLED.filter((name) => !packed || !/http|into/.test(name))) {
        const { timing } = await order(shop, { via, paths: [PROFILE], answer: 'generator' });
        expect(timing).toBe(
          'kakao;desc="GET /v2/user/me 200 has_signed_up=true connected_at=2026-11-22T03:04:05Z"',
        );
      }
    });

    test.each([
      ['no JSON', '<html>busy</html>'],
      ['no object', 'null'],
      ['foreign values', '{"has_signed_up":"\\"yes","connected_at":"a\\" b\\r\\nx: y","code":-1}'],
      ['a huge one', `{"has_signed_up":true,"filler":"${'x'.repeat(70_000)}"}`],
    ])('%s leaves the status alone', async (_, text) => {
      body = Buffer.from(text);
      headers = { 'content-length': String(body.length) };
      for (const via of INSTALLED) {
        const { timing } = await order(shop, { via, paths: [PROFILE] });
        expect(timing).toBe('kakao;desc="GET /v2/user/me 200"');
      }
    });
  });
});
