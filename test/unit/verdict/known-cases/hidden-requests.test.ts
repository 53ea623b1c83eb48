import { describe, expect, test } from 'vitest';
import { APP, HOUR, SITE, T0 } from '../../fixtures.ts';
import {
  callWith,
  file,
  harFirstLogin,
  KAUTH,
  harMe,
  onPage,
  readAsFile,
  withOwnToken,
  type HarRequest,
} from './har-requests.ts';
import { mode, testCases, type KnownCase } from './known-case.ts';

const TOKEN = 'kQ3vZp9xYb7Lr2TnWc5Hs8Jd1Fg4Mq6AAAAAQo9dRsAAAGTab';
const isKakaos = ({ url }: HarRequest) => new URL(url).host.endsWith('.kakao.com');

/** A first login whose page exchanges the code for a token. */
const firstLogin = (): HarRequest[] => withOwnToken(harFirstLogin(T0), TOKEN);

/** What a proxy shows of a connection that it may not read. */
const tunnel = (host: string): HarRequest => ({
  at: T0 + 5000,
  method: 'CONNECT',
  url: `https://${host}/`,
});

const script = (at: number): HarRequest => ({
  at,
  url: `${SITE}/main.js`,
  more: { _resourceType: 'script' },
  headers: { 'Sec-Fetch-Dest': 'script', Referer: `${SITE}/` },
});

/** The request for Kakao's SDK, which comes from a host of its own. */
const sdk: HarRequest = {
  ...script(T0 - 1000),
  url: 'https://t1.kakaocdn.net/kakao_js_sdk/2.7.0/kakao.min.js',
};

const replaced = (request: HarRequest, from: string, to: string): HarRequest =>
  JSON.parse(
    JSON.stringify(request)
      .replaceAll(from, to)
      .replaceAll(encodeURIComponent(from), encodeURIComponent(to)),
  );

/** The login by way of another redirect URI. */
const byWayOf = (path: string): HarRequest[] =>
  firstLogin().map((r) => replaced(r, `${SITE}/cb`, `${SITE}${path}`));

const ofHost = (request: HarRequest, host: string): HarRequest =>
  replaced(request, SITE, `https://${host}`);

/** A native app's login in a browser that the app opened, and the app's own token request. */
const nativeLogin = (): HarRequest[] =>
  firstLogin()
    .filter(isKakaos)
    .map((r) => {
      const native = (text: string) =>
        text
          .replaceAll(`${SITE}/cb`, 'kakaonativekey0001://oauth')
          .replaceAll(encodeURIComponent(`${SITE}/cb`), 'kakaonativekey0001%3A%2F%2Foauth');
      return {
        ...r,
        url: native(r.url),
        headers: { 'User-Agent': r.form ? 'okhttp/4.12' : 'Chrome/156.0' },
        ...(r.to ? { to: native(r.to) } : {}),
        ...(r.form ? { form: native(r.form) } : {}),
      };
    });

/** The same in a file without bodies, and what the app then sends. */
const nativeWithoutBodies = (...sent: Omit<HarRequest, 'at'>[]): HarRequest[] => {
  const headers = { 'User-Agent': 'okhttp/4.12' };
  const news = { at: T0 + 4000, url: 'https://api.shop.test/news', headers };
  const later = sent.map((r) => ({ at: T0 + 5000, ...r, headers: { ...headers, ...r.headers } }));
  return [
    ...nativeLogin().map((r): HarRequest => ({ ...r, response: { content: {} } })),
    news,
    ...later,
  ];
};

