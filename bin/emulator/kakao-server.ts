import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Server as AnyServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answerAccounts } from '../../test/emulator/accounts-host.ts';
import { createCertificate, type Certificate } from '../../test/emulator/certificate.ts';
import { html, readAsk, type Answer, type Ask } from '../../test/emulator/exchange.ts';
import { ACCOUNTS, KAPI, KAUTH } from '../../test/emulator/hosts.ts';
import type { Kakao } from '../../test/emulator/kakao.ts';
import { answerKapi } from '../../test/emulator/kapi.ts';
import { answerKauth } from '../../test/emulator/kauth.ts';
import { openTunnel } from '../../test/emulator/tunnel.ts';

/** The hosts of Kakao that are emulated. */
export const KAKAO_HOSTS = [KAUTH, KAPI, ACCOUNTS] as const;

/** One request and its answer. */
export interface Exchange {
  ask: Ask;
  answer: Answer;
  /** Whether a browser asked, and not a back end. */
  fromBrowser: boolean;
}

/** Who answers at the moment. */
export interface Answerer {
  kakao: Kakao;
  /** Told of every exchange before its answer leaves. */
  onExchange?: (exchange: Exchange) => void;
}

/** An emulated Kakao that listens: over TLS for browsers, in the clear for back ends. */
export interface KakaoServer {
  /** For back ends: `/oauth/…` and `/v2/…` under one address. It is also a proxy for `HTTPS_PROXY`. */
  url: string;
  /** Where browsers have to be sent when they mean one of `KAKAO_HOSTS`: an address of numbers with its port. */
  tlsAddress: string;
  certificate: Certificate;
  /** Changes who answers. */
  use: (answerer: Answerer) => void;
  close: () => Promise<void>;
}

/** Where an emulated Kakao listens. */
export interface ListenOptions {
  /** Default: 127.0.0.1. */
  host?: string;
  /** For back ends; default: any free one. */
  port?: number;
  /** Allows a host that other machines can reach. */
  exposed?: boolean;
}

/** An address was asked for that other machines can reach, without saying so. */
export class NotLoopbackError extends Error {}

const LOOPBACK = /^(127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1|localhost)$/;

/**
 * Starts an emulated Kakao. It signs in anybody without a password, so it listens on this machine only unless `exposed`
 * is given. Throws NotLoopbackError, or what listening throws.
 */
export async function startKakaoServer(
  answerer: Answerer,
  { host = '127.0.0.1', port = 0, exposed = false }: ListenOptions = {},
): Promise<KakaoServer> {
  if (!exposed && !LOOPBACK.test(host)) throw new NotLoopbackError(host);
  let current = answerer;
  const certificate = await createCertificate([...KAKAO_HOSTS]);
  const respond = (isSecure: boolean) => (message: IncomingMessage, response: ServerResponse) =>
    void answerMessage(current, message, response, isSecure);
  const secure: Server = createHttpsServer(
    { key: certificate.key, cert: certificate.cert },
    respond(true),
  );
  const plain = createHttpServer(respond(false));
  const tls = await listen(secure, host, 0);
  const tunnels = new Set<Socket>();
  plain.on('connect', (request, socket: Socket, head) => {
    tunnels.add(socket);
    socket.on('close', () => tunnels.delete(socket));
    openTunnel(request, socket, head, { hosts: KAKAO_HOSTS, address: host, port: tls.port });
  });
  const { port: plainPort } = await listen(plain, host, port).catch(async (error: unknown) => {
    await stop(secure);
    throw error;
  });
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${plainPort}`,
    tlsAddress: reachableAt(tls),
    certificate,
    use: (next) => {
      current = next;
    },
    close: async () => {
      for (const socket of tunnels) socket.destroy();
      plain.closeAllConnections();
      secure.closeAllConnections();
      await Promise.all([stop(plain), stop(secure)]);
    },
  };
}

/** Chromium's arguments that send Kakao's hosts to the emulator and trust its certificate for them alone. */
export function chromiumArguments({ tlsAddress, certificate }: KakaoServer): string[] {
  const rules = KAKAO_HOSTS.map((host) => `MAP ${host}:443 ${tlsAddress}`);
  return [
    `--host-resolver-rules=${rules.join(',')}`,
    `--ignore-certificate-errors-spki-list=${certificate.spki}`,
  ];
}

/** Writes the certificate where a back end can read it (`NODE_EXTRA_CA_CERTS`); `remove` takes it away. */
export async function saveCertificate({ certificate }: KakaoServer) {
  const folder = await mkdtemp(join(tmpdir(), 'linkwatch-'));
  const file = join(folder, 'kakao.pem');
  await writeFile(file, certificate.pem);
  return { file, remove: () => rm(folder, { recursive: true }) };
}

async function answerMessage(
  { kakao, onExchange }: Answerer,
  message: IncomingMessage,
  response: ServerResponse,
  isSecure: boolean,
): Promise<void> {
  try {
    const ask = await readAsk(message);
    if (!isSecure) ask.host = hostOfPath(ask);
    const answer = answerAs(kakao, ask);
    // Browsers alone say for what site they fetch; nothing that runs in a page can leave it out.
    const fromBrowser = isSecure && ask.headers['sec-fetch-site'] !== undefined;
    onExchange?.({ ask, answer, fromBrowser });
    response.writeHead(answer.status, answer.headers).end(answer.body);
  } catch (error) {
    if (!response.headersSent) response.writeHead(500);
    response.end(`emulator: ${String(error)}`);
  }
}

/** A back end that is pointed here by address names this host: the path tells which of Kakao's it means. */
function hostOfPath({ host, path }: Ask): string {
  if (KAKAO_HOSTS.some((known) => known === host)) return host;
  return /^\/v\d+\//.test(path) ? KAPI : KAUTH;
}

function answerAs(kakao: Kakao, ask: Ask): Answer {
  if (ask.path === '/favicon.ico') return html('404', 404);
  switch (ask.host) {
    case KAUTH:
      return answerKauth(kakao, ask);
    case KAPI:
      return answerKapi(kakao, ask);
    case ACCOUNTS:
      return answerAccounts(kakao, ask);
    default:
      return html('not one of the hosts that are emulated', 421);
  }
}

/** The address by which this machine reaches a server, which may listen on all that it has. */
function reachableAt({ address, family, port }: AddressInfo): string {
  if (address === '0.0.0.0' || address === '::') return `127.0.0.1:${port}`;
  return family === 'IPv6' ? `[${address}]:${port}` : `${address}:${port}`;
}

async function listen(server: AnyServer, host: string, port: number): Promise<AddressInfo> {
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(port, host, () => done());
  });
  return server.address() as AddressInfo;
}

const stop = (server: AnyServer) => new Promise<void>((done) => void server.close(() => done()));
