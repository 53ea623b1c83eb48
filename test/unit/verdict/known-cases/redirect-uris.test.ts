import { describe } from 'vitest';
import { APP, SITE, T0 } from '../../fixtures.ts';
import {
  callWith,
  file,
  harFirstLogin,
  harMe,
  inFile,
  inTab,
  KAUTH,
  onPage,
  TOKEN,
  withOwnToken,
  type HarRequest,
} from './har-requests.ts';
import { after, MALL, mode, testCases, type KnownCase } from './known-case.ts';

const LATER_TOKEN = 'pW8sLm2cXv5Bn7Qa4Zt6Ey1Ru9Io3Gh0AAAAQo9dRsAAAHUbc';
const WWW = 'https://www.shop.test';

/** The last page and the exchange of a first login, whose callback a server leads on to another address. */
function ledOn(to: string): HarRequest[] {
  const [ask, agree, callback, exchange] = harFirstLogin(T0);
  if (!ask || !agree || !callback || !exchange) throw new Error('no login');
  const origin = new URL(to).origin;
  const headers = { ...exchange.headers, Origin: origin, Referer: `${origin}/` };
  // Browsers go on naming the page before the first of all redirects.
  const reached = { ...callback, at: callback.at + 50, url: to };
  return [ask, agree, { ...callback, to }, reached, { ...exchange, headers }];
}

const code = `code=c${T0}&state=s`;
const toWww = withOwnToken(ledOn(`${WWW}/cb?${code}`), TOKEN);
const LOCAL = 'http://localhost:3000';
const toLocal = withOwnToken(ledOn(`${LOCAL}/cb?${code}`), TOKEN);
const SHOP_APP = 'https://shop-app.test';
const toShopApp = withOwnToken(ledOn(`${SHOP_APP}/signed-in?${code}`), TOKEN);
const onLocal = { Origin: LOCAL, Referer: `${LOCAL}/` };
const onWww = { Origin: WWW, Referer: `${WWW}/` };

/** A page hands a token to its server. */
const hand = (at: number, token: string, site = SITE): HarRequest => ({
  at,
  method: 'POST',
  url: `${site}/api/session`,
  document: false,
  headers: { Origin: site, Referer: `${site}/` },
  form: JSON.stringify({ token }),
});

/** A step of a login in which the person logs in anew. */
const asAnother = (r: HarRequest): HarRequest => ({
  ...r,
  url: r.url.replace('response_type=code', 'response_type=code&prompt=login'),
});

const LED_ON: KnownCase[] = [
  {
    name: 'callback that is led on to another path with its code: one login',
    history: inFile([
      ...withOwnToken(ledOn(`${SITE}/cb/?${code}`), TOKEN),
      callWith(T0 + 5000, TOKEN),
    ]),
    at: 30,
    logins: [{ verdict: 'complete certain', kind: 'first certain' }],
  },
  {
    name: 'callback of a broker that leads on with a code of its own: one login',
    history: inFile([
      ...ledOn(`https://app.shop.test/in?code=vB7kQ2mX9pL4wZ&state=s`).slice(0, 4),
      callWith(T0 + 5000, TOKEN),
    ]),
    at: 30,
    logins: [{ kind: 'first certain' }],
  },
  {
    name: 'callback that is led on to another host, whose page exchanges the code: one login',
    history: inFile([...toWww, callWith(T0 + 5000, TOKEN, { headers: onWww })]),
    at: 30,
    logins: [{ verdict: 'complete certain', kind: 'first certain' }],
  },
  {
    name: 'callback that is led on to another host, whose page calls nothing: surely missed',
    history: inFile(toWww),
    at: 30,
    logins: [{ verdict: 'missed certain', kind: 'first certain' }],
  },
  {
    name: 'callback of a tunnel that is led on to the machine behind it, whose page exchanges the code: one login',
    history: inFile([...toLocal, callWith(T0 + 5000, TOKEN, { headers: onLocal })]),
    at: 30,
    logins: [{ verdict: 'complete certain', kind: 'first certain' }],
  },
  {
    name: 'the same, and a call whose token was left out: the login’s, too',
    history: inFile([
      ...toLocal,
      callWith(T0 + 5000, TOKEN, { headers: { ...onLocal, Authorization: 'Bearer REDACTED' } }),
    ]),
    at: 30,
    logins: [{ verdict: 'complete certain', kind: 'first certain' }],
  },
  {
    name: 'callback of a back end that is led on to a page of another domain and path, which exchanges the code: one login',
    history: inFile([
      ...toShopApp,
      callWith(T0 + 5000, TOKEN, { headers: { Origin: SHOP_APP, Referer: `${SHOP_APP}/` } }),
    ]),
    at: 30,
    logins: [{ verdict: 'complete certain', kind: 'first certain' }],
  },
  {
    name: 'the same without a call: surely missed',
    history: inFile(toShopApp),
    at: 30,
    logins: [{ verdict: 'missed certain', kind: 'first certain' }],
  },
  {
    name: 'callback that is led on to another host, whose page hands the token over: no sure miss',
    history: inFile([...toWww, hand(T0 + 5000, TOKEN, WWW)]),
    at: 30,
    logins: [{ never: 'missed certain' }],
  },
  {
    name: 'callback that is led on to another host, whose page hands over what was left out: no sure miss',
    history: inFile([
      ...toWww.map(({ body: _body, ...r }) => r),
      hand(T0 + 5000, 'what the recorder left out, access_token', WWW),
    ]),
    at: 30,
    logins: [{ never: 'missed certain' }],
  },
];