/** A first login in SDK v1's popup, whose last page hands the token over by message. `ofPage` is what the page then asks for. */
function popupLogin(...ofPage: HarRequest[]): HarRequest[] {
  const kauth = 'https://kauth.kakao.com';
  const popup = `${kauth}/oauth/authorize?client_id=${APP}&redirect_uri=kakaojs&response_type=code&proxy=easyXDM_Kakao_abc_provider&origin=${encodeURIComponent(SITE)}`;
  const message = encodeURIComponent(JSON.stringify({ access_token: TOKEN, token_type: 'bearer' }));
  const more = { pageref: 'page_2' };
  return [
    { at: T0, url: popup, document: true, headers: { Referer: `${SITE}/` }, more },
    {
      at: T0 + 2000,
      method: 'POST',
      url: `${kauth}/oauth/authorize`,
      document: true,
      headers: { Origin: kauth, Referer: popup },
      body: `<script>opener.postMessage('x postResponse ${message}','*')</script>`,
      more,
    },
    ...onPage(ofPage),
  ];
}

const DOUBT = 'missed likely | unseen';
const FILES: { name: string; requests: HarRequest[]; verdict: string }[] = [
  {
    name: "Kakao's own requests alone",
    requests: onPage(firstLogin().filter(isKakaos)),
    verdict: DOUBT,
  },
  {
    name: "Kakao's own requests alone, of a popup that hands its token over",
    requests: popupLogin(),
    verdict: DOUBT,
  },
  {
    name: 'the same and a page of the site',
    requests: popupLogin({ at: T0 - 1000, url: `${SITE}/`, document: true }),
    verdict: 'missed certain',
  },
  {
    name: "a proxy that saw of the popup's site no more than a tunnel",
    requests: [
      ...popupLogin({ at: T0 - 1000, url: 'https://other.test/', document: true }).map((r) => ({
        ...r,
        more: {},
      })),
      tunnel('page.shop.test'),
    ],
    verdict: DOUBT,
  },
  {
    name: "a popup that does not name its page, and a tunnel to some site's host",
    requests: [
      ...popupLogin({ at: T0 - 1000, url: 'https://other.test/', document: true }).map((r) => ({
        ...r,
        ...(r.method === 'POST' ? { headers: { Origin: KAUTH } } : {}),
        more: {},
      })),
      tunnel('page.shop.test'),
    ],
    verdict: DOUBT,
  },
  {
    name: "Kakao's own requests and those for its SDK alone",
    requests: onPage([...firstLogin().filter(isKakaos), sdk]),
    verdict: DOUBT,
  },
  {
    name: 'addresses with "kakao" alone, the SDK\'s too, as a filter leaves them',
    requests: onPage([...byWayOf('/oauth/kakao/callback'), sdk]),
    verdict: DOUBT,
  },
  {
    name: 'the same and a script of the page',
    requests: onPage([...byWayOf('/oauth/kakao/callback'), sdk, script(T0 + 2200)]),
    verdict: 'missed certain',
  },
  {
    name: 'a redirect URI with "kakao" in its path and no more of the site',
    requests: onPage(byWayOf('/oauth/kakao/callback')),
    verdict: DOUBT,
  },
  {
    name: 'the same and the page that led to Kakao',
    requests: onPage([
      { at: T0 - 1000, url: `${SITE}/`, document: true },
      ...byWayOf('/oauth/kakao/callback'),
    ]),
    verdict: 'missed certain',
  },
  {
    name: "a site with Kakao's name in its host",
    requests: onPage(firstLogin()).map((r) => ofHost(r, 'kakao-login.test')),
    verdict: 'missed certain',
  },
  {
    name: "a tunnel to the site's host alone",
    requests: [...firstLogin().filter(isKakaos), tunnel('page.shop.test')],
    verdict: DOUBT,
  },
  {
    name: "the site's pages, but a tunnel to its API's host",
    requests: [...firstLogin(), script(T0 + 2200), tunnel('api.shop.test')],
    verdict: DOUBT,
  },
  {
    name: "a login and its callback's page",
    requests: onPage(firstLogin()),
    verdict: 'missed certain',
  },
  {
    name: "the site's pages, and a tunnel to another site's host",
    requests: [...firstLogin(), script(T0 + 2200), tunnel('weather.test')],
    verdict: 'missed certain',
  },
  {
    name: "the site's pages, but a tunnel to Kakao's API",
    requests: [...firstLogin(), script(T0 + 2200), tunnel('kapi.kakao.com')],
    verdict: DOUBT,
  },
  {
    name: "the site's pages, a tunnel to Kakao's API and a call in it that completes nothing",
    requests: [
      ...firstLogin(),
      script(T0 + 2200),
      tunnel('kapi.kakao.com'),
      harMe(T0 + 5100, { url: 'https://kapi.kakao.com/v1/user/access_token_info' }),
    ],
    verdict: 'missed certain',
  },
  {
    name: "Kakao's own requests alone, of a native app",
    requests: nativeLogin(),
    verdict: DOUBT,
  },
  {
    name: "a native app's requests without bodies",
    requests: nativeWithoutBodies(),
    verdict: 'missed certain',
  },
  {
    name: "a native app's requests without bodies, and its call",
    requests: nativeWithoutBodies({
      url: 'https://kapi.kakao.com/v2/user/me',
      headers: { Authorization: `Bearer ${TOKEN}` },
      response: { content: {} },
    }),
    verdict: 'complete likely',
  },
  {
    name: "two devices' requests without bodies, a native app's call among them",
    requests: [
      ...nativeLogin()
        .slice(0, 1)
        .map((r) => ({ ...r, at: T0 - 9000, headers: { 'User-Agent': 'Firefox/145.0' } })),
      ...nativeWithoutBodies({
        url: 'https://kapi.kakao.com/v2/user/me',
        headers: { Authorization: `Bearer ${TOKEN}` },
        response: { content: {} },
      }),
    ],
    verdict: 'complete likely',
  },
  {
    name: "a native app's requests without bodies, one with a token for its server",
    requests: nativeWithoutBodies({
      method: 'POST',
      url: 'https://api.shop.test/session',
      form: `accessToken=${TOKEN}`,
    }),
    verdict: DOUBT,
  },
  {
    name: "a native app's requests without bodies, one with a long number",
    requests: nativeWithoutBodies({
      method: 'POST',
      url: 'https://api.shop.test/crash',
      form: `trace=${TOKEN}`,
    }),
    verdict: 'missed certain',
  },
  {
    name: "Kakao's own requests alone, and the page's call",
    requests: onPage([...firstLogin().filter(isKakaos), harMe(T0 + 4000)]).map((r) => ({
      ...r,
      headers: {
        ...r.headers,
        ...(r.headers?.['Authorization'] ? { Authorization: `Bearer ${TOKEN}` } : {}),
      },
    })),
    verdict: 'complete certain',
  },
];

