import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';

export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Outgoing {
  method?: string;
  headers?: Record<string, string>;
  /** Sent as a form body. */
  form?: Record<string, string> | URLSearchParams;
  /** Sent as it is, in the place of a form. */
  raw?: string;
  timeoutMs?: number;
}

/** One https request to the emulator on 127.0.0.1:`port` under the real name in `url`. Throws on timeout. */
export function send(port: number, url: string, out: Outgoing = {}): Promise<Reply> {
  const { host, pathname, search } = new URL(url);
  const body = out.form ? new URLSearchParams(out.form).toString() : (out.raw ?? '');
  const headers: Record<string, string> = { host, ...out.headers };
  if (out.form) {
    headers['content-type'] = 'application/x-www-form-urlencoded;charset=utf-8';
    headers['content-length'] = String(Buffer.byteLength(body));
  }
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: '127.0.0.1',
        port,
        servername: host,
        rejectUnauthorized: false,
        agent: false,
        method: out.method ?? 'GET',
        path: pathname + search,
        headers,
        timeout: out.timeoutMs ?? 10_000,
      },
      (message) => {
        let text = '';
        message.setEncoding('utf8');
        message.on('data', (chunk: string) => (text += chunk));
        message.on('error', reject);
        message.on('end', () =>
          resolve({ status: message.statusCode ?? 0, headers: message.headers, body: text }),
        );
      },
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer from ${host}`)));
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
