import { captureHarRecording } from '../../../../utils/capture/har/capture-har.ts';
import { parseHarFile } from '../../../../utils/capture/har/file/har-file.ts';
import type { Observation } from '../../../../utils/model/observation.ts';
import { APP, SITE, T0 } from '../../fixtures.ts';
import type { Steps } from '../judge-history.ts';
import { after, mode } from './known-case.ts';

/** The host of Kakao's logins and tokens. */
export const KAUTH = 'https://kauth.kakao.com';

/** The host of Kakao's API. */
export const KAPI = 'https://kapi.kakao.com';

/** The host of the Kakao account's own pages. */
export const ACCOUNTS = 'https://accounts.kakao.com';

/** A token as long as Kakao's. */
export const TOKEN = 'kQ3vZp9xYb7Lr2TnWc5Hs8Jd1Fg4Mq6AAAAQo9dRsAAAGTab';

/** One request in a HAR file; what is left out is as in a browser's. */
export interface HarRequest {
  at: number;
  url: string;
  method?: string;
  status?: number | string;
  to?: string;
  document?: boolean;
  headers?: Record<string, string>;
  form?: string;
  body?: string;
  more?: object;
  response?: object;
}

/** Requests as made on the page that a browser's recording names. */
export const inTab = (pageref: string, requests: readonly HarRequest[]): HarRequest[] =>
  requests.map((r) => ({ ...r, more: { ...r.more, pageref } }));

/** The entries of a HAR file with these requests. */
export function harEntries(requests: readonly HarRequest[]): object[] {
  return requests.map((r) => ({
    startedDateTime: new Date(r.at).toISOString(),
    time: 20,
    ...(r.document === undefined ? {} : { _resourceType: r.document ? 'document' : 'xhr' }),
    request: {
      method: r.method ?? 'GET',
      url: r.url,
      headers: Object.entries(r.headers ?? {}).map(([name, value]) => ({ name, value })),
      ...(r.form
        ? { postData: { mimeType: 'application/x-www-form-urlencoded', text: r.form } }
        : {}),
    },
    response: {
      status: r.status ?? (r.to ? 302 : 200),
      redirectURL: r.to ?? '',
      headers: [],
      content: {
        mimeType: r.document ? 'text/html' : 'application/json',
        ...(r.body === undefined ? {} : { text: r.body }),
      },
      ...r.response,
    },
    cache: {},
    ...r.more,
  }));
}

/** The observations of a HAR file with these requests. */
export const fromHar = (requests: readonly HarRequest[]): Promise<Observation[]> =>
  captureHarRecording(harEntries(requests), async (id) => `h${id}`);

/** What `--at` says: nothing followed the recording. */
const nothingFollowed = (all: Observation[]): Observation[] =>
  all.filter((o) => o.type !== 'recording-ended');

/** The same by way of the file reader, which the command line uses and which leaves most headers out. */
export async function readAsFile(requests: readonly HarRequest[]): Promise<Observation[]> {
  const { entries } = parseHarFile({ log: { entries: harEntries(requests) } });
  return nothingFollowed(await captureHarRecording(entries, async (id) => `h${id}`));
}

/** The observations of a HAR file with these requests, after which nothing followed. */
export const file = async (requests: readonly HarRequest[]): Promise<Observation[]> =>
  nothingFollowed(await fromHar(requests));

/** A history that a file of one browser's requests shows, in which the link mode was set by hand. */
export const inFile = (requests: readonly HarRequest[]) => async (): Promise<Steps> => [
  mode('auto'),
  await readAsFile(onPage(requests)),
];

/** A page that shows that the file goes on. */
export const keptOpen: readonly HarRequest[] = [{ at: after(29), url: `${SITE}/`, document: true }];

/** Requests as developer tools record them, which name the page. */
export const onPage = (requests: readonly HarRequest[]): HarRequest[] => inTab('page_1', requests);

/** A login's requests with the code that really came and tokens of its own, as long as Kakao's. */
export function withOwnToken(requests: readonly HarRequest[], token: string): HarRequest[] {
  const came = requests.flatMap((r) => r.to ?? []).find((to) => to.includes('code='));
  const code = new URL(came ?? SITE).searchParams.get('code');
  return requests.map((r) => ({
    ...r,
    url: r.url.replace(`code=${code}`, `code=${longCode(code)}`),
    ...(r.to === undefined ? {} : { to: r.to.replace(`code=${code}`, `code=${longCode(code)}`) }),
    ...(r.form ? { form: r.form.replace('code=c&', `code=${longCode(code)}&`) } : {}),
    ...(r.body ? { body: r.body.replace('AT-1', token).replace('RT-1', `R${token}`) } : {}),
  }));
}

const longCode = (code: string | null) => `hK3tQ9vX_${code}`;

const AUTHORIZE = `${KAUTH}/oauth/authorize?client_id=${APP}&redirect_uri=${encodeURIComponent(`${SITE}/cb`)}&response_type=code&state=s`;

/** The requests of a first login with the session at hand, with the token exchanged in the page. It ends 3 s after `at`. */
export function harFirstLogin(
  at: number,
  more: Pick<HarRequest, 'headers' | 'more'> = {},
): HarRequest[] {
  const { headers = {} } = more;
  const code = `${SITE}/cb?code=c${at}&state=s`;
  return [
    { ...more, at, url: AUTHORIZE, document: true, headers: { ...headers, Referer: `${SITE}/` } },
    {
      ...more,
      at: at + 2000,
      method: 'POST',
      url: `${KAUTH}/oauth/authorize`,
      to: code,
      document: true,
      headers: { ...headers, Origin: KAUTH, Referer: AUTHORIZE },
    },
    {
      ...more,
      at: at + 2100,
      url: code,
      document: true,
      headers: { ...headers, Referer: `${KAUTH}/` },
    },
    harExchange(at + 2300, more),
  ];
}