/** A native app's login by KakaoTalk, of which a proxy shows the token request alone, and a call with its token. */
const loginByTalk = (at: number, token: string): HarRequest[] => {
  const asked = nativeLogin().at(-1);
  if (!asked) throw new Error('no token request');
  const { body = '', form = '' } = asked;
  return [
    {
      ...asked,
      at,
      body: body.replaceAll(TOKEN, token),
      form: form.replace(/code=[^&]+/, 'code=bQ7fLwT2_of-KakaoTalk-itself'),
    },
    callWith(at + 500, token, {
      headers: { 'User-Agent': 'okhttp/4.12', Origin: '', Referer: '' },
    }),
  ];
};

/** Kakao asks a browser to log in, as it asks no window that has just done so. */
const loginForm = (at: number): HarRequest => ({
  at,
  url: 'https://kauth.kakao.com/oauth/authorize?client_id=x&redirect_uri=https%3A%2F%2Fx.test%2Fcb&response_type=code',
  to: 'https://accounts.kakao.com/login/?continue=x#login',
  document: true,
});

/** A native app's login after a site's in another window of the same browser, both without bodies, and the app's call. */
const nativeAfterSite = (): HarRequest[] => {
  const ofBrowser = [
    { at: T0 - HOUR - 1000, url: `${SITE}/`, document: true },
    ...harFirstLogin(T0 - HOUR),
    loginForm(T0 - 1000),
  ].map((r) => ({ ...r, headers: { ...r.headers, 'User-Agent': 'Chrome/156.0' } }));
  const call = {
    url: 'https://kapi.kakao.com/v2/user/me',
    headers: { Authorization: `Bearer ${TOKEN}` },
  };
  return [...ofBrowser, ...nativeWithoutBodies(call)].map((r) => ({
    ...r,
    response: { content: {} },
  }));
};

