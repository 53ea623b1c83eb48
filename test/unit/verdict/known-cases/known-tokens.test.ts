import { describe } from 'vitest';
import { APP, SITE, T0 } from '../../fixtures.ts';
import {
  callWith,
  file,
  forPerson,
  harFirstLogin,
  inFile,
  inTab,
  KAPI,
  keptOpen,
  onPage,
  TOKEN,
  withOwnToken,
  type HarRequest,
} from './har-requests.ts';
import { after, mode, testCases, type KnownCase } from './known-case.ts';

const OTHER_SITE = 'https://app.shop.test';

/** A first login whose page exchanges the code for a token. */
const firstLogin = (at: number, token = TOKEN): HarRequest[] =>
  withOwnToken(harFirstLogin(at), token);

/** A request of a test program, which names no page. */
const besidePages = (at: number, more: Partial<HarRequest>): HarRequest => ({
  at,
  url: 'https://kapi.kakao.com/v2/user/me',
  ...more,
  headers: { 'User-Agent': 'Mozilla/5.0', Accept: '*/*', Authorization: `Bearer ${TOKEN}` },
  more: { _apiRequestRef: 'browser-context@1' },
});

/** Requests of a device as a proxy records them. */
const ofDevice = (address: string, agent: string, requests: readonly HarRequest[]): HarRequest[] =>
  requests.map((r) => ({
    ...r,
    headers: { ...r.headers, 'User-Agent': agent },
    more: { clientIPAddress: address },
  }));

/** The device's next page, and its call. */
const nextPage = (): HarRequest[] => [
  { at: T0 + 4000, url: `${SITE}/next`, document: true },
  callWith(T0 + 5000, TOKEN),
];

const LATER_TOKEN = 'Wm8tRb2nKx6Yq4Zc9Dv1Lp7Hj3Sg5FaAAAAQo9dRsAAAGTcd';

/** First logins of two accounts, twenty seconds apart, in one tab or in two. */
const twoAccounts = (secondPage = 'page_1', tokens = [TOKEN, LATER_TOKEN]): HarRequest[] => [
  ...inTab('page_1', firstLogin(T0, tokens[0])),
  ...inTab(secondPage, firstLogin(T0 + 20_000, tokens[1])),
];

/** A first login by another key on another site, whose server exchanges the code. */
const serverLogin = (at: number): HarRequest[] =>
  JSON.parse(
    JSON.stringify(firstLogin(at).slice(0, -1))
      .replaceAll(SITE, OTHER_SITE)
      .replaceAll(encodeURIComponent(SITE), encodeURIComponent(OTHER_SITE))
      .replaceAll(APP, 'js-key-0002'),
  );

const OWN_CODE = `hK3tQ9vX_c${T0}`;
const OTHERS_CODE = 'zzQ9_otherusercode_ABCDEFGHIJKLMN';
const ME = 'https://kapi.kakao.com/v2/user/me';

/** A back end exchanges a code. */
const exchangeOf = (code: string, at: number, token: string): HarRequest => ({
  at,
  method: 'POST',
  url: 'https://kauth.kakao.com/oauth/token',
  form: `grant_type=authorization_code&client_id=${APP}&code=${code}`,
  body: JSON.stringify({ token_type: 'bearer', access_token: token, expires_in: 21599 }),
});

const NATIVE_URI = 'kakaonativekey0001://oauth';

/** A native app's login in a browser that the app opened, and the app's own token request, as a proxy records them. */
const nativeLogin = (): HarRequest[] =>
  firstLogin(T0).flatMap((r) => {
    if (r.url.startsWith(SITE)) return [];
    const toApp = (text = '') =>
      text
        .replace(encodeURIComponent(`${SITE}/cb`), encodeURIComponent(NATIVE_URI))
        .replace(`${SITE}/cb`, NATIVE_URI);
    const url = toApp(r.url);
    const named = { ...r, url, headers: { 'User-Agent': r.form ? 'okhttp/4.12' : 'Chrome/156.0' } };
    const form = r.form ? { form: toApp(r.form) } : {};
    return [{ ...named, ...form, ...(r.to ? { to: toApp(r.to) } : {}) }];
  });

