import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { openTunnel, type TunnelEnd } from './tunnel.ts';

const NOWHERE: TunnelEnd = { hosts: [], address: '127.0.0.1', port: 0 };

export interface Proxy {
  port: number;
  /**
   * From now on it knows only these hosts, on port 443, and sends them to a port of 127.0.0.1. Returns the list that
   * grows by `host:port` of every tunnel that it refuses.
   */
  serve(hosts: readonly string[], emulatorPort: number): string[];
  /** Ends all tunnels, and refuses every new one. */
  rest(): void;
  close(): Promise<void>;
}

/**
 * A CONNECT proxy on a free port of 127.0.0.1. A browser that was started with it can be given one emulator after the
 * other: a port that is let go between two of them may be taken by any connection of the machine.
 */
export async function startProxy(): Promise<Proxy> {
  let end = NOWHERE;
  let refused: string[] = [];
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
    if (!openTunnel(request, socket, head, end)) refused.push(request.url ?? '?');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const rest = () => {
    end = NOWHERE;
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    serve(hosts, emulatorPort) {
      end = { ...NOWHERE, hosts, port: emulatorPort };
      refused = [];
      return refused;
    },
    rest,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        rest();
      }),
  };
}
