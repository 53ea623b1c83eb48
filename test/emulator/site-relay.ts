import { request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { RequestLogEntry } from './contract.ts';

/**
 * Passes a request on to a site's own server on 127.0.0.1:`port`, as a TLS-ending proxy in front of it would, and its
 * answer back. `log` is told before the answer leaves. A site that does not answer is a 502.
 */
export function relayToSite(
  port: number,
  message: IncomingMessage,
  response: ServerResponse,
  log: (seen: Omit<RequestLogEntry, 'at'>) => Promise<void>,
): Promise<void> {
  const { method = 'GET', url = '/' } = message;
  const [path = '/'] = url.split('?');
  const seen = { method, host: message.headers.host ?? '', path };
  const headers = {
    ...message.headers,
    'x-forwarded-proto': 'https',
    'x-forwarded-host': seen.host,
  };
  return new Promise((done) => {
    const onward = request({ host: '127.0.0.1', port, method, path: url, headers, agent: false });
    onward.on('error', () => {
      if (!response.headersSent) response.writeHead(502);
      response.end();
      done();
    });
    onward.on('response', (answer) => {
      const status = answer.statusCode ?? 502;
      void log({ ...seen, status }).then(() => {
        response.writeHead(status, answer.rawHeaders);
        answer.pipe(response);
        answer.on('close', done);
      });
    });
    message.pipe(onward);
  });
}
