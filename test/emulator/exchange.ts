import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** One request, read whole. */
export interface Ask {
  method: string;
  host: string;
  path: string;
  query: URLSearchParams;
  form: URLSearchParams;
  /** Query and form together, the form winning. */
  params: URLSearchParams;
  headers: IncomingHttpHeaders;
  cookies: Map<string, string>;
}

export interface Answer {
  status: number;
  headers: Record<string, string | string[]>;
  body: string;
}

const MAX_BODY = 1_000_000;

function cookiesOf(header: string | undefined): Map<string, string> {
  const pairs = (header ?? '').split(/;\s*/).filter(Boolean);
  return new Map(
    pairs.map((pair) => {
      const cut = pair.indexOf('=');
      return [pair.slice(0, cut), pair.slice(cut + 1)] as [string, string];
    }),
  );
}

/** Reads a request to its end. Throws when the body is larger than 1 MB. */
export async function readAsk(message: IncomingMessage): Promise<Ask> {
  const host = (message.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
  // Split by hand: URL parsing would tidy up look-alike paths such as `//v2/user/me`.
  const target = message.url ?? '/';
  const cut = target.indexOf('?');
  const path = cut < 0 ? target : target.slice(0, cut);
  const query = new URLSearchParams(cut < 0 ? '' : target.slice(cut + 1));
  let body = '';
  for await (const chunk of message.setEncoding('utf8')) {
    body += chunk;
    if (body.length > MAX_BODY) throw new Error('request body too large');
  }
  const isForm = /^application\/x-www-form-urlencoded/i.test(message.headers['content-type'] ?? '');
  const form = new URLSearchParams(isForm ? body : '');
  const params = new URLSearchParams(query);
  for (const [name, value] of form) params.set(name, value);
  return {
    method: message.method ?? 'GET',
    host,
    path,
    query,
    form,
    params,
    headers: message.headers,
    cookies: cookiesOf(message.headers.cookie),
  };
}

/** An answer that is a page; its body is HTML. */
export const html = (body: string, status = 200): Answer => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  body,
});

/** An answer that is a script, which any site may load. */
export const script = (body: string): Answer => ({
  status: 200,
  headers: { 'content-type': 'text/javascript; charset=utf-8', 'access-control-allow-origin': '*' },
  body,
});

/** An answer that is JSON. */
export const json = (value: unknown, status = 200): Answer => ({
  status,
  headers: { 'content-type': 'application/json;charset=UTF-8', 'cache-control': 'no-store' },
  body: JSON.stringify(value),
});

/** An answer that sends the browser elsewhere. */
export const redirect = (location: string): Answer => ({
  status: 302,
  headers: { location, 'cache-control': 'no-store' },
  body: '',
});

/** The same answer with more headers. */
export const withHeaders = (answer: Answer, headers: Answer['headers']): Answer => ({
  ...answer,
  headers: { ...answer.headers, ...headers },
});

/** Text made safe for HTML content and attributes. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
