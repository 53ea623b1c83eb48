import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { deliverCallback } from './callbacks.ts';
import { createCertificate } from './certificate.ts';
import type { Delivered, Emulator, RequestLogEntry } from './contract.ts';
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
  const callbacks: Delivered[] = [];
  let port = 0;
  const route = createRouter(kakao, () => port);
  const log = createRequestLog(kakao.clock.now);
  const server = createServer(
    { key: certificate.key, cert: certificate.cert },
    (message, response) => void respond({ route, sites, log }, message, response),
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
    requests: log.entries,
    holdAnswers: log.holdUntil,
    canaries: kakao.secrets.all,
    refused,
    close: async () => {
      if (options.proxy) proxy.rest();
      else await proxy.close();
      await closeServer(server);
    },
  };
}

/** The requests that were answered, in order. */
interface RequestLog {
  entries: RequestLogEntry[];
  /** Notes a request. Called before its answer is sent, so that whoever has that finds the entry. */
  add(seen: Omit<RequestLogEntry, 'at'>): Promise<void>;
  /** Holds every answer from now on until a promise settles; null lets them go again. */
  holdUntil(until: ((request: RequestLogEntry) => Promise<void>) | null): void;
}

function createRequestLog(now: () => number): RequestLog {
  const entries: RequestLogEntry[] = [];
  let hold: ((request: RequestLogEntry) => Promise<void>) | null = null;
  return {
    entries,
    async add({ method, host, path, status }) {
      const entry = { at: now(), method, host, path, status };
      entries.push(entry);
      await hold?.(entry);
    },
    holdUntil(until) {
      hold = until;
    },
  };
}

/** Answers one request: as Kakao or a sample shop, or with what a site that was added answers. */
async function respond(
  {
    route,
    sites,
    log,
  }: {
    route: ReturnType<typeof createRouter>;
    sites: ReadonlyMap<string, number>;
    log: RequestLog;
  },
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let ask: Ask | null = null;
  let found: Answer;
  try {
    const site = sites.get(message.headers.host ?? '');
    if (site) return await relayToSite(site, message, response, log.add);
    ask = await readAsk(message);
    found = await route(ask);
  } catch (error) {
    found = html(`emulator error: ${String(error)}`, 500);
    if (!message.destroyed) console.error('emulator:', message.method, ask?.path, error);
  }
  if (ask) await log.add({ ...ask, status: found.status });
  response.writeHead(found.status, found.headers).end(found.body);
}

function closeServer(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
}

const samePair = (a: Link, b: Link): boolean =>
  a.clientId === b.clientId && a.account === b.account;
