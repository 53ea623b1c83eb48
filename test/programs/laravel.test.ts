import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readServerReports } from '../../utils/capture/server-timing.ts';
import { APPS, startEmulator, type Emulator } from '../emulator/index.ts';
import { login } from '../emulator/test-steps.ts';
import { ADMIN_CALLS_TOLD, adminCalls } from '../recipes/admin-calls.ts';

const RECIPE = join(import.meta.dirname, '../../docs/recipes/laravel/LinkwatchServerTiming.php');
const SHOP = join(import.meta.dirname, '../recipes/laravel-shop.php');
const NEEDED = '/usr/share/php/GuzzleHttp/autoload.php /usr/share/php/Illuminate/Http/autoload.php';

/** Why the recipe cannot run on this machine; null when it can. */
function whyNoLaravel(): string | null {
  const files = NEEDED.split(' ').map((file) => `is_file('${file}')`);
  const found = spawnSync('php', ['-r', `exit(${files.join(' && ')} ? 0 : 1);`]);
  if (found.error) return 'no php; on Debian: apt-get install php-cli';
  return found.status === 0
    ? null
    : 'on Debian: apt-get install php-guzzlehttp-guzzle php-illuminate-http';
}

interface Order {
  via?: 'http' | 'client' | 'streamed' | 'own';
  /** `METHOD /path`. */
  paths: string[];
  /** The request has a new factory of Laravel's Http client, as under Octane. */
  fresh?: boolean;
  /** What the application says itself in the header. */
  own?: string;
}

/** A process that answers orders, one after the other. */
function startShop(emulator: Emulator, authority: string, report: boolean) {
  const process: ChildProcess = spawn('php', ['-d', `openssl.cafile=${authority}`, SHOP, RECIPE], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      PATH: globalThis.process.env['PATH'],
      HTTPS_PROXY: `http://127.0.0.1:${emulator.proxyPort}`,
      ...(report && { LINKWATCH_SERVER_TIMING: '1' }),
    },
  });
  const { stdin, stdout } = process;
  if (!stdin || !stdout) throw new Error('the shop has no pipes');
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  return {
    /** Gives what came of an order, durations taken out of its header. */
    async order(given: Order & { token: string }) {
      stdin.write(`${JSON.stringify({ via: 'http', ...given })}\n`);
      const { value } = await lines.next();
      const answer = JSON.parse(String(value)) as {
        status: number;
        timing: string;
        bodies: string[];
      };
      return { ...answer, header: answer.timing.replace(/;dur=\d+(?=$|, kakao)/g, '') };
    },
    close: () => new Promise<void>((done) => process.on('exit', () => done()) && stdin.end()),
  };
}

const missing = whyNoLaravel();