/** The request of a repeat with the session at hand, and the page that the code comes to. */
export function harRepeat(
  at: number,
  more: Pick<HarRequest, 'headers' | 'more'> = {},
): HarRequest[] {
  const { headers = {} } = more;
  const code = `${SITE}/cb?code=c${at}&state=s`;
  return [
    {
      ...more,
      at,
      url: AUTHORIZE,
      to: code,
      document: true,
      headers: { ...headers, Referer: `${SITE}/` },
    },
    {
      ...more,
      at: at + 100,
      url: code,
      document: true,
      headers: { ...headers, Referer: `${KAUTH}/` },
    },
    harExchange(at + 300, more),
  ];
}

const harExchange = (at: number, more: Pick<HarRequest, 'headers' | 'more'>): HarRequest => ({
  ...more,
  at,
  method: 'POST',
  url: `${KAUTH}/oauth/token`,
  document: false,
  headers: { ...more.headers, Origin: SITE, Referer: `${SITE}/` },
  form: `grant_type=authorization_code&client_id=${APP}&code=c&redirect_uri=${encodeURIComponent(`${SITE}/cb`)}`,
  body: '{"token_type":"bearer","access_token":"AT-1","refresh_token":"RT-1","expires_in":21599}',
});

/** A call of `/v2/user/me` out of the page. */
export const harMe = (at: number, more: Partial<HarRequest> = {}): HarRequest => ({
  at,
  url: `${KAPI}/v2/user/me`,
  document: false,
  ...more,
  headers: { Origin: SITE, Referer: `${SITE}/`, Authorization: 'Bearer AT-1', ...more.headers },
});

/** The same with a token of its own. */
export const callWith = (at: number, token: string, more: Partial<HarRequest> = {}): HarRequest =>
  harMe(at, { ...more, headers: { Authorization: `Bearer ${token}`, ...more.headers } });

/** As a proxy records a desktop browser: no page names, no client address, and all headers. */
export const byProxy = (requests: readonly HarRequest[], cookie: string): HarRequest[] =>
  requests.map(({ document, ...r }) => ({
    ...r,
    headers: {
      'User-Agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/156.0.0.0 Safari/537.36',
      Accept: document ? 'text/html,*/*' : '*/*',
      'Sec-Fetch-Dest': document ? 'document' : 'empty',
      ...(r.url.startsWith(KAUTH) && document !== undefined ? { Cookie: cookie } : {}),
      ...r.headers,
    },
    response: {
      content: {
        mimeType: document ? 'text/html' : 'application/json',
        ...(r.body ? { text: r.body } : {}),
      },
    },
  }));

/** A token for a person, and the code that really came. */
export const forPerson = (person: string, requests: readonly HarRequest[]): HarRequest[] => {
  const code = /code=([^&]+)/.exec(requests.find((r) => r.url.startsWith(SITE))?.url ?? '')?.[1];
  return requests.map((r) => ({
    ...r,
    ...(r.form ? { form: r.form.replace('code=c&', `code=${code}&`) } : {}),
    ...(r.body
      ? { body: r.body.replace('AT-1', `AT-${person}`).replace('RT-1', `RT-${person}`) }
      : {}),
  }));
};

/** A login’s requests whose ID token names the user. */
export const withIdToken = (sub: string, requests: readonly HarRequest[]) =>
  requests.map((r) =>
    r.body ? { ...r, body: r.body.replace('{', `{"id_token":"${idToken(sub)}",`) } : r,
  );

const idToken = (sub: string) => `a.${btoa(JSON.stringify({ sub }))}.b`;

/** A first login whose page exchanges the code for a token as long as Kakao's. */
export const harTokenLogin = (): HarRequest[] =>
  harFirstLogin(T0).map((r) => (r.body ? { ...r, body: r.body.replace('AT-1', TOKEN) } : r));

/** The request of a page that exchanges a code for a token. */
export const harTokenRequest = (at: number, code: string, token: string): HarRequest => ({
  at,
  method: 'POST',
  url: `${KAUTH}/oauth/token`,
  document: false,
  headers: { Origin: SITE, Referer: `${SITE}/` },
  form: `grant_type=authorization_code&client_id=${APP}&code=${code}&redirect_uri=${encodeURIComponent(`${SITE}/cb`)}`,
  body: `{"token_type":"bearer","access_token":"${token}","refresh_token":"R${token}"}`,
});

/** A request of the page to its own server, which then calls /v2/user/me. */
export const toServer = (more: Partial<HarRequest> = {}): HarRequest => ({
  at: T0 + 4000,
  method: 'POST',
  url: `${SITE}/api/session`,
  document: false,
  ...more,
  headers: { Origin: SITE, Referer: `${SITE}/cb`, ...more.headers },
});

/** A back end's requests in the same proxy's file. */
export const ofBackEnd = (requests: readonly HarRequest[]): HarRequest[] =>
  requests.map((r) => ({
    at: r.at,
    url: r.url,
    ...(r.method ? { method: r.method } : {}),
    ...(r.form ? { form: r.form } : {}),
    ...(r.body ? { body: r.body } : {}),
    headers: {
      'User-Agent': 'node',
      Accept: 'application/json',
      ...(r.headers?.['Authorization'] ? { Authorization: r.headers['Authorization'] } : {}),
    },
  }));
