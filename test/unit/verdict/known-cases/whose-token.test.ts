import { describe } from 'vitest';
import type { Observation } from '../../../../utils/model/observation.ts';
import {
  api,
  APP,
  exchange,
  firstLogin,
  me,
  observe,
  repeatLogin,
  SITE,
  T0,
  token,
} from '../../fixtures.ts';
import { fromHar, harFirstLogin, harMe, inTab, type HarRequest } from './har-requests.ts';
import { after, mode, testCases, type KnownCase } from './known-case.ts';

const OTHER = 'js-key-0002';
const PHONE = 'Mozilla/5.0 (iPhone) Safari/604.1';
const DESK = 'Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0';

/** First logins of two apps on one site, the second in a tab, with their tokens. */
const twoApps = (tab = 'r:1') => [
  mode('auto'),
  mode('auto', OTHER),
  firstLogin(T0),
  exchange(after(0, 1)),
  firstLogin(after(1), { tab, fact: { clientId: OTHER } }),
  exchange(after(1, 1), { tab }),
];

/** First logins of two accounts in one tab, with their tokens. */
const twoAccounts = () => [
  mode('auto'),
  firstLogin(T0),
  exchange(after(0, 1)),
  firstLogin(after(1)),
  exchange(after(1, 1)),
];

const unlink = (at: number, account: string | null = null) =>
  observe(api('/v1/user/unlink', 200, { method: 'POST', account }), at);

/** A request of a tab's document. */
const by = (documentId: string, request: Observation): Observation =>
  ({ ...request, documentId }) as Observation;

const OTHER_SITE = 'https://other.test';

/** SDK v1's kapi frame, which works for a site. */
const frameOf = (site: string) =>
  `https://kapi.kakao.com/cors/?xdm_e=${encodeURIComponent(site)}&xdm_c=d&xdm_p=1`;

/** A first login by SDK v1's popup, and its page's frame. Its token is in the popup's page, as far as that is recorded. */
const v1Login = (at: number, site: string, issued?: string): HarRequest[] => {
  const url = `https://kauth.kakao.com/oauth/authorize?client_id=${APP}&redirect_uri=kakaojs&response_type=code&state=${at}&proxy=easyXDM_Kakao_x_provider`;
  const form = { method: 'POST', url: 'https://kauth.kakao.com/oauth/authorize', document: true };
  const body = `opener.postMessage('x postResponse '+"%7B%22access_token%22%3A%22${issued}%22%7D")`;
  return [
    { at, url, document: true, headers: { Referer: `${site}/` } },
    { at: at + 2000, ...form, headers: { Referer: url }, ...(issued ? { body } : {}) },
    { at: at + 2100, url: frameOf(site), document: true, headers: { Referer: `${site}/` } },
  ];
};

/** A call out of SDK v1's frame. */
const v1Me = (at: number, headers: Record<string, string>): HarRequest => ({
  at,
  url: 'https://kapi.kakao.com/v2/user/me',
  document: false,
  headers,
});

/** Kakao asks the browser to log in. */
const loginForm = (at: number): HarRequest => ({
  at,
  url: 'https://kauth.kakao.com/oauth/authorize?client_id=x&redirect_uri=https%3A%2F%2Fx.test%2Fcb&response_type=code',
  to: 'https://accounts.kakao.com/login/?continue=x#login',
  document: true,
  headers: { Referer: `${SITE}/` },
});

/** Requests whose answers issue other tokens: `AT-2`, `RT-2` instead of `AT-1`, `RT-1`. */
const withToken = (issued: string, requests: readonly HarRequest[]): HarRequest[] =>
  requests.map((r) =>
    r.body
      ? { ...r, body: r.body.replace('AT-1', issued).replace('RT-1', issued.replace('A', 'R')) }
      : r,
  );

/** The page refreshes a token. */
const harRefresh = (at: number, refreshToken: string, issued: string): HarRequest => ({
  at,
  method: 'POST',
  url: 'https://kauth.kakao.com/oauth/token',
  document: false,
  headers: { Origin: SITE, Referer: `${SITE}/` },
  form: `grant_type=refresh_token&client_id=x&refresh_token=${refreshToken}`,
  body: JSON.stringify({ token_type: 'bearer', access_token: issued, expires_in: 21599 }),
});

/** First logins of two accounts in one tab, whose page then refreshes a token and calls with the new one. */
const twoAccountsThenRefresh = (refreshToken: string): HarRequest[] =>
  inTab('r:1', [
    ...harFirstLogin(T0),
    loginForm(after(1)),
    ...withToken('AT-2', harFirstLogin(after(1, 1))),
    harRefresh(after(1, 2), refreshToken, 'AT-3'),
    harMe(after(1, 3), { headers: { Authorization: 'Bearer AT-3' } }),
  ]);

/** Requests in which codes are as long as Kakao's. */
const withLongCodes = (requests: readonly HarRequest[]): HarRequest[] =>
  requests.map(({ url, to, ...rest }) => ({
    ...rest,
    url: url.replace('code=c', 'code=CODE-5f3a'),
    ...(to === undefined ? {} : { to: to.replace('code=c', 'code=CODE-5f3a') }),
  }));