const WEB_VIEW = 'https://m.shop.test';

/** A first login by the implicit grant, which leads to the site with the token. */
const implicitLogin = (): HarRequest[] =>
  harFirstLogin(T0)
    .slice(0, 3)
    .map((r) => ({
      ...r,
      url: r.url.replace('response_type=code', 'response_type=token').replace(/\?code=.*/, ''),
      ...(r.to ? { to: `${SITE}/cb#access_token=${TOKEN}&token_type=bearer` } : {}),
    }));

const handed = (url: string): HarRequest => ({
  at: T0 + 5000,
  method: 'POST',
  url,
  document: false,
  form: `{"kakao":"${TOKEN}"}`,
});

/** A page has its token refreshed, and calls with the new one. */
const refreshedWith = (refreshToken: string): HarRequest[] => [
  {
    at: T0 + 8000,
    method: 'POST',
    url: 'https://kauth.kakao.com/oauth/token',
    document: false,
    form: `grant_type=refresh_token&client_id=${APP}&refresh_token=${refreshToken}`,
    body: JSON.stringify({ token_type: 'bearer', access_token: LATER_TOKEN, expires_in: 21599 }),
  },
  callWith(T0 + 9000, LATER_TOKEN),
];

/** Files that show the issue of the token which a call carries. */
const KNOWN_TOKENS: KnownCase[] = [
  {
    name: 'a call out of a page of another site: is of the login whose token it carries',
    history: async () => [
      mode('auto'),
      await file(
        onPage([
          ...firstLogin(T0),
          { at: T0 + 4000, url: `${OTHER_SITE}/`, document: true },
          callWith(T0 + 5000, TOKEN, {
            headers: { Origin: OTHER_SITE, Referer: `${OTHER_SITE}/` },
          }),
        ]),
      ),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }],
  },
  {
    name: 'a call with a refreshed token: is of the login whose token that was',
    history: async () => [
      mode('auto'),
      await file(onPage([...firstLogin(T0), ...refreshedWith(`R${TOKEN}`)])),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }],
  },
  {
    name: "a test program's own call: is of the login whose token it carries",
    history: async () => [
      mode('auto'),
      await file([...onPage(firstLogin(T0)), besidePages(T0 + 9000, {})]),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }],
  },
  {
    name: "a test program's own unlink: cuts the link of the login whose token it carries",
    history: async () => [
      mode('auto'),
      await file([
        ...onPage(firstLogin(T0)),
        besidePages(T0 + 9000, { method: 'POST', url: 'https://kapi.kakao.com/v1/user/unlink' }),
      ]),
    ],
    at: 30,
    logins: [{ verdict: 'unlinked certain' }],
  },
  ...[
    { what: 'address', address: 'fe80::1', agent: 'UA1' },
    { what: 'user agent', address: '192.168.0.7', agent: 'UA2' },
  ].map(({ what, address, agent }): KnownCase => ({
    name: `a device whose ${what} changes in a proxy's file: its call is of the login whose token it carries`,
    history: async () => [
      mode('auto'),
      await file([
        ...ofDevice('192.168.0.7', 'UA1', firstLogin(T0)),
        ...ofDevice(address, agent, nextPage()),
      ]),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }],
  })),
  {
    name: 'two accounts within a minute in one tab: a call is of the earlier one whose token it carries',
    history: async () => [
      mode('auto'),
      await file([...twoAccounts(), ...inTab('page_1', [callWith(T0 + 26_000, TOKEN)])]),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }, { verdict: 'missed certain' }],
  },
  ...[
    { where: 'its address', more: { url: `${ME}?access_token=${TOKEN}` } },
    { where: 'its form', more: { method: 'POST', form: `access_token=${TOKEN}` } },
    {
      where: 'the address that a person opens',
      more: { url: `${ME}?access_token=${TOKEN}`, document: true },
    },
  ].map(({ where, more }): KnownCase => ({
    name: `two accounts in one tab: a call is of the earlier one whose token stands in ${where}`,
    history: async () => [
      mode('auto'),
      await file([
        ...twoAccounts(),
        ...onPage([{ at: T0 + 26_000, url: ME, document: false, ...more }]),
      ]),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }, { verdict: 'missed certain' }],
  })),
  {
    name: 'two accounts within a minute in two tabs: each call is of the one whose token it carries',
    history: async () => [
      mode('auto'),
      await file([
        ...twoAccounts('tab@2'),
        ...inTab('page_1', [callWith(T0 + 26_000, TOKEN)]),
        ...inTab('tab@2', [callWith(T0 + 27_000, LATER_TOKEN)]),
      ]),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }, { verdict: 'complete certain' }],
  },
  ...['REDACTED', 'REDACTED_ACCESS_TOKEN', 'x1x1x1x1'].map((masked): KnownCase => ({
    name: `tokens of two tabs that the recorder wrote as ${masked}: a call is surely of neither`,
    history: async () => [
      mode('auto'),
      await file([
        ...twoAccounts('tab@2', [masked, masked]),
        ...inTab('page_1', [callWith(T0 + 26_000, masked)]),
      ]),
    ],
    at: 30,
    logins: [{ never: 'missed certain' }, { never: 'complete certain' }],
  })),
  {
    name: 'a mask of one site’s token, with which another site’s service worker calls: not surely the first site’s call',
    history: async () => [
      mode('auto'),
      await file([
        ...inTab('page_1', firstLogin(T0, 'REDACTED')),
        ...inTab('tab@2', serverLogin(T0 + 20_000)),
        // What a service worker sends names its origin, and is of no page.
        callWith(T0 + 26_000, 'REDACTED', { headers: { Origin: OTHER_SITE } }),
      ]),
    ],
    at: 30,
    logins: [{ never: 'complete certain' }, { never: 'missed certain' }],
  },
  ...[
    {
      name: "a back end that exchanges another user's code after this one's was refused",
      verdict: 'missed likely | unseen',
      exchanges: [
        { ...exchangeOf(OWN_CODE, T0 + 3000, TOKEN), status: 401, body: '{"error_code":"KOE010"}' },
        exchangeOf(OTHERS_CODE, T0 + 4000, LATER_TOKEN),
      ],
    },
    {
      name: "a back end that exchanges another user's code before this one's",
      verdict: 'missed',
      exchanges: [
        exchangeOf(OTHERS_CODE, T0 + 2500, LATER_TOKEN),
        exchangeOf(OWN_CODE, T0 + 5000, TOKEN),
      ],
    },
    {
      name: "a back end that exchanges another user's code for a token that the recorder left out",
      verdict: 'complete likely | unseen',
      exchanges: [{ ...exchangeOf(OTHERS_CODE, T0 + 2500, LATER_TOKEN), body: '' }],
    },
  ].map(({ name, verdict, exchanges }): KnownCase => ({
    name: `${name}: its call is not surely of this login`,
    history: async () => [
      mode('auto'),
      await file([
        ...ofDevice('192.168.0.7', 'UA1', firstLogin(T0).slice(0, 3)),
        ...ofDevice('192.168.0.7', 'node', [
          ...exchanges,
          { at: T0 + 4500, url: ME, headers: { Authorization: `Bearer ${LATER_TOKEN}` } },
        ]),
      ]),
    ],
    at: 30,
    logins: [{ verdict }],
  })),
  {
    name: "a native app's token, handed to the app's server: no sure miss",
    history: async () => [
      mode('auto'),
      await file([...nativeLogin(), handed('https://api.shop.test/session')]),
    ],
    at: 30,
    logins: [{ verdict: 'missed likely | unseen' }],
  },
  {
    name: "a native app's token that no body shows, handed over after another page, by requests without headers: no sure miss",
    history: async () => {
      const hidden = nativeLogin().map(({ body: _body, ...r }) => ({ ...r, headers: {} }));
      const page = { at: T0 + 4000, url: 'https://www.news.test/', document: true };
      const sent = { ...handed('https://api.game.test/session'), form: `access_token=${TOKEN}` };
      return [mode('auto'), await file([...hidden, page, sent])];
    },
    at: 30,
    logins: [{ verdict: 'missed likely | unseen' }],
  },
  {
    name: "a native app's token, with which a page of the app calls: complete",
    history: async () => [
      mode('auto'),
      await file([
        ...nativeLogin(),
        { at: T0 + 4000, url: `${WEB_VIEW}/`, document: true },
        callWith(T0 + 5000, TOKEN, { headers: { Origin: WEB_VIEW, Referer: `${WEB_VIEW}/` } }),
      ]),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }],
  },
  {
    name: 'a token of the implicit grant, handed to the server: no sure miss',
    history: async () => [
      mode('auto'),
      await file(onPage([...implicitLogin(), handed(`${SITE}/session`)])),
    ],
    at: 30,
    logins: [{ verdict: 'missed likely' }],
  },
];

