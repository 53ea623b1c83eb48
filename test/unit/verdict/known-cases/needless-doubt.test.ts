import { describe } from 'vitest';
import {
  APP,
  authorize,
  exchange,
  firstLogin,
  HOUR,
  me,
  observe,
  repeatLogin,
  SITE,
  T0,
  token,
} from '../../fixtures.ts';
import { file, fromHar, harFirstLogin, harMe, type HarRequest } from './har-requests.ts';
import {
  after,
  codeArrives,
  IN_POPUP,
  loginInPopup,
  mode,
  POLL,
  reported,
  testCases,
  TOKEN_REPORT,
  type KnownCase,
} from './known-case.ts';

/** Where a proxy's file puts what each of two devices sent. */
const ON_PHONE = { source: 'har', cookieStore: 'har', tab: 'har:1' } as const;

const ON_TABLET = { source: 'har', cookieStore: 'har-2', tab: 'har:2' } as const;

/** A call that tells of a link made with a login at T0, by a clock that is `ahead` ms ahead. */
const meOfNewLink = (ahead: number): HarRequest =>
  harMe(after(0, 1), {
    body: JSON.stringify({ id: 7, connected_at: new Date(T0 + 2000 + ahead) }),
  });

/** A request whose answer says that Kakao gave it at an instant, epoch ms. */
const answeredAt = (r: HarRequest, at: number): HarRequest => ({
  ...r,
  response: { headers: [{ name: 'Date', value: new Date(at).toUTCString() }] },
});

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

