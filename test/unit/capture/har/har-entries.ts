import { captureHar } from '../../../../utils/capture/har/capture-har.ts';
import { HOUR, T0 } from '../../fixtures.ts';
import { judgeAt, type Judged } from '../../verdict/judge-history.ts';

interface Header {
  name: string;
  value: string;
}

/** A HAR entry as a recorder writes it. */
export interface Entry {
  startedDateTime: string;
  time: number;
  pageref?: string;
  _resourceType?: string;
  _fromCache?: string;
  _initiator?: unknown;
  request: {
    method: string;
    url: string;
    headers: Header[];
    cookies?: unknown[];
    queryString?: unknown[];
    postData?: { mimeType: string; text?: string; params?: Header[] };
  };
  response: {
    status: number;
    headers: Header[];
    cookies?: unknown[];
    redirectURL?: string;
    content: { mimeType: string; text?: string; encoding?: string };
  };
}

export const SHOP = 'https://page.shop.test';
export const KEY = 'js-key-0001';
export const ME = 'https://kapi.kakao.com/v2/user/me';

interface Options {
  tab?: string;
  method?: string;
  status?: number;
  /** Where a redirect leads. */
  to?: string;
  /** The page that asked. */
  from?: string;
  form?: string;
  body?: unknown;
  type?: string;
  timing?: string;
}

/** One request at an instant, epoch ms; it takes 8 ms. */
export function entry(at: number, url: string, o: Options = {}): Entry {
  const document = (o.type ?? 'document') === 'document';
  const json = !document && o.body !== undefined && typeof o.body !== 'string';
  const requestHeaders = [
    { name: 'Accept', value: document ? 'text/html,*/*' : '*/*' },
    { name: 'Sec-Fetch-Dest', value: document ? 'document' : 'empty' },
  ];
  if (o.from) requestHeaders.push({ name: 'Referer', value: o.from });
  if (o.from && (o.method === 'POST' || !document))
    requestHeaders.push({ name: 'Origin', value: new URL(o.from).origin });
  return {
    startedDateTime: new Date(at).toISOString(),
    time: 8.25,
    pageref: o.tab ?? 'page@0a1b2c3d4e5f60718293a4b5c6d7e8f9',
    _resourceType: o.type ?? 'document',
    request: {
      method: o.method ?? 'GET',
      url,
      headers: requestHeaders,
      ...(o.form === undefined
        ? {}
        : { postData: { mimeType: 'application/x-www-form-urlencoded', text: o.form } }),
    },
    response: {
      status: o.status ?? (o.to ? 302 : 200),
      headers: [
        ...(o.to ? [{ name: 'Location', value: o.to }] : []),
        ...(o.timing ? [{ name: 'Server-Timing', value: o.timing }] : []),
      ],
      redirectURL: o.to ?? '',
      content: {
        mimeType: o.to ? 'x-unknown' : document ? 'text/html; charset=utf-8' : 'application/json',
        ...(o.body === undefined ? {} : { text: json ? JSON.stringify(o.body) : String(o.body) }),
      },
    },
  };
}

export interface Flow {
  site?: string;
  key?: string;
  tab?: string;
  /** Further parameters of the authorize request. */
  more?: string;
  redirectUri?: string;
  /** Whether the account has to log in, and to consent. */
  form?: boolean;
  consent?: boolean;
  /** How it ends, instead of by a code. */
  error?: string;
  /** What the callback's answer reports. */
  timing?: string;
}

let codes = 0;