describe.skipIf(missing)(`the Laravel recipe${missing ? ` (skipped: ${missing})` : ''}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'linkwatch-php-'));
  const authority = join(folder, 'emulator.pem');
  let emulator: Emulator;
  let shop: ReturnType<typeof startShop>;
  let token: string;
  let me: string;
  beforeAll(async () => {
    emulator = await startEmulator();
    writeFileSync(authority, emulator.certificate.pem);
    shop = startShop(emulator, authority, true);
    token = await login(emulator, APPS.server, 'alice');
    const at = new Date(emulator.truth()[0]?.linkedAt ?? 0).toISOString();
    me = `kakao;desc="GET /v2/user/me 200 has_signed_up=none connected_at=${at.replace(/\.\d+Z$/, 'Z')}"`;
  });
  afterAll(async () => {
    await shop.close();
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const order = (given: Order) => shop.order({ token, ...given });

  test.each(['http', 'client'] as const)('calls by %s: are reported', async (via) => {
    const bad = 'POST /oauth/token?grant_type=authorization_code&client_id=x';
    const paths = [bad, 'GET /v2/user/me?secure_resource=true', 'GET /v1/things/4000000001/x'];
    const { status, timing, header, bodies } = await order({ via, paths });
    expect(header.split(', ')).toEqual([
      'kakao;desc="POST /oauth/token 401 code=KOE101"',
      me,
      'kakao;desc="GET /v1/things/~/x 404"',
    ]);
    expect(status).toBe(302);
    expect(JSON.parse(bodies[1] ?? '')).toMatchObject({ id: emulator.truth()[0]?.userId });
    expect(emulator.canaries.filter((value) => timing.includes(value))).toEqual([]);
    expect(readServerReports([timing])).toMatchObject([
      { type: 'token', status: 401, error: 'KOE101' },
      { path: '/v2/user/me', status: 200, hasSignedUp: null, wholeBody: true },
      { status: 404 },
    ]);
  });

  test('each request a new Http client, as under Octane: every one is reported, once', async () => {
    for (let request = 0; request < 3; request += 1) {
      const { header } = await order({ paths: ['GET /v2/user/me'], fresh: true });
      expect(header).toBe(me);
    }
    const again = await order({ paths: ['GET /v2/user/me'] });
    expect(again.header).toBe(me);
  });

  test('body of some fields alone, or not read yet: does not say that a field is lacking', async () => {
    const some = await order({ paths: ['GET /v2/user/me?property_keys=[]'] });
    expect(some.header).toMatch(/GET \/v2\/user\/me 200 connected_at=/);
    const streamed = await order({ via: 'streamed', paths: ['GET /v2/user/me'] });
    expect(streamed.header).toBe('kakao;desc="GET /v2/user/me 200"');
    expect(JSON.parse(streamed.bodies[0] ?? '')).toMatchObject({ id: expect.any(Number) });
  });

  test.each(['http', 'client', 'streamed'] as const)(
    'calls by %s with the admin key: are told to be about another user',
    async (via) => {
      const { aboutUser, aboutNobody } = adminCalls(emulator);
      const { header } = await order({ via, paths: [aboutUser, aboutNobody] });
      const told = via === 'streamed' ? header.replace('400', '400 code=-2') : header;
      expect(told.split(', ')).toEqual(ADMIN_CALLS_TOLD);
      // The token's answer says that it is the same user.
      const own = await order({ paths: ['GET /v2/user/me', aboutUser] });
      expect(own.header).toBe(`${me}, ${me}`);
    },
  );

  test('refused call: its report carries the code', async () => {
    emulator.answerNext('/v1/api/talk/friends', { status: 403, code: -402 });
    const { header } = await order({ paths: ['GET /v1/api/talk/friends'] });
    expect(header).toBe('kakao;desc="GET /v1/api/talk/friends 403 code=-402"');
  });

  test('call without an answer: is reported with the status 0', async () => {
    const cutOff = startShop({ ...emulator, proxyPort: 1 }, authority, true);
    try {
      for (const via of ['http', 'client'] as const) {
        const { header } = await cutOff.order({ via, token, paths: ['GET /v2/user/me'] });
        expect(header).toBe('kakao;desc="GET /v2/user/me 0"');
      }
    } finally {
      await cutOff.close();
    }
  });

  test('the application’s own Server-Timing: stays', async () => {
    const { header } = await order({ paths: ['GET /v2/user/scopes'], own: 'db;desc="a, b"' });
    expect(header).toBe('db;desc="a, b", kakao;desc="GET /v2/user/scopes 200"');
  });

  test('client of the application’s own: is not seen, and 30 calls are cut to 20', async () => {
    expect((await order({ via: 'own', paths: ['GET /v2/user/me'] })).header).toBe('');
    const paths = Array.from({ length: 30 }, () => 'GET /v2/user/scopes');
    expect((await order({ paths })).header.split(', ')).toHaveLength(20);
  });

  test('environment variable unset: adds nothing', async () => {
    const silent = startShop(emulator, authority, false);
    try {
      const { header, bodies } = await silent.order({ token, paths: ['GET /v2/user/me'] });
      expect([header, bodies[0]?.includes('connected_at')]).toEqual(['', true]);
    } finally {
      await silent.close();
    }
  });
});
