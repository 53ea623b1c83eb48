import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { APPS, chromiumArguments, startEmulator, type Emulator } from '../../emulator/index.ts';
import { send } from '../../emulator/loopback-client.ts';
import { login } from '../../emulator/test-steps.ts';

let emulator: Emulator;
let site: Server;
let port: number;
beforeAll(async () => {
  emulator = await startEmulator();
  site = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      response.writeHead(418, ['x-two', '1', 'x-two', '2']);
      const { host, 'x-forwarded-proto': proto } = request.headers;
      response.end(JSON.stringify([request.method, request.url, host, proto, body]));
    });
  });
  await new Promise<void>((done) => site.listen(0, '127.0.0.1', done));
  port = (site.address() as AddressInfo).port;
});
afterAll(async () => {
  site.close();
  await emulator.close();
});

test("a site's own server: answers under its host, behind a TLS proxy", async () => {
  emulator.addSite('own.shop.test', port);
  const url = 'https://own.shop.test/a%20b?c=d&c=e';
  const reply = await send(emulator.port, url, { method: 'POST', raw: '{"카":1}' });
  expect([reply.status, reply.headers['x-two']]).toEqual([418, '1, 2']);
  const sent = ['POST', '/a%20b?c=d&c=e', 'own.shop.test', 'https', '{"카":1}'];
  expect(JSON.parse(reply.body)).toEqual(sent);
  expect(emulator.requests.at(-1)).toMatchObject({
    method: 'POST',
    host: 'own.shop.test',
    path: '/a%20b',
    status: 418,
  });
});

test('browser started later: knows the host', () => {
  emulator.addSite('later.shop.test', port);
  expect(emulator.hosts.filter((host) => host === 'later.shop.test')).toHaveLength(1);
  expect(chromiumArguments(emulator)[0]).toContain(`MAP later.shop.test:443`);
});

test('site that is down: is a 502', async () => {
  emulator.addSite('down.shop.test', 1);
  expect((await send(emulator.port, 'https://down.shop.test/')).status).toBe(502);
});

test.each(['kapi.kakao.com', 'page.shop.test', 'example.com', 'a.b.shop.test'])(
  'host that is taken: %s is refused',
  (host) => {
    expect(() => emulator.addSite(host, port)).toThrow('not a free *.shop.test host');
  },
);

test('token in the query, as passport-kakao sends it: is taken', async () => {
  const token = await login(emulator, APPS.server, 'alice');
  const me = (query: string) => send(emulator.port, `https://kapi.kakao.com/v2/user/me${query}`);
  expect((await me(`?access_token=${token}`)).status).toBe(200);
  expect((await me('?access_token=wrong')).status).toBe(401);
  expect((await me('')).status).toBe(401);
});