const UNKNOWN_TOKENS: KnownCase[] = [
  {
    name: 'file without bodies, calls with two tokens after one was issued: the second is not surely the login’s',
    history: inFile([
      ...firstLogin(T0).map(({ body: _left, ...r }) => r),
      callWith(T0 + 5000, TOKEN, { url: `${KAPI}/v2/user/scopes` }),
      callWith(T0 + 60_000, LATER_TOKEN, { url: `${KAPI}/v1/api/talk/friends` }),
      ...keptOpen,
    ]),
    at: 30,
    logins: [{ never: 'complete certain' }],
  },
  {
    name: 'file without bodies, calls with one token after it was issued: they are the login’s',
    history: inFile([
      ...firstLogin(T0).map(({ body: _left, ...r }) => r),
      callWith(T0 + 5000, TOKEN, { url: `${KAPI}/v2/user/scopes` }),
      callWith(T0 + 60_000, TOKEN, { url: `${KAPI}/v1/api/talk/friends` }),
      ...keptOpen,
    ]),
    at: 30,
    logins: [{ verdict: 'complete certain' }],
  },
  {
    name: 'call with a token that its page used seconds before the login: it is not the login’s',
    history: inFile([
      callWith(T0 - 20_000, TOKEN),
      ...firstLogin(T0).slice(0, -1),
      callWith(T0 + 5000, TOKEN, { url: `${KAPI}/v1/api/talk/friends` }),
      ...keptOpen,
    ]),
    at: 30,
    logins: [{ verdict: 'unseen' }],
  },
  {
    name: 'call with a token that no login of the file was given, though this one’s is known: not surely its call',
    history: async () => [
      mode('auto'),
      await file(
        onPage([
          ...forPerson('a', harFirstLogin(T0)),
          callWith(T0 + 4000, 'AT-of-a-popup-9c3e7f15b2'),
        ]),
      ),
    ],
    at: 30,
    logins: [{ never: 'complete certain' }],
  },
  {
    name: 'call with a token that was in use before the login began: not its call',
    history: async () => [
      mode('auto'),
      await file(
        onPage([
          callWith(after(-1), 'AT-of-an-old-login-5f'),
          ...forPerson('a', harFirstLogin(T0)),
          callWith(T0 + 4000, 'AT-of-an-old-login-5f'),
        ]),
      ),
    ],
    at: 30,
    logins: [{ never: 'complete certain' }],
  },
  {
    name: 'call with a token that was refreshed with one from before the file: not surely of its login',
    history: async () => [
      mode('auto'),
      await file(
        onPage([...firstLogin(T0), ...refreshedWith('Rq7Vn2Xk9Bt4Lw8Zs3Hd6Jf1Gm5Yc0AAAAQo9d')]),
      ),
    ],
    at: 30,
    logins: [{ never: 'complete certain' }],
  },
  {
    name: 'unlink with a token that no login of the file was given: not surely its link',
    history: async () => [
      mode('auto'),
      await file(
        onPage([
          ...forPerson('a', harFirstLogin(T0)),
          callWith(T0 + 4000, 'AT-a'),
          callWith(T0 + 5000, 'AT-other-9c3e7f15b2', {
            method: 'POST',
            url: `${KAPI}/v1/user/unlink`,
          }),
        ]),
      ),
    ],
    at: 30,
    logins: [{ never: 'unlinked certain' }],
  },
];

describe('a call whose token a file shows to be issued is of the login that got it', () => {
  testCases(KNOWN_TOKENS);
});

describe('a call with a token that no login of the file was given', () => {
  testCases(UNKNOWN_TOKENS);
});
