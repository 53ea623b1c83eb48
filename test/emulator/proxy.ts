import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { openTunnel } from './tunnel.ts';

export interface Proxy {
  port: number;
  /** `host:port` of every tunnel that was refused. */
  refused: string[];
  close(): Promise<void>;
}

/** A CONNECT proxy on 127.0.0.1 that knows only `hosts` on 443 and sends them to `emulatorPort`. It listens on `port`, or a free one. */
export async function startProxy(
  hosts: readonly string[],
  emulatorPort: number,
  port = 0,
): Promise<Proxy> {
  const refused: string[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((request, response) => {
    refused.push(request.headers.host ?? '?');
    response.writeHead(502).end();
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('connect', (request, socket: Socket, head) => {
    const end = { hosts, address: '127.0.0.1', port: emulatorPort };
    if (!openTunnel(request, socket, head, end)) refused.push(request.url ?? '?');
  });
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  return {
    port: (server.address() as AddressInfo).port,
    refused,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
