import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readServerReports } from '../../utils/capture/server-timing.ts';
import { APPS, startEmulator, type Emulator } from '../emulator/index.ts';
import { send } from '../emulator/loopback-client.ts';
import { login } from '../emulator/test-steps.ts';
import { ADMIN_CALLS_TOLD, adminCalls } from '../recipes/admin-calls.ts';

const RECIPES = join(import.meta.dirname, '../../docs/recipes/spring');
const SOURCES = join(import.meta.dirname, '../recipes/java');
const ON_THE_JDK_ALONE = ['LinkwatchCall.java', 'LinkwatchConnections.java'];

const missing = spawnSync('javac', ['--version']).error
  ? 'no javac; on Debian: apt-get install default-jdk-headless'
  : null;

/** Compiles the shop with the recipe into `shop`, and Tomcat's stand-in into `tomcat`. Throws javac's words. */
function compile(folder: string): void {
  const sources = [
    ...ON_THE_JDK_ALONE.map((name) => join(RECIPES, name)),
    join(SOURCES, 'JavaShop.java'),
    join(SOURCES, 'TomcatURLStreamHandlerFactory.java'),
  ];
  const options = ['-Xlint:all', '-Werror', '-d', join(folder, 'shop')];
  const { status, stderr } = spawnSync('javac', [...options, ...sources]);
  if (status !== 0) throw new Error(String(stderr));
  mkdirSync(join(folder, 'tomcat'));
  renameSync(join(folder, 'shop/org'), join(folder, 'tomcat/org'));
}

describe.skipIf(missing)(`the Java recipe${missing ? ` (skipped: ${missing})` : ''}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'linkwatch-java-'));
  beforeAll(() => compile(folder));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  describe.each([
    { name: 'on the JDK alone', classes: ['shop'], looks: ['code', 'header', 'secure', 'body'] },
    { name: 'under Tomcat’s own factory', classes: ['shop', 'tomcat'], looks: ['code'] },
  ])('$name', ({ classes, looks }) => {
    const host = `java-${classes.length}.shop.test`;
    let emulator: Emulator;
    let shop: ChildProcess;
    let token: string;
    let me: string;
    beforeAll(async () => {
      emulator = await startEmulator();
      const authority = join(folder, 'emulator.pem');
      writeFileSync(authority, emulator.certificate.pem);
      const proxy = ['-Dhttps.proxyHost=127.0.0.1', `-Dhttps.proxyPort=${emulator.proxyPort}`];
      const classpath = classes.map((name) => join(folder, name)).join(delimiter);
      // It lives for seconds: a JVM that does not make ready for long work is up sooner.
      const light = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];
      const args = [...light, ...proxy, '-cp', classpath, 'com.example.JavaShop', authority];
      shop = spawn('java', args, { stdio: ['ignore', 'pipe', 'inherit'] });
      if (!shop.stdout) throw new Error('the shop has no output');
      const [port] = (await once(createInterface({ input: shop.stdout }), 'line')) as [string];
      emulator.addSite(host, Number(port));
      token = await login(emulator, APPS.server, 'alice');
      const at = new Date(emulator.truth()[0]?.linkedAt ?? 0).toISOString();
      me = `kakao;desc="GET /v2/user/me 200 has_signed_up=none connected_at=${at.replace(/\.\d+Z$/, 'Z')}"`;
    });
    afterAll(async () => {
      const ended = once(shop, 'exit');
      shop.kill();
      await ended;
      await emulator.close();
    });

    /** Has the shop make calls, each `METHOD /path HOW`, with a credential or without; gives the answer, durations taken out of its header. */
    async function order(...calls: string[]) {
      const raw = calls
        .map((call) => {
          const [method, path = '', how, ...credential] = call.split(' ');
          const kakao = path.startsWith('/oauth') ? 'kauth.kakao.com' : 'kapi.kakao.com';
          return `${method} https://${kakao}${path} ${how} ${credential.join(' ') || token}`;
        })
        .join('\n');
      const reply = await send(emulator.port, `https://${host}/`, { method: 'POST', raw });
      const timing = reply.headers['server-timing'] as string | undefined;
      return { ...reply, timing, header: timing?.replace(/;dur=\d+(?=$|, kakao)/g, '') };
    }

    test.each(looks)(
      'answer looked at by its %s first: each call is reported once',
      async (how) => {
        emulator.answerNext('/v1/api/talk/friends', { status: 403, code: -402 });
        const { header, timing, body } = await order(
          `POST /oauth/token?grant_type=authorization_code&client_id=x ${how}`,
          `GET /v2/user/me?secure_resource=true ${how}`,
          `GET /v1/api/talk/friends ${how}`,
          `GET /v1/things/4000000001/x ${how}`,
        );
        expect(header?.split(', ')).toEqual([
          'kakao;desc="POST /oauth/token 401 code=KOE101"',
          me,
          'kakao;desc="GET /v1/api/talk/friends 403 code=-402"',
          'kakao;desc="GET /v1/things/~/x 404"',
        ]);
        expect(body).toContain(`"id":${emulator.truth()[0]?.userId}`);
        expect(emulator.canaries.filter((value) => timing?.includes(value))).toEqual([]);
        expect(readServerReports([timing ?? ''])).toMatchObject([
          { type: 'token', error: 'KOE101' },
          { path: '/v2/user/me', wholeBody: true },
          { code: -402 },
          { status: 404 },
        ]);
      },
    );

    test('body of some fields alone, or not read: does not say that a field is lacking', async () => {
      const some = await order('GET /v2/user/me?property_keys=[] code');
      expect(some.header).toBe(me.replace(' has_signed_up=none', ''));
      expect((await order('GET /v2/user/me unread')).header).toBe(
        'kakao;desc="GET /v2/user/me 200"',
      );
    });

    test('calls with the admin key: are told to be about another user', async () => {
      const { aboutUser, aboutNobody } = adminCalls(emulator);
      const [admin, nobody] = [aboutUser, aboutNobody].map((call) =>
        call.replace(' KakaoAK', ' code KakaoAK'),
      );
      const { header } = await order(admin ?? '', nobody ?? '');
      expect(header?.split(', ')).toEqual(ADMIN_CALLS_TOLD);
      // The token's answer says that it is the same user.
      expect((await order('GET /v2/user/me code', admin ?? '')).header).toBe(`${me}, ${me}`);
    });

    test('client that is watched itself: its connection is not told', async () => {
      const { timing, body } = await order('GET /v2/user/me underneath');
      expect([timing, body.includes('connected_at')]).toEqual([undefined, true]);
    });

    test('five visitors at once: each gets their own call', async () => {
      const names = ['me', 'scopes', 'service_terms', 'meow', 'revoke'];
      const replies = await Promise.all(names.map((name) => order(`GET /v2/user/${name} code`)));
      const told = replies.map(({ timing }) => timing?.match(/\/v2\/user\/\w+/g));
      expect(told).toEqual(names.map((name) => [`/v2/user/${name}`]));
    });
  });
});
