import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { APPS, SHOPS, startEmulator, type Emulator } from '../../emulator/index.ts';
import { send } from '../../emulator/loopback-client.ts';
import { startProxy } from '../../emulator/proxy.ts';
import type { Page } from '../../emulator/script-browser.ts';
import { kapi, login, signedIn } from '../../emulator/test-steps.ts';

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.close());

/** Logs alice in at server.shop.test; gives the page and the hop of the callback. */
async function serverLogin(query: string): Promise<Page> {
  const browser = await signedIn(emulator, 'alice');
  const consent = await browser.visit(`https://server.shop.test/login?${query}`);
  return browser.submit(consent, 'agree');
}

test('server shop: code and calls stay on the back end', async () => {
  const page = await serverLogin('');
  expect(page.hops.map((h) => h.status)).toEqual([302, 302, 200]);
  expect(page.body).toContain('data-state="done"');
  expect(page.body).toContain('GET /v2/user/me 200');
  expect(emulator.truth()).toMatchObject([{ clientId: APPS.server, state: 'complete' }]);
});

test('server shop: makes no call, another call, or a later one', async () => {
  const browser = await signedIn(emulator, 'alice');
  const consent = await browser.visit('https://server.shop.test/login?call=none');
  const home = await browser.submit(consent, 'agree');
  expect(home.body).toContain('data-state="done"');
  expect(emulator.truth()[0]?.state).toBe('incomplete');
  await browser.visit('https://server.shop.test/login?call=tokeninfo,lookalike');
  expect(emulator.truth()[0]?.state).toBe('incomplete');
  expect((await browser.visit('https://server.shop.test/refresh')).status).toBe(200);
  const later = await browser.visit('https://server.shop.test/call?name=friends&admin=1');
  expect(JSON.parse(later.body)).toEqual({
    method: 'GET',
    path: '/v1/api/talk/friends',
    status: 200,
  });
  expect(emulator.truth()[0]?.completedBy?.path).toBe('/v1/api/talk/friends');
});

test('server shop: reports in Server-Timing when asked to', async () => {
  const silent = await serverLogin('report=no');
  expect(silent.headers['server-timing']).toBeUndefined();
  const home = await serverLogin(`report=home&app=${APPS.serverManual}&call=me,signup,profile`);
  expect(home.headers['server-timing']).toMatch(
    /^kakao;desc="POST \/oauth\/token 200";dur=\d+, kakao;desc="GET \/v2\/user\/me 200 has_signed_up=false connected_at=\S+Z";dur=\d+, kakao;desc="POST \/v1\/user\/signup 200";dur=\d+, kakao;desc="GET \/v1\/api\/talk\/profile 200";dur=\d+$/,
  );
});

test('server shop: report=1 puts the header on the redirect of the callback', async () => {
  const browser = await signedIn(emulator, 'alice');
  const start = await send(emulator.port, 'https://server.shop.test/login?report=1');
  const cookie = (start.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '';
  const consent = await browser.visit(start.headers.location ?? '');
  const end = await browser.submit(consent, 'agree');
  const callback = end.hops.find((h) => h.url.includes('/cb?code='))?.url ?? '';
  const reply = await send(emulator.port, callback, { headers: { cookie } });
  expect([reply.status, reply.headers.location]).toEqual([302, '/home']);
  expect(reply.headers['server-timing']).toMatch(/desc="GET \/v2\/user\/me 200 connected_at=/);
});

test('every shop: has a page with a state, a log and its buttons', async () => {
  for (const host of Object.values(SHOPS)) {
    const { status, body } = await send(emulator.port, `https://${host}/`);
    expect(status).toBe(200);
    for (const part of ['data-state="idle"', 'id="log"', 'id="login"'])
      expect(body).toContain(part);
    for (const [, src = ''] of body.matchAll(/<script src="([^"]+)"/g)) {
      const file = await send(emulator.port, new URL(src, `https://${host}/`).href);
      expect([file.status, file.headers['content-type']]).toEqual([
        200,
        'text/javascript; charset=utf-8',
      ]);
    }
  }
});

test('request log: holds method, host, path and status, and no query', async () => {
  const access = await login(emulator, APPS.page, 'alice');
  await kapi(emulator, access, '/v2/user/me?secret=1');
  expect(emulator.requests.at(-1)).toMatchObject({
    method: 'GET',
    host: 'kapi.kakao.com',
    path: '/v2/user/me',
    status: 200,
  });
  const text = JSON.stringify(emulator.requests);
  expect(emulator.canaries.filter((value) => text.includes(value))).toEqual([]);
});

test('canary list: holds everything secret that went over the wire', async () => {
  const browser = await signedIn(emulator, 'alice');
  const seen: string[] = [];
  const start = await browser.visit('https://server.shop.test/login?state=state-as-canary');
  const end = await browser.submit(start, 'agree');
  for (const { url } of end.hops) seen.push(...new URL(url).searchParams.values());
  expect(seen).toHaveLength(2);
  const access = await login(emulator, APPS.page, 'bob');
  const bob = emulator.accounts.get('bob');
  const userId = emulator.truth().find((t) => t.account === 'bob')?.userId;
  const server = emulator.apps.get(APPS.server);
  const secrets = [access, bob?.email, bob?.phone, bob?.password, String(userId)];
  for (const value of [...seen, ...secrets, server?.clientSecret, server?.adminKey])
    expect(emulator.canaries).toContain(value);
  expect(emulator.canaries.some((value) => value.startsWith('KS-'))).toBe(true);
  expect(emulator.canaries).not.toContain(APPS.page);
});

/** The first line a CONNECT request is answered with. */
const connectVia = (target: string, { proxyPort } = emulator): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(proxyPort, '127.0.0.1', () =>
      socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`),
    );
    socket.on('error', reject);
    socket.once('data', (data) => {
      resolve(String(data).split('\r\n')[0] ?? '');
      socket.destroy();
    });
  });

test('proxy: tunnels known hosts only', async () => {
  for (const host of emulator.hosts)
    expect(await connectVia(`${host}:443`)).toBe('HTTP/1.1 200 Connection Established');
  expect(emulator.refused).toEqual([]);
  const strangers = ['example.com:443', 'kapi.kakao.com:80', 'kapi.kakao.com.evil.test:443'];
  for (const target of strangers) expect(await connectVia(target)).toBe('HTTP/1.1 502 Bad Gateway');
  expect(emulator.refused).toEqual(strangers);
});

test('proxy that is there already: leads to one emulator after the other, and nowhere in between', async () => {
  const proxy = await startProxy();
  const answer = async (behind: Emulator) =>
    (await connectVia('kapi.kakao.com:443', behind)).slice(9, 12);
  try {
    const first = await startEmulator({ proxy });
    expect(await answer(first)).toBe('200');
    await first.close();
    expect(await answer(first)).toBe('502');
    const second = await startEmulator({ proxy });
    expect(second.proxyPort).toBe(first.proxyPort);
    expect(await answer(second)).toBe('200');
    expect(second.refused).toEqual([]);
    await second.close();
  } finally {
    await proxy.close();
  }
});