const HANDED: KnownCase[] = [
  {
    name: 'a page of another site, given the token by the one that got it: no sure miss',
    history: inFile([...withOwnToken(harFirstLogin(T0), TOKEN), hand(T0 + 5000, TOKEN, MALL)]),
    at: 30,
    logins: [{ never: 'missed certain' }],
  },
  {
    name: 'the page after another account’s login, which still has the token of the one before: no sure miss of that one',
    history: inFile([
      ...withOwnToken(harFirstLogin(T0), TOKEN),
      ...withOwnToken(harFirstLogin(after(0, 5)).map(asAnother), LATER_TOKEN),
      hand(after(0, 6), TOKEN),
    ]),
    at: 30,
    logins: [{ never: 'missed certain' }, {}],
  },
];

/** A request that names the redirect URI with http, and is sent there so. */
function toHttp(r: HarRequest): HarRequest {
  const asHttp = (text: string) =>
    text.replace(encodeURIComponent(SITE), encodeURIComponent(`http:${SITE.slice(6)}`));
  return {
    ...r,
    url: asHttp(r.url),
    ...(r.to ? { to: r.to.replace(/^https:/, 'http:') } : {}),
    ...(r.form ? { form: asHttp(r.form) } : {}),
    headers: { ...r.headers, Referer: asHttp(r.headers?.['Referer'] ?? '') },
  };
}

const LOADED_AGAIN: KnownCase[] = [
  {
    name: 'page loaded again with its code while a popup is on its way, which then ends: no login of the reload',
    history: async () => {
      const first = withOwnToken(harFirstLogin(T0), TOKEN);
      const popup = {
        at: after(0, 1),
        url: `${KAUTH}/oauth/authorize?client_id=${APP}&redirect_uri=${encodeURIComponent(`${SITE}/cb`)}&response_type=code&is_popup=true`,
        to: 'https://accounts.kakao.com/login?continue=x',
        document: true,
        headers: { Referer: `${SITE}/` },
      };
      const reload = first.slice(2, 3).map((r) => ({ ...r, at: after(0, 2) }));
      return [
        mode('auto'),
        await file([...onPage(first), ...inTab('page_2', [popup]), ...onPage(reload)]),
      ];
    },
    at: 30,
    logins: [{ verdict: 'missed' }],
  },
  {
    name: 'redirect URI of http that the browser knows to use https, which its recording does not say: one login',
    history: async () => [
      mode('auto'),
      await file([...harFirstLogin(T0).map(toHttp), harMe(after(0, 1))]),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain', kind: 'first certain' }],
  },
];

describe('a server leads on from the redirect URI', () => {
  testCases(LED_ON);
});

describe('a token is handed over by', () => {
  testCases(HANDED);
});

describe('a redirect URI that is loaded again, or written otherwise', () => {
  testCases(LOADED_AGAIN);
});
