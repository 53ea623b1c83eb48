import { send, type Outgoing, type Reply } from './loopback-client.ts';

/** One response on the way to a page. */
interface Hop {
  method: string;
  url: string;
  status: number;
  headers: Reply['headers'];
}

export interface Page extends Reply {
  url: string;
  hops: Hop[];
}

export interface ScriptBrowser {
  /** Goes to an address and follows redirects. */
  visit(url: string, out?: Outgoing): Promise<Page>;
  /** Sends the page's only form as a browser would; `fields` override, `button` is the id clicked. */
  submit(page: Page, button: string, fields?: Record<string, string>): Promise<Page>;
}

const decode = (text: string): string =>
  text.replace(/&#(\d+);/g, (_, digits: string) => String.fromCharCode(Number(digits)));

const attribute = (tag: string, name: string): string | null => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag);
  return found ? decode(found[1] ?? '') : null;
};

function formOf(page: Page, button: string, fields: Record<string, string>): URLSearchParams {
  const form = new URLSearchParams();
  for (const [tag] of page.body.matchAll(/<input\b[^>]*>/g)) {
    const name = attribute(tag, 'name');
    if (!name || (tag.includes('type="checkbox"') && !/\schecked\b/.test(tag))) continue;
    form.append(name, attribute(tag, 'value') ?? '');
  }
  const [clicked] = new RegExp(`<button[^>]*id="${button}"[^>]*>`).exec(page.body) ?? [];
  if (!clicked) throw new Error(`no button ${button} on ${page.url}`);
  const name = attribute(clicked, 'name');
  if (name) form.append(name, attribute(clicked, 'value') ?? '');
  for (const [key, value] of Object.entries(fields)) form.set(key, value);
  return form;
}

/** A browser without a browser: cookies by domain, redirects and forms, against the emulator at `port`. */
export function createScriptBrowser(port: number): ScriptBrowser {
  const jar = new Map<string, { domain: string; pair: string }>();

  function keep(host: string, lines: readonly string[]): void {
    for (const line of lines) {
      const [pair = ''] = line.split(';');
      const domain = /domain=\.?([^;]+)/i.exec(line)?.[1] ?? host;
      const key = `${domain} ${pair.split('=')[0]}`;
      if (/max-age=0(?!\d)/i.test(line)) jar.delete(key);
      else jar.set(key, { domain, pair });
    }
  }

  async function visit(start: string, out: Outgoing = {}): Promise<Page> {
    const hops: Hop[] = [];
    let url = start;
    let next = out;
    for (let left = 20; left > 0; left--) {
      const { hostname } = new URL(url);
      const fits = [...jar.values()].filter(
        ({ domain }) => hostname === domain || hostname.endsWith(`.${domain}`),
      );
      const cookie = fits.map(({ pair }) => pair).join('; ');
      const headers = { ...next.headers, ...(cookie && { cookie }) };
      const reply = await send(port, url, { ...next, headers });
      keep(hostname, reply.headers['set-cookie'] ?? []);
      const { status, headers: received } = reply;
      hops.push({ method: next.method ?? 'GET', url, status, headers: received });
      if (reply.status !== 302) return { ...reply, url, hops };
      url = new URL(reply.headers.location ?? '', url).href;
      next = {};
    }
    throw new Error(`too many redirects from ${start}`);
  }

  return {
    visit,
    submit(page, button, fields = {}) {
      const form = formOf(page, button, fields);
      const [tag = ''] = /<form\b[^>]*>/.exec(page.body) ?? [];
      const action = new URL(attribute(tag, 'action') ?? page.url, page.url);
      return visit(action.href, { method: 'POST', form });
    },
  };
}