/** A first login whose code the back end exchanges. */
const harFirstLoginOf = (at: number, userAgent: string): HarRequest[] =>
  withLongCodes(harFirstLogin(at, { headers: { 'User-Agent': userAgent } }).slice(0, -1));

/** A back end exchanges the code of a login that began at an instant. */
const exchangeOf = (login: number, at: number, issued: string): HarRequest => ({
  at,
  method: 'POST',
  url: 'https://kauth.kakao.com/oauth/token',
  headers: { 'User-Agent': 'node' },
  form: `grant_type=authorization_code&client_id=${APP}&code=CODE-5f3a${login}`,
  body: JSON.stringify({ token_type: 'bearer', access_token: issued, expires_in: 21599 }),
});

/** Histories in which a request was taken for that of the latest login, though it may carry an earlier one's token. */
const WHOSE_TOKEN: KnownCase[] = [
  {
    name: 'two apps in one tab: a call may carry the token of either',
    history: [...twoApps(), me(after(1, 2))],
    at: 30,
    logins: [{ verdict: 'missed likely' }, { verdict: 'complete likely' }],
  },
  {
    name: 'two apps in two tabs of one site: a call may carry the token of either',
    history: [...twoApps('r:2'), me(after(1, 2), { tab: 'r:2' })],
    at: 30,
    logins: [{ verdict: 'missed likely' }, { verdict: 'complete likely' }],
  },
  {
    name: 'two apps in one tab: a body that names the later account tells whose call it is',
    history: [
      ...twoApps().slice(0, -1),
      observe(token(200, { account: 'hash-b' }), after(1, 1)),
      me(after(1, 2), {}, { account: 'hash-b' }),
    ],
    at: 30,
    logins: [{ verdict: 'missed certain' }, { verdict: 'complete certain' }],
  },
  {
    name: 'page gone back to after a login of another account: its call may carry the token of either',
    history: [
      mode('auto'),
      firstLogin(T0),
      by('d1', me(after(0, 2))),
      firstLogin(after(1)),
      by('d2', exchange(after(1, 1))),
      by('d1', me(after(1, 2))),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }, { verdict: 'complete likely' }],
  },
  {
    name: 'page gone back to that had only got its token before: its call may carry the token of either',
    history: [
      mode('auto'),
      firstLogin(T0),
      by('d1', exchange(after(0, 1))),
      firstLogin(after(1)),
      by('d2', exchange(after(1, 1))),
      by('d1', me(after(1, 2))),
    ],
    at: 30,
    logins: [{ verdict: 'missed likely' }, { verdict: 'complete likely' }],
  },
  {
    name: 'page gone back to after a login of the same account: its call completes the link',
    history: [
      mode('auto'),
      firstLogin(T0),
      by('d1', exchange(after(0, 1))),
      repeatLogin(after(1)),
      by('d2', exchange(after(1, 1))),
      by('d1', me(after(1, 2))),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }, { verdict: 'not-applicable certain' }],
  },
  {
    name: 'page that stays while its popup logs in another account: its call is likelier of that one',
    history: [
      mode('auto'),
      firstLogin(T0),
      by('d1', exchange(after(0, 1))),
      firstLogin(after(1), { tab: 'r:2', opener: 'r:1' }),
      by('d1', exchange(after(1, 1))),
      by('d1', me(after(1, 2))),
    ],
    at: 30,
    logins: [{ verdict: 'missed' }, { verdict: 'complete' }],
  },
  {
    name: 'page that stays while its popups log in two accounts and get the tokens: its call is surely of the later one',
    history: [
      mode('auto'),
      ...['r:2', 'r:3'].flatMap((tab, i) => [
        firstLogin(after(i), { tab, opener: 'r:1' }),
        by(`popup ${i}`, exchange(after(i, 1), { tab, opener: 'r:1' })),
        by('d1', me(after(i, 2))),
      ]),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }, { verdict: 'complete certain' }],
  },
  ...[
    {
      page: 'page that called before',
      before: [
        by('d2', observe(api('/v1/user/access_token_info', 200), after(0, 2), { tab: 'r:2' })),
      ],
    },
    { page: 'duplicated tab, which calls for the first time', before: [] },
  ].map(({ page, before }): KnownCase => ({
    name: `${page}, after another tab’s login of another account: the call may carry the token of either`,
    history: [
      mode('auto'),
      firstLogin(T0),
      by('d1', exchange(after(0, 1))),
      ...before,
      firstLogin(after(1)),
      by('d3', exchange(after(1, 1))),
      by('d2', me(after(1, 2), { tab: 'r:2' })),
    ],
    at: 30,
    logins: [{ verdict: 'missed likely' }, { verdict: 'complete likely' }],
  })),
  {
    name: "two accounts in one tab: an unlink may carry the earlier one's token",
    history: [...twoAccounts(), unlink(after(1, 2))],
    at: 30,
    logins: [{ verdict: 'missed likely' }, { verdict: 'unlinked likely' }],
  },
  {
    name: 'two accounts in one tab: an unlink that names the later one cuts its link',
    history: [
      ...twoAccounts().slice(0, -1),
      observe(token(200, { account: 'hash-b' }), after(1, 1)),
      unlink(after(1, 2), 'hash-b'),
    ],
    at: 30,
    logins: [{ verdict: 'missed certain' }, { verdict: 'unlinked certain' }],
  },
  {
    name: "two devices and their back end in a proxy's file: the code tells whose token it is",
    history: async () => [
      mode('auto'),
      await fromHar([
        ...harFirstLoginOf(T0, PHONE),
        ...harFirstLoginOf(after(0, 1), DESK),
        exchangeOf(T0, after(0, 2), 'AT-OF-THE-PHONE'),
        exchangeOf(after(0, 1), after(0, 3), 'AT-OF-THE-DESK'),
        {
          at: after(0, 4),
          url: 'https://kapi.kakao.com/v2/user/me',
          headers: { 'User-Agent': 'node', Authorization: 'Bearer AT-OF-THE-PHONE' },
        },
      ]),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }, { verdict: 'unseen | missed' }],
  },
  {
    name: "two windows of one browser in a proxy's file: a call may be of either",
    history: async () => [
      mode('auto'),
      await fromHar([
        ...harFirstLogin(T0),
        loginForm(after(0, 30)),
        ...harFirstLogin(after(0, 31)),
        harMe(after(0, 32), { headers: { Authorization: '' } }),
        { at: after(29), url: `${SITE}/`, document: true },
      ]),
    ],
    at: 30,
    logins: [
      { never: 'missed certain | complete certain', kind: 'first' },
      { never: 'missed certain | complete certain', kind: 'first' },
    ],
  },
  {
    name: "two logins in one window of a proxy's file, Kakao's session gone in between: the later one's call",
    history: async () => [
      mode('auto'),
      await fromHar([
        ...harFirstLogin(T0),
        { at: after(0, 20), url: 'https://kauth.kakao.com/oauth/logout', to: SITE, document: true },
        loginForm(after(0, 30)),
        ...harFirstLogin(after(0, 31)),
        harMe(after(0, 32), { headers: { Authorization: '' } }),
        { at: after(29), url: `${SITE}/`, document: true },
      ]),
    ],
    at: 30,
    logins: [{ verdict: 'missed certain' }, { verdict: 'complete certain' }],
  },
  ...['r:1', 'r:2'].map((page): KnownCase => ({
    name: `call in a file that carries the token of the account before, in ${page === 'r:1' ? 'one tab' : 'another tab'}: is of that account`,
    history: async () => [
      mode('auto'),
      await fromHar([
        ...inTab('r:1', harFirstLogin(T0)),
        ...inTab(page, [loginForm(after(1)), ...withToken('AT-2', harFirstLogin(after(1, 1)))]),
        ...inTab(page, [harMe(after(1, 2))]),
      ]),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }, { verdict: 'missed certain | unseen' }],
  })),
  {
    name: 'call in a file that carries the refreshed token of the account before: is of that account',
    history: async () => [mode('auto'), await fromHar(twoAccountsThenRefresh('RT-1'))],
    at: 30,
    logins: [{ verdict: 'complete certain' }, { verdict: 'missed certain | unseen' }],
  },
  {
    name: 'call in a file that carries a token refreshed with an unknown one: is of the last account',
    history: async () => [mode('auto'), await fromHar(twoAccountsThenRefresh('RT-9'))],
    at: 30,
    logins: [{ verdict: 'missed | unseen' }, { verdict: 'complete certain' }],
  },
  {
    name: 'call out of SDK v1’s frame with the token of another site’s login, in a proxy’s file: is of that login',
    history: async () => [
      mode('auto'),
      await fromHar([
        ...v1Login(T0, SITE, 'kQ3vZp9xYb7Lr2TnWc5Hs8Jd1Fg4Mq6AAAAQo9dRsAAAGTab'),
        loginForm(after(0, 9)),
        ...v1Login(after(0, 10), OTHER_SITE, 'Wm8tRb2nKx6Yq4Zc9Dv1Lp7Hj3Sg5FaAAAAQo9dRsAAAGTcd'),
        v1Me(after(0, 20), {
          Referer: 'https://kapi.kakao.com/',
          Authorization: 'Bearer kQ3vZp9xYb7Lr2TnWc5Hs8Jd1Fg4Mq6AAAAQo9dRsAAAGTab',
        }),
      ]),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }, { verdict: 'missed | unseen' }],
  },
  {
    name: 'call out of SDK v1’s frame of a site that is not the last, tokens left out: is not surely of the last one’s login',
    history: async () => [
      mode('auto'),
      await fromHar([
        ...v1Login(T0, SITE),
        loginForm(after(0, 9)),
        ...v1Login(after(0, 10), OTHER_SITE),
        v1Me(after(0, 20), { Referer: frameOf(SITE) }),
      ]),
    ],
    at: 30,
    logins: [{ verdict: 'complete' }, { never: 'complete certain' }],
  },
];

describe('no request is surely of a login whose token it need not carry', () => {
  testCases(WHOSE_TOKEN);
});
