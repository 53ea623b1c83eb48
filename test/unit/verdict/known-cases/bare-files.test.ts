import { describe } from 'vitest';
import { MINUTE_MS } from '../../../../utils/model/time.ts';
import { APP, SITE, T0 } from '../../fixtures.ts';
import { file, KAPI, KAUTH, type HarRequest } from './har-requests.ts';
import { after, mode, testCases, type KnownCase } from './known-case.ts';

const OTHER_SITE = 'https://game.test';
const OTHER_APP = 'other-app-key-01';

const HTML = { content: { mimeType: 'text/html' } };

/** An answer with which a site's server reports a call. */
const REPORT = { headers: [{ name: 'Server-Timing', value: 'kakao;desc="GET /v2/user/me 200"' }] };

const page = (at: number, url: string): HarRequest => ({ at, url, response: HTML });

const authorizeUrl = (site: string, clientId: string, type: string) =>
  `${KAUTH}/oauth/authorize?client_id=${clientId}&redirect_uri=${encodeURIComponent(`${site}/cb`)}&response_type=${type}`;

/** A first login of a page that exchanges its code; nothing but method, address, answer and the token is kept. */
const firstLogin = (at: number, site: string, clientId: string, token: string): HarRequest[] => {
  const code = `${site}/cb?code=c${at}`;
  return [
    page(at, authorizeUrl(site, clientId, 'code')),
    { at: at + 2000, method: 'POST', url: `${KAUTH}/oauth/authorize`, to: code },
    page(at + 2100, code),
    {
      at: at + 2300,
      method: 'POST',
      url: `${KAUTH}/oauth/token`,
      body: JSON.stringify({ access_token: token, expires_in: 21599 }),
    },
  ];
};

/** A first login by the implicit grant, in a file that leaves out the page that it leads to. */
const implicitLogin = (at: number): HarRequest[] => [
  page(at, authorizeUrl(OTHER_SITE, OTHER_APP, 'token')),
  {
    at: at + 2000,
    method: 'POST',
    url: `${KAUTH}/oauth/authorize`,
    to: `${OTHER_SITE}/cb#access_token=AT-9&token_type=bearer`,
  },
];

/** A first login by SDK v1's popup, and the frame out of which its page makes calls; the page itself is left out. */
const v1Login = (at: number): HarRequest[] => [
  page(
    at,
    `${KAUTH}/oauth/authorize?client_id=${OTHER_APP}&redirect_uri=kakaojs&response_type=code&proxy=easyXDM_Kakao_a_provider`,
  ),
  {
    at: at + 2000,
    method: 'POST',
    url: `${KAUTH}/oauth/authorize`,
    body: '<script>postMessage("postResponse %7B%22access_token%22%3A%22AT-9%22%7D")</script>',
    response: {
      content: {
        mimeType: 'text/html',
        text: 'postResponse %7B%22access_token%22%3A%22AT-9%22%7D',
      },
    },
  },
  page(at + 3000, `${KAPI}/cors/?xdm_e=${encodeURIComponent(OTHER_SITE)}&xdm_c=default1&xdm_p=1`),
];

const call = (at: number, more: Partial<HarRequest> = {}): HarRequest => ({
  at,
  url: `${KAPI}/v2/user/me`,
  ...more,
});

/** A first login on each of two sites, some ms apart, and a request that follows. */
const twoSitesAnd =
  (apart: number, request: HarRequest): KnownCase['history'] =>
  async () => [
    mode('auto'),
    mode('auto', OTHER_APP),
    await file([
      ...firstLogin(T0, SITE, APP, 'AT-1'),
      ...firstLogin(T0 + apart, OTHER_SITE, OTHER_APP, 'AT-2'),
      request,
    ]),
  ];

/** A login that nobody completes, and another one on another site whose call follows. */
const secondCompleted = (name: string, second: readonly HarRequest[]): KnownCase => ({
  name,
  history: async () => [
    mode('auto'),
    mode('auto', OTHER_APP),
    await file([...firstLogin(T0, SITE, APP, 'AT-1'), ...second, call(after(0, 12))]),
  ],
  at: 30,
  logins: [{ never: 'complete' }, { verdict: 'complete certain' }],
});

describe('files that keep little of each request are judged by what they keep', () => {
  testCases([
    {
      name: 'unlink with no sign of a form: cuts the link of who is logged in',
      history: async () => [
        mode('auto'),
        await file([
          ...firstLogin(T0, SITE, APP, 'AT-1'),
          call(after(3), { method: 'POST', url: `${KAPI}/v1/user/unlink` }),
        ]),
      ],
      at: 30,
      logins: [{ verdict: 'unlinked certain' }],
    },
    {
      name: 'call by POST with no sign of a form: is about who is logged in',
      history: async () => [
        mode('auto'),
        await file([...firstLogin(T0, SITE, APP, 'AT-1'), call(after(3), { method: 'POST' })]),
      ],
      at: 30,
      logins: [{ verdict: 'complete certain' }],
    },
    secondCompleted(
      'call out of SDK v1’s frame without its page: is of the site that the frame names',
      v1Login(after(0, 10)),
    ),
    secondCompleted(
      'call of a site to which kauth led without its page: is of that site’s login',
      implicitLogin(after(0, 10)),
    ),
    {
      name: 'call with a short token on a page of another site: is of the login whose token it carries',
      history: twoSitesAnd(
        10 * MINUTE_MS,
        call(after(0, 20), { headers: { Authorization: 'Bearer AT-1' } }),
      ),
      at: 30,
      logins: [{ verdict: 'complete certain' }, { verdict: 'missed certain' }],
    },
    {
      name: 'report of a site that names no page, after another site’s page: is of its own site’s login',
      history: twoSitesAnd(10 * MINUTE_MS, {
        at: after(0, 20),
        url: `${SITE}/session`,
        response: REPORT,
      }),
      at: 30,
      logins: [{ verdict: 'complete certain' }, { verdict: 'missed certain' }],
    },
    {
      name: 'hand-over by a site that names no page, after another site’s page: no sure miss',
      history: twoSitesAnd(10_000, {
        at: T0 + 20_000,
        method: 'POST',
        url: `${SITE}/session`,
        form: 'access_token=REDACTED',
      }),
      at: 30,
      logins: [{ never: 'missed certain' }, { verdict: 'missed certain' }],
    },
  ]);
});
