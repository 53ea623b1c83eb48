import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createCertificate } from './certificate.ts';
import type { Delivered, Emulator, RequestLogEntry } from './contract.ts';
import { deliverCallback } from './callbacks.ts';
import { readAsk, html, type Answer, type Ask } from './exchange.ts';
import { HOSTS } from './hosts.ts';
import { createKakao, cutLink } from './kakao.ts';
import { startProxy, type Proxy } from './proxy.ts';
import { createRouter } from './router.ts';
import { relayToSite } from './site-relay.ts';
import { truthOf, type Link } from './world.ts';

export type * from './contract.ts';
export { APPS } from './apps.ts';
export { SHOPS } from './hosts.ts';
export { chromiumArguments } from './browsers.ts';

/**
 * Starts the emulated Kakao and the sample shops on 127.0.0.1, and a proxy that knows only them.
 * `now` (epoch ms) sets Kakao's clock; default: the real instant. `proxy` is one that is there already, and stays.
 */
export async function startEmulator(
  options: { now?: number; proxy?: Proxy } = {},
): Promise<Emulator> {
  const kakao = createKakao(options.now);
  const hosts = [...HOSTS];
  const certificate = await createCertificate(HOSTS);
  const sites = new Map<string, number>();
  const requests: RequestLogEntry[] = [];
  const callbacks: Delivered[] = [];
  let port = 0;
  const route = createRouter(kakao, () => port);
  let hold: ((request: RequestLogEntry) => Promise<void>) | null = null;

  // Called before an answer is sent, so that whoever has it finds the entry.
  async function log(seen: Omit<RequestLogEntry, 'at'>): Promise<void> {
    const { method, host, path, status } = seen;
    const entry = { at: kakao.clock.now(), method, host, path, status };
    requests.push(entry);
    await hold?.(entry);
  }

  const server = createServer(
    { key: certificate.key, cert: certificate.cert },
    (message, response) => {
      void (async () => {
        let ask: Ask | null = null;
        let answer: Answer;
        try {
          const site = sites.get(message.headers.host ?? '');
          if (site) return await relayToSite(site, message, response, log);
          ask = await readAsk(message);
          answer = await route(ask);
        } catch (error) {
          answer = html(`emulator error: ${String(error)}`, 500);
          if (!message.destroyed) console.error('emulator:', message.method, ask?.path, error);
        }
        if (ask) await log({ ...ask, status: answer.status });
        response.writeHead(answer.status, answer.headers).end(answer.body);
      })();
    },
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
  const proxy = options.proxy ?? (await startProxy());
  const refused = proxy.serve(hosts, port);

  async function cut(
    link: Link,
    because: 'INCOMPLETE_SIGN_UP' | 'UNLINK_FROM_APPS',
  ): Promise<void> {
    cutLink(kakao, link, because);
    const delivered = await deliverCallback(kakao, port, link, because);
    if (delivered) callbacks.push(delivered);
  }

  return {
    port,
    proxyPort: proxy.port,
    hosts,
    certificate: { pem: certificate.pem, spki: certificate.spki },
    now: kakao.clock.now,
    advance: kakao.clock.advance,
    apps: kakao.apps,
    accounts: kakao.accounts,
    truth: () =>
      kakao.world.links
        .filter((l, i, all) => all.findLastIndex((o) => samePair(o, l)) === i)
        .map(truthOf),
    history: () => kakao.world.links.map(truthOf),
    runDailyJob: async () => {
      const overdue = kakao.world.overdue(kakao.clock.now());
      for (const link of overdue) await cut(link, 'INCOMPLETE_SIGN_UP');
      return overdue.length;
    },
    unlinkFromApps: async (clientId, account) => {
      const link = kakao.world.standing(clientId, account);
      if (link) await cut(link, 'UNLINK_FROM_APPS');
      return link !== undefined;
    },
    callbacks,
    answerNext: (path, answer, times = 1) => {
      const waiting = kakao.forced.get(path) ?? [];
      for (let i = 0; i < times; i++) waiting.push(answer);
      kakao.forced.set(path, waiting);
    },
    addSite: (host, sitePort) => {
      if (!/^[a-z0-9-]+\.shop\.test$/.test(host) || HOSTS.includes(host))
        throw new Error(`not a free *.shop.test host: ${host}`);
      if (!sites.has(host)) hosts.push(host);
      sites.set(host, sitePort);
    },
    requests,
    holdAnswers: (until) => {
      hold = until;
    },
    canaries: kakao.secrets.all,
    refused,
    close: async () => {
      if (options.proxy) proxy.rest();
      else await proxy.close();
      await new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      });
    },
  };
}

const samePair = (a: Link, b: Link): boolean =>
  a.clientId === b.clientId && a.account === b.account;
