import { expect, test } from 'vitest';
import { captureHarRecording } from '../../../../utils/capture/har/capture-har.ts';
import { parseHarFile } from '../../../../utils/capture/har/file/har-file.ts';
import { captureSiteResponse } from '../../../../utils/capture/site-response.ts';
import type { Observation } from '../../../../utils/model/observation.ts';
import { APP, authorize, HOUR, observe, SITE, T0 } from '../../fixtures.ts';
import { judge, type Steps } from '../judge-history.ts';

/** A token as long as Kakao's. */
export const TOKEN = 'kQ3vZp9xYb7Lr2TnWc5Hs8Jd1Fg4Mq6AAAAQo9dRsAAAGTab';

/** What may be said of a login: `complete certain`, `missed likely | unseen`; a word alone allows any certainty. */
interface Allowed {
  verdict?: string;
  /** What may never be said of it. */
  never?: string;
  kind?: string;
  neverKind?: string;
  linkMode?: string;
  site?: string;
}

/** A history with a known truth, and what may be said of each of its logins. */
export interface KnownCase {
  /** Subject and behaviour. */
  name: string;
  history: Steps | (() => Promise<Steps>);
  /** Hours after T0 at which it is judged. */
  at: number;
  /** In order of the logins. */
  logins: Allowed[];
}

const fits = (said: string, allowed: string) =>
  allowed.split(' | ').some((one) => said === one || said.startsWith(`${one} `));

function expectAllowed(what: string, said: string, allowed?: string, never?: string): void {
  if (allowed) expect(fits(said, allowed), `${what} is "${said}", not "${allowed}"`).toBe(true);
  if (never) expect(fits(said, never), `${what} is "${said}"`).toBe(false);
}

/** Declares one test a case. */
export function testCases(cases: readonly KnownCase[]): void {
  test.each(cases)('$name', async ({ history, at, logins }) => {
    const judged = judge(typeof history === 'function' ? await history() : history, at);
    expect(judged.map((j) => j.login.clientId)).toHaveLength(logins.length);
    for (const [i, allowed] of logins.entries()) {
      const said = judged[i];
      if (!said) throw new Error(`no login ${i}`);
      const { login, verdict, certainty, linkMode } = said;
      expectAllowed(`login ${i}`, `${verdict} ${certainty}`, allowed.verdict, allowed.never);
      const kind = `${login.kind} ${login.certainty}`;
      expectAllowed(`the kind of login ${i}`, kind, allowed.kind, allowed.neverKind);
      if (allowed.linkMode) expect(linkMode).toBe(allowed.linkMode);
      if (allowed.site) expect(login.site).toBe(allowed.site);
    }
  });
}

/** Hours and minutes after T0, epoch ms. */
export const after = (hours: number, minutes = 0): number => T0 + hours * HOUR + minutes * 60_000;

type Place = NonNullable<Parameters<typeof observe>[2]>;

/** The tester sets an app's link mode. */
export const mode = (linkMode: 'auto' | 'manual', clientId = APP): Observation =>
  observe({ type: 'app', clientId, linkMode }, T0 - 1000, { source: 'tester', tab: null });

/** A login with consent in the Kakao session at hand: screen, agreement, code. It ends 3 s after `at`. */
export function consentAgain(
  at: number,
  { scope, site = SITE, ...where }: Place & { scope?: boolean } = {},
): Observation[] {
  const redirectUri = `${site}/cb`;
  const params = ['client_id', 'redirect_uri', 'response_type', ...(scope ? ['scope'] : [])];
  return [
    observe(authorize({ outcome: 'screen', redirectUri, params }), at, { ...where, site }),
    agree(at + 3000, { ...where, site }),
  ];
}

/** The consent screen is agreed to, and the code comes. */
export const agree = (at: number, { site = SITE, ...where }: Place = {}): Observation =>
  observe(
    authorize({
      clientId: null,
      method: 'POST',
      redirectUri: `${site}/cb`,
      params: [],
      fromKakao: true,
    }),
    at,
    { ...where, site: null },
  );

/** What a response of a site's back end reports in `Server-Timing`, as the extension takes it in. */
export function reported(
  at: number,
  header: string,
  {
    url = `${SITE}/api`,
    page = SITE,
    headers = {},
    sentAt,
    ...where
  }: Place & {
    url?: string;
    page?: string;
    headers?: Record<string, string>;
    sentAt?: number;
  } = {},
): Observation[] {
  const request = {
    url,
    ...(sentAt === undefined ? {} : { sentAt }),
    initiator: page,
    responseHeaders: [['Server-Timing', header] as const, ...Object.entries(headers)].map(
      ([name, value]) => ({ name, value }),
    ),
  };
  const told = captureSiteResponse(request);
  return (told?.reports ?? []).map((fact, i) =>
    observe(fact, at + i, { ...where, source: 'server', site: told?.site ?? null }),
  );
}

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

const KAUTH = 'https://kauth.kakao.com';
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
  url: 'https://kapi.kakao.com/v2/user/me',
  document: false,
  ...more,
  headers: { Origin: SITE, Referer: `${SITE}/`, Authorization: 'Bearer AT-1', ...more.headers },
});

/** The same with a token of its own. */
export const callWith = (at: number, token: string, more: Partial<HarRequest> = {}): HarRequest =>
  harMe(at, { ...more, headers: { Authorization: `Bearer ${token}`, ...more.headers } });