const NEEDLESS_DOUBT: KnownCase[] = [
  {
    name: "another provider's code in the tab, then a popup's login: its token and call are its own",
    history: [
      mode('auto'),
      codeArrives(T0 - 60_000, '/google'),
      ...loginInPopup(SITE),
      observe({ type: 'poll', clientId: APP, watched: true }, T0 + 4000),
      exchange(T0 + 4500),
      me(T0 + 5000),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }],
  },
  {
    name: 'redirect URI loaded again, then another login in its tab: the call is of that one',
    history: [
      mode('auto'),
      firstLogin(T0),
      codeArrives(T0 + 3010),
      exchange(T0 + 3200),
      codeArrives(after(0, 1)),
      observe(token(400), after(0, 1) + 50),
      repeatLogin(after(0, 2)),
      codeArrives(after(0, 2) + 10),
      exchange(after(0, 2) + 200),
      me(after(0, 2) + 300),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }, { verdict: 'not-applicable certain' }],
  },
  {
    name: "report in the answer of an API host to the site's own page: counts for that page's site",
    history: [
      mode('auto'),
      firstLogin(T0),
      reported(after(0, 1), `${TOKEN_REPORT}, kakao;desc="GET /v2/user/me 200"`, {
        url: 'https://api.shop.test/session',
      }),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }],
  },
  {
    name: 'status written as text in a file: read as the number it is',
    history: async () => [
      mode('auto'),
      await fromHar([
        ...harFirstLogin(T0).map((r) => ({ ...r, status: String(r.to ? 302 : 200) })),
        harMe(after(0, 1), { status: '200' }),
      ]),
    ],
    at: 2,
    logins: [{ verdict: 'complete certain', kind: 'first certain' }],
  },
  {
    name: "SDK v2's popup whose form is answered by a page of Kakao's own, before its opener has the code: a first login",
    history: [
      mode('auto'),
      observe(authorize({ outcome: 'screen', params: ['client_id', 'is_popup'] }), T0, IN_POPUP),
      observe(
        authorize({
          outcome: 'screen',
          status: 302,
          method: 'POST',
          clientId: null,
          redirectUri: null,
          params: [],
          fromKakao: true,
        }),
        T0 + 3000,
        { ...IN_POPUP, site: null },
      ),
      observe({ type: 'poll', clientId: APP, watched: true }, T0 + 3800),
      observe(
        { type: 'arrival', redirectUri: `${SITE}/cb`, outcome: 'code', error: null },
        T0 + 4000,
      ),
      exchange(T0 + 5000),
      me(T0 + 6000),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain', kind: 'first certain' }],
  },
  {
    name: "SDK v2's popup that is over at once, before its opener polls for the first time: one repeat",
    history: [
      mode('auto'),
      observe(authorize({ outcome: 'code', params: ['client_id', 'is_popup'] }), T0, IN_POPUP),
      observe({ type: 'poll', clientId: APP, watched: true }, T0 + 1100),
      observe(
        { type: 'arrival', redirectUri: `${SITE}/cb`, outcome: 'code', error: null },
        T0 + 1200,
      ),
      exchange(T0 + 1300),
    ],
    at: 30,
    logins: [{ verdict: 'not-applicable certain' }],
  },
  {
    name: "SDK v2's popup left at the login form for another provider, whose code comes to a page of the site: no login",
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(T0 + 4000),
      observe({ type: 'poll', clientId: APP, watched: true }, T0 + 60_000),
      observe(
        authorize({ outcome: 'login-form', params: ['client_id', 'is_popup'] }),
        T0 + 60_010,
        IN_POPUP,
      ),
      observe({ type: 'poll', clientId: APP, watched: true }, T0 + 64_000),
      observe(
        { type: 'arrival', redirectUri: `${SITE}/google/cb`, outcome: 'code', error: null },
        T0 + 90_000,
      ),
      me(T0 + 100_000),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain', kind: 'first certain' }],
  },
  {
    name: 'popups of two devices in one file: polls of the one do not end the other’s',
    history: [
      mode('auto'),
      observe(POLL, T0, ON_PHONE),
      observe(
        authorize({ outcome: 'screen', params: ['client_id', 'is_popup'] }),
        T0 + 10,
        ON_PHONE,
      ),
      observe(
        authorize({
          outcome: 'screen',
          method: 'POST',
          clientId: null,
          params: [],
          fromKakao: true,
        }),
        T0 + 3000,
        ON_PHONE,
      ),
      observe(POLL, T0 + 4000, ON_TABLET),
      observe(POLL, T0 + 5000, ON_TABLET),
      observe(POLL, T0 + 5500, ON_PHONE),
      observe(
        { type: 'arrival', redirectUri: `${SITE}/cb`, outcome: 'code', error: null },
        T0 + 5600,
        ON_PHONE,
      ),
      exchange(T0 + 5800, ON_PHONE),
    ],
    at: 30,
    logins: [{ verdict: 'missed certain', kind: 'first certain' }],
  },
  ...[SITE, null].map((site): KnownCase => ({
    name: `SDK v2's popup that ends on Kakao's page, after the login form, opened by ${site ?? 'a page that nobody told'}: the site is watched as the page that polled`,
    history: [
      mode('auto'),
      ...loginInPopup(site),
      observe({ type: 'poll', clientId: APP, watched: true }, T0 + 4000),
      exchange(T0 + 4500),
    ],
    at: 30,
    logins: [{ verdict: 'missed certain', kind: site ? 'first certain' : 'first' }],
  })),
  {
    name: 'redirect URI of http that the browser knows to use https, which its recording does not say: one login',
    history: async () => [
      mode('auto'),
      await file([...harFirstLogin(T0).map(toHttp), harMe(after(0, 1))]),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain', kind: 'first certain' }],
  },
  {
    name: 'report in an answer that came before a login began: it is of who was logged in then',
    history: [
      mode('auto'),
      reported(T0 - 300_000, 'kakao;desc="GET /v2/user/me 200"', { sentAt: T0 - 300_200 }),
      firstLogin(T0),
      reported(after(0, 1), TOKEN_REPORT),
    ],
    at: 30,
    logins: [{ verdict: 'missed certain' }],
  },
  ...[-9 * HOUR, 12 * 60_000].map((ahead): KnownCase => ({
    name: `clock that is ${ahead / 60_000} minutes behind Kakao's, whose answers all say so: the link that is told of is new`,
    history: async () => [
      mode('auto'),
      await fromHar(
        [...harFirstLogin(T0), meOfNewLink(ahead)].map((r) => answeredAt(r, r.at + ahead)),
      ),
    ],
    at: 2,
    logins: [{ verdict: 'complete certain', kind: 'first certain' }],
  })),
  {
    name: "clock behind Kakao's in one answer alone: the link that is told of may be older",
    history: async () => [
      mode('auto'),
      await fromHar([
        ...harFirstLogin(T0).map((r) => answeredAt(r, r.at)),
        answeredAt(meOfNewLink(-9 * HOUR), T0 - 9 * HOUR),
      ]),
    ],
    at: 2,
    logins: [{ never: 'complete certain' }],
  },
  {
    name: 'two logins on a site whose server has the tokens: the second hides no more than the first one does itself',
    history: [mode('auto'), firstLogin(T0), repeatLogin(after(1))],
    at: 2,
    logins: [{ verdict: 'pending certain' }, { verdict: 'not-applicable certain' }],
  },
];

describe('no doubt is left that need not be', () => {
  testCases(NEEDLESS_DOUBT);
});