/** Two windows of one browser in a proxy's file without bodies that shows Kakao's own requests alone; then a page's. */
const windowsAlone = (...then: HarRequest[]): HarRequest[] =>
  [
    ...firstLogin().filter(isKakaos),
    loginForm(T0 + HOUR),
    ...harFirstLogin(T0 + HOUR + 20_000).filter(isKakaos),
    ...then,
  ].map((r) => ({ ...r, response: { content: {} } }));

/** A token is refreshed after a redirect in another window of the browser, in a proxy's file without bodies. */
const refreshAfter = (to: string, headers: Record<string, string>): HarRequest[] =>
  [
    ...harFirstLogin(T0),
    loginForm(T0 + 60_000),
    { ...loginForm(T0 + 70_000), to },
    {
      at: T0 + 90_000,
      method: 'POST',
      url: 'https://kauth.kakao.com/oauth/token',
      document: false,
      headers,
      form: 'grant_type=refresh_token&client_id=x&refresh_token=RT-1',
    },
  ].map((r) => ({ ...r, response: { content: {} } }));

const CALLS_OF_NO_PAGE: KnownCase[] = [
  {
    name: "two windows' requests to Kakao alone: no miss is sure",
    history: async () => [mode('auto'), await readAsFile(windowsAlone())],
    at: 30,
    logins: [{ verdict: DOUBT }, { verdict: DOUBT }],
  },
  {
    name: "native app's call after a site's login in another window: is not surely of the site's login",
    history: async () => [mode('auto'), await readAsFile(nativeAfterSite())],
    at: 30,
    logins: [{ never: 'complete certain | missed certain' }, { never: 'missed certain' }],
  },
];

const LOGINS_BY_TALK: KnownCase[] = [
  {
    name: "native app's login by KakaoTalk beside a browser's: a login of its own, perhaps of the same account",
    history: async () => {
      const pages = firstLogin().map((r) => ({
        ...r,
        headers: { ...r.headers, 'User-Agent': 'Chrome/156.0', 'Sec-Fetch-Mode': 'navigate' },
      }));
      const token = TOKEN.replace('AAAA', 'BBBB');
      return [mode('auto'), await readAsFile([...pages, ...loginByTalk(T0 + 60_000, token)])];
    },
    at: 30,
    logins: [{ verdict: 'missed likely' }, { verdict: 'complete' }],
  },
];

/** Files that do not show all that a page sent, so that its token may have been handed to a server unseen. */
const HIDDEN_REQUESTS: KnownCase[] = FILES.flatMap(({ name, requests, verdict }) =>
  [file, readAsFile].map((read) => ({
    name: `file of ${name}${read === file ? '' : ', read from disk'}: ${verdict}`,
    history: async () => [mode('auto'), await read(requests)],
    at: 30,
    logins: [{ verdict }],
  })),
);

describe('no miss is sure where a file does not show what a page sent', () => {
  testCases(HIDDEN_REQUESTS);
});

describe('a native app’s login that no browser shows is one', () => {
  testCases(LOGINS_BY_TALK);
});

describe('a page in one window does not make another window’s call its own', () => {
  testCases(CALLS_OF_NO_PAGE);

  test.each([
    ['page’s refresh after another window’s redirect to a site', 'https://x.test/cb?code=d', SITE],
    ['back end’s refresh after a redirect to Kakao’s login form', undefined, undefined],
  ])('%s: is of its own site', async (_, to = 'https://accounts.kakao.com/login/', origin) => {
    const headers: Record<string, string> = origin ? { Origin: origin } : { 'User-Agent': 'node' };
    const all = await readAsFile(refreshAfter(to, headers));
    const refresh = all.find((o) => o.type === 'token' && o.grant === 'refresh_token');
    expect(refresh?.site).toBe(SITE);
  });
});