/** A login by redirect, page by page; its callback comes back at +4000 ms. */
export function login(at: number, f: Flow = {}): Entry[] {
  const { site = SHOP, key = KEY, form = true, consent = true, more = '', error } = f;
  const tab = f.tab ? { tab: f.tab } : {};
  const uri = f.redirectUri ?? `${site}/cb`;
  codes += 1;
  const end = error ? `error=${error}&error_description=x` : `code=CODE${codes}`;
  const back = `${uri}?${end}&state=s`;
  const ask = `https://kauth.kakao.com/oauth/authorize?client_id=${key}&redirect_uri=${encodeURIComponent(uri)}&response_type=code&state=s${more}`;
  const again = `${ask}&through_account=true`;
  const formUrl = `https://accounts.kakao.com/login/?continue=${encodeURIComponent(again)}`;
  const home = `${site}/`;
  const kauth = { from: 'https://accounts.kakao.com/', ...tab };
  const asked = form ? again : ask;
  const outcome = consent ? {} : { to: back };
  const entries = [entry(at - 500, home, tab)];
  if (form)
    entries.push(
      entry(at, ask, { to: formUrl, from: home, ...tab }),
      entry(at + 100, formUrl, { from: home, ...tab }),
      entry(at + 2000, 'https://accounts.kakao.com/login/do', { to: again, from: formUrl, ...tab }),
      entry(at + 2100, again, { ...kauth, ...outcome }),
    );
  else entries.push(entry(at, ask, { from: home, ...tab, ...outcome }));
  if (consent)
    entries.push(
      entry(at + 3900, 'https://kauth.kakao.com/oauth/authorize', {
        method: 'POST',
        form: new URL(asked).search.slice(1),
        to: back,
        from: asked,
        ...tab,
      }),
    );
  const timing = f.timing ? { timing: f.timing } : {};
  const last = { from: consent ? 'https://kauth.kakao.com/' : home, ...tab, ...timing };
  entries.push(entry(at + 4000, back, last));
  return entries;
}

interface CallOptions {
  site?: string;
  tab?: string;
  key?: string;
}

const b64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The page exchanges its code. */
export function exchange(
  at: number,
  {
    site = SHOP,
    tab,
    key = KEY,
    status = 200,
    sub,
  }: CallOptions & { status?: number; sub?: string } = {},
): Entry {
  return entry(at, 'https://kauth.kakao.com/oauth/token', {
    type: 'fetch',
    method: 'POST',
    form: `grant_type=authorization_code&client_id=${key}&redirect_uri=${encodeURIComponent(`${site}/cb`)}&code=CODE`,
    from: `${site}/`,
    status,
    body:
      status === 200
        ? { access_token: 'AT', ...(sub ? { id_token: `${b64({})}.${b64({ sub })}.x` } : {}) }
        : { error: 'invalid_grant', error_code: 'KOE320' },
    ...(tab ? { tab } : {}),
  });
}

/** The page calls kapi. */
export function call(
  at: number,
  path: string,
  o: CallOptions & { method?: string; status?: number; body?: unknown } = {},
): Entry {
  const { site = SHOP, tab, method = 'GET', status = 200, body } = o;
  return entry(at, `https://kapi.kakao.com${path}`, {
    type: 'xhr',
    method,
    status,
    body,
    from: `${site}/`,
    ...(tab ? { tab } : {}),
  });
}

/** The preflight a browser sends before such a call. */
export const preflight = (at: number, path: string): Entry =>
  entry(at, `https://kapi.kakao.com${path}`, {
    type: 'preflight',
    method: 'OPTIONS',
    from: `${SHOP}/`,
  });

/** Body of `/v2/user/me`. */
export const user = (id: number, connectedAt: number, more: object = {}) => ({
  id,
  connected_at: new Date(connectedAt).toISOString().replace('.000Z', 'Z'),
  properties: { nickname: 'n' },
  kakao_account: { email: 'e@kakao.test' },
  ...more,
});

/** Reads entries and judges what is in them some hours after the last of them; one answer a login. */
export async function judgeHar(entries: readonly unknown[], hours: number): Promise<Judged[]> {
  const observations = await captureHar(entries, async (id) => `hash-${id}`);
  const end = Math.max(T0, ...observations.map((o) => o.at));
  return judgeAt(observations, end + hours * HOUR);
}

/** Verdicts thirty hours on. */
export const verdictsOf = async (entries: readonly unknown[], hours = 30): Promise<string[]> =>
  (await judgeHar(entries, hours)).map((v) => v.verdict);
