import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { APPS, startEmulator, type Emulator } from '../emulator/index.ts';
import { send } from '../emulator/loopback-client.ts';
import { login } from '../emulator/test-steps.ts';
import { startPythonSite } from '../recipes/start-python-shop.ts';
import type { RecipeShop } from '../recipes/start-recipe-shop.ts';

/** Debian's own Python: another one on the path does not have Debian's packages. */
const PYTHON = '/usr/bin/python3';
const FRAMEWORKS = { fastapi: ['fastapi', 'uvicorn', 'httpx'], django: ['django', 'httpx'] };

/** What is not installed of what a framework's shop needs, as a reason; null when it can run. */
function whyNot(modules: string[]): string | null {
  const found = spawnSync(PYTHON, ['-c', `import ${modules.join(', ')}`]);
  if (!found.error && found.status === 0) return null;
  return `on Debian: apt-get install ${modules.map((name) => `python3-${name}`).join(' ')}`;
}

describe.each(['fastapi', 'django'] as const)('the Python recipe under %s', (framework) => {
  const missing = whyNot(FRAMEWORKS[framework]);

  describe.skipIf(missing)(`with httpx${missing ? ` (skipped: ${missing})` : ''}`, () => {
    let emulator: Emulator;
    let shop: RecipeShop;
    let token: string;
    beforeAll(async () => {
      emulator = await startEmulator();
      shop = await startPythonSite(PYTHON, framework, emulator, { report: true });
      token = await login(emulator, APPS.server, 'alice');
    });
    afterAll(async () => {
      await shop.close();
      await emulator.close();
    });

    /** Has a shop's callback ask Kakao; gives the answer, durations taken out of its header. */
    function visit(targets: string[], streamed: string[] = [], at = shop) {
      return ask(`Bearer ${token}`, targets, streamed, at);
    }
    async function ask(
      authorization: string,
      targets: string[],
      streamed: string[] = [],
      at = shop,
    ) {
      const asked = new URLSearchParams({ authorization });
      for (const target of targets) asked.append('get', target);
      for (const target of streamed) asked.append('stream', target);
      const reply = await send(emulator.port, `${at.origin}/cb?${asked.toString()}`);
      const header = reply.headers['server-timing'] as string | undefined;
      return { ...reply, timing: header?.replace(/;dur=\d+(?=$|, kakao)/g, '') };
    }
    const me = () => {
      const at = new Date(emulator.truth()[0]?.linkedAt ?? 0).toISOString();
      return `kakao;desc="GET /v2/user/me 200 has_signed_up=none connected_at=${at.replace(/\.\d+Z$/, 'Z')}"`;
    };

    test('calls of the callback: are reported on its redirect', async () => {
      emulator.answerNext('/v1/api/talk/friends', { status: 403, code: -402 });
      const targets = ['/v2/user/me?secure_resource=true', '/v1/api/talk/friends', '/v1/x/4000001'];
      const { status, headers, timing, body } = await visit(targets);
      expect([status, headers.location]).toEqual([302, '/next']);
      expect(timing?.split(', ')).toEqual([
        me(),
        'kakao;desc="GET /v1/api/talk/friends 403 code=-402"',
        'kakao;desc="GET /v1/x/~ 404"',
      ]);
      const real = String(headers['server-timing']);
      expect(emulator.canaries.filter((value) => real.includes(value))).toEqual([]);
      expect(JSON.parse((JSON.parse(body) as string[])[0] ?? '')).toMatchObject({
        id: emulator.truth()[0]?.userId,
      });
    });

    test('call with the admin key: is told to be about another user', async () => {
      const key = `KakaoAK ${emulator.apps.get(APPS.server)?.adminKey}`;
      const { timing } = await ask(key, ['/v1/user/access_token_info']);
      expect(timing).toMatch(/ target=other"$/);
    });

    test('body of some fields alone: does not say that a field is lacking', async () => {
      const { timing } = await visit(['/v2/user/me?property_keys=[]']);
      expect(timing).toBe(me().replace(' has_signed_up=none', ''));
    });

    test.runIf(framework === 'fastapi')('streamed body: only its status is told', async () => {
      const { timing, body } = await visit([], ['/v2/user/me']);
      expect(timing).toBe('kakao;desc="GET /v2/user/me 200"');
      expect(body).toContain('connected_at');
    });

    test('five visitors at once: each gets their own call', async () => {
      const names = ['me', 'scopes', 'service_terms', 'meow', 'revoke'];
      const replies = await Promise.all(names.map((name) => visit([`/v2/user/${name}`])));
      const told = replies.map(({ timing }) => timing?.match(/\/v2\/user\/\w+/g));
      expect(told).toEqual(names.map((name) => [`/v2/user/${name}`]));
    });

    test('environment variable unset: adds nothing', async () => {
      const silent = await startPythonSite(PYTHON, framework, emulator, { report: false });
      try {
        const { timing, body } = await visit(['/v2/user/me'], [], silent);
        expect([timing, body.includes('connected_at')]).toEqual([undefined, true]);
      } finally {
        await silent.close();
      }
    });
  });
});
