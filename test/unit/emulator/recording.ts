import { hashedCallback, parseCallbackLog } from '../../../utils/capture/callback-log.ts';
import { captureHar } from '../../../utils/capture/har/capture-har.ts';
import { captureWebRequest } from '../../../utils/capture/web-request.ts';
import type { Observation, TrafficFact } from '../../../utils/model/observation.ts';
import type { Emulator } from '../../emulator/index.ts';
import { send } from '../../emulator/loopback-client.ts';
import { createScriptBrowser, type Page } from '../../emulator/script-browser.ts';
import { authorizeUrl, type AuthorizeFields } from '../../emulator/test-steps.ts';
import { entry, type Entry } from '../capture/har/har-entries.ts';
import { observe } from '../fixtures.ts';

const KAUTH = 'https://kauth.kakao.com';
const ACCOUNTS = 'https://accounts.kakao.com/';
const hash = async (id: string) => `hash-${id}`;

/** How a login goes on from the authorize request. */
interface Way {
  user?: string;
  consent?: 'agree' | 'deny';
}

/** A browser without a browser that visits a site under test, and the HAR that its developer tools would write. */
export interface Recording {
  /** Opens a page and follows redirects, from a page of the site or from another address. */
  open(url: string, from?: string): Promise<Page>;
  /** Authorizes as far as Kakao lets it: login form, consent, and back to the site. */
  login(fields: AuthorizeFields, way?: Way): Promise<Page>;
  /** The page asks for tokens; gives the answer's fields. */
  token(form: Record<string, string>): Promise<Record<string, string>>;
  /** The page calls kapi, with a bearer token or another authorization. */
  call(path: string, authorization: string, method?: string): Promise<void>;
  /** What Linkwatch makes of the file. `bodies: false`: of a file without answer bodies. */
  observations(options?: { bodies?: boolean }): Promise<Observation[]>;
  /** What Linkwatch makes of the same traffic live, with or without access to the site. */
  live(watched: boolean): Observation[];
}

/** Starts recording a site's tab in the emulated Kakao. Every request takes a second of Kakao's clock. */
export function record(emulator: Emulator, site: string): Recording {
  const browser = createScriptBrowser(emulator.port);
  const entries: Entry[] = [];
  const tick = () => {
    emulator.advance(1000);
    return emulator.now();
  };

  function note(page: Page, from: string): Page {
    for (const [i, hop] of page.hops.entries()) {
      const to = hop.headers.location ? new URL(hop.headers.location, hop.url).href : undefined;
      const timing = hop.headers['server-timing'];
      entries.push(
        entry(tick(), hop.url, {
          method: hop.method,
          status: hop.status,
          from,
          ...(to ? { to } : {}),
          ...(timing ? { timing: String(timing) } : {}),
          ...(i === page.hops.length - 1 ? { body: page.body } : {}),
        }),
      );
    }
    return page;
  }

  async function fetchFrom(
    url: string,
    out: { method: string; form?: Record<string, string>; headers?: Record<string, string> },
  ) {
    const headers = { origin: site, ...out.headers };
    const reply = await send(emulator.port, url, { ...out, headers });
    const made = entry(tick(), url, {
      type: 'fetch',
      method: out.method,
      status: reply.status,
      from: `${site}/`,
      body: JSON.parse(reply.body || '{}'),
      ...(out.form ? { form: new URLSearchParams(out.form).toString() } : {}),
    });
    for (const [name, value] of Object.entries(out.headers ?? {}))
      made.request.headers.push({ name, value });
    entries.push(made);
    return JSON.parse(reply.body || '{}') as Record<string, string>;
  }

  const open = async (url: string, from = `${site}/`) => note(await browser.visit(url), from);

  return {
    open,
    async login(fields, { user = 'alice', consent = 'agree' } = {}) {
      let page = await open(authorizeUrl({ state: 'a-state', ...fields }));
      if (page.url.startsWith(ACCOUNTS))
        page = note(await browser.submit(page, 'login', { user, stay: '1' }), ACCOUNTS);
      if (page.body.includes('id="agree"'))
        page = note(await browser.submit(page, consent), page.url);
      return page;
    },
    token: (form) => fetchFrom(`${KAUTH}/oauth/token`, { method: 'POST', form }),
    async call(path, authorization, method = 'GET') {
      const url = `https://kapi.kakao.com${path}`;
      await fetchFrom(url, { method, headers: { authorization } });
    },
    observations: ({ bodies = true } = {}) => {
      const seen = structuredClone(entries);
      if (!bodies) for (const { response } of seen) delete response.content.text;
      return captureHar(seen, hash);
    },
    live: (watched) => entries.flatMap((one) => liveOf(one, watched)),
  };
}

/** One entry as the browser tells it while it happens. */
function liveOf({ startedDateTime, _resourceType, request, response }: Entry, watched: boolean) {
  const { url, method, headers } = request;
  const { status, redirectURL } = response;
  const referer = headers.find((h) => h.name === 'Referer')?.value;
  const timeStamp = Date.parse(startedDateTime);
  const captured = captureWebRequest(redirectURL ? 'redirect' : 'answered', {
    url,
    method,
    type: _resourceType === 'document' ? 'main_frame' : 'xmlhttprequest',
    statusCode: status,
    timeStamp,
    ...(redirectURL ? { redirectUrl: redirectURL } : {}),
    ...(referer ? { initiator: new URL(referer).origin } : {}),
  });
  if (!captured) return [];
  // Without access the browser shows the way to Kakao and back, and nothing else.
  if (!watched && captured.fact.type !== 'authorize') return [];
  const { fact, site, accessTo } = captured;
  const known = accessTo ? ({ ...fact, watched } as TrafficFact) : fact;
  return [observe(known, timeStamp, { site })];
}

/** What the app's callback log holds, as Linkwatch imports it. */
export async function callbackLog(emulator: Emulator): Promise<Observation[]> {
  const lines = emulator.callbacks.map(
    ({ at, body }) => `${new Date(at).toISOString()} ${new URLSearchParams(body)}`,
  );
  const { entries } = parseCallbackLog(lines.join('\n'));
  return Promise.all(
    entries.map(async (one) => {
      const { at, ...callback } = await hashedCallback(one, hash);
      const fact = { type: 'unlink-callback' as const, ...callback, timeKnown: at !== undefined };
      return observe(fact, at ?? 0, { source: 'callback', site: null });
    }),
  );
}
