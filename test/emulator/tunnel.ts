import type { IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';

/** Where the tunnels to some hosts end. */
export interface TunnelEnd {
  hosts: readonly string[];
  address: string;
  port: number;
}

/** Answers a CONNECT: one of the hosts on port 443 ends at `end`, any other is refused. Returns whether it was opened. */
export function openTunnel(
  request: IncomingMessage,
  socket: Socket,
  head: Buffer,
  end: TunnelEnd,
): boolean {
  socket.on('error', () => socket.destroy());
  const [host = '', port] = (request.url ?? '').split(':');
  if (port !== '443' || !end.hosts.includes(host.toLowerCase())) {
    socket.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n');
    return false;
  }
  const upstream = connect(end.port, end.address, () => {
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    upstream.write(head);
    upstream.pipe(socket).pipe(upstream);
  });
  upstream.on('error', () => socket.destroy());
  upstream.on('close', () => socket.destroy());
  socket.on('close', () => upstream.destroy());
  return true;
}
