import { describe } from 'vitest';
import type { Observation } from '../../../../utils/model/observation.ts';
import {
  APP,
  authorize,
  exchange,
  firstLogin,
  me,
  observe,
  repeatLogin,
  SITE,
  T0,
} from '../../fixtures.ts';
import {
  after,
  codeArrives,
  consentAgain,
  IN_POPUP,
  loginInPopup,
  MALL,
  mode,
  POLL,
  reported,
  testCases,
  withSentAt,
  type KnownCase,
} from './known-case.ts';

/** The page's SDK asks whether its popup has the code. */
const polling = (at: number) => observe({ type: 'poll', clientId: APP, watched: true }, at);

/** What a popup shows while its opener polls. */
const pollingPopup = (at: number, shown: Observation[], tab = 'r:1') => [
  { ...polling(at), tab },
  ...shown,
  { ...polling(at + 4000), tab },
];

const atLoginForm = (at: number) =>
  observe(authorize({ outcome: 'login-form', params: ['is_popup'] }), at + 10, IN_POPUP);

/** The page of a popup that polls is its result: the account was linked. */
const repeatPage = (at: number, popup = IN_POPUP) =>
  observe(authorize({ outcome: 'screen', params: ['client_id', 'is_popup'] }), at + 10, popup);

/** A first login in a popup that ends on a page of Kakao's, of which the opener polls for the code. */
const keptCode = (at: number, popup = IN_POPUP) => {
  const form = { clientId: null, redirectUri: null, method: 'POST', params: [], fromKakao: true };
  const result = observe(authorize({ ...form, outcome: 'screen' }), at + 3000, {
    ...popup,
    site: null,
  });
  return pollingPopup(at, [repeatPage(at, popup), result], popup.opener ?? 'r:1');
};

/** A first login in a popup, which Kakao sends to the redirect URI; the popup closes before that page shows. */
const popupLogin = (at: number, opener: string | null) => {
  const place = { tab: 'r:8', opener };
  return [
    observe(authorize({ outcome: 'screen', params: ['client_id', 'is_popup'] }), at, place),
    observe(authorize({ clientId: null, method: 'POST', params: [], fromKakao: true }), at + 3000, {
      ...place,
      site: null,
    }),
  ];
};

/** Where a proxy's file puts what each of two devices sent. */
const ON_PHONE = { source: 'har', cookieStore: 'har', tab: 'har:1' } as const;

const ON_TABLET = { source: 'har', cookieStore: 'har-2', tab: 'har:2' } as const;

const POLLED_POPUPS: KnownCase[] = [
  {
    name: 'page that keeps the code of its popup for minutes: its call is not surely the login’s before',
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(T0 + 4000),
      keptCode(after(26), { tab: 'r:2.1', opener: 'r:2' }),
      exchange(after(26, 6), { tab: 'r:2' }),
      me(after(26, 6) + 1000, { tab: 'r:2' }),
    ],
    at: 80,
    logins: [{ never: 'late certain' }, {}],
  },
  {
    name: 'consent in another tab while a page keeps the code of its popup, exchanged first: that may have made the link',
    history: [
      mode('auto'),
      keptCode(T0),
      consentAgain(T0 + 20_000, { tab: 'r:3' }),
      exchange(after(0, 2)),
      exchange(after(0, 2) + 1000, { tab: 'r:3' }),
    ],
    at: 30,
    logins: [{ kind: 'first likely', never: 'missed certain' }, {}],
  },
  ...[null, 'r:1'].map((opener): KnownCase => ({
    name: `popup got the code, and its opener${opener ? '' : ', which nothing names,'} brings it to the site: one login`,
    history: [
      mode('auto'),
      polling(T0),
      popupLogin(after(0, 1), opener),
      polling(after(0, 1) + 3500),
      observe(
        { type: 'arrival', redirectUri: `${SITE}/cb`, outcome: 'code', error: null },
        after(0, 1) + 4000,
      ),
      exchange(after(0, 2)),
      me(after(0, 3)),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain', kind: 'first' }],
  })),
  {
    name: "SDK v2's popup left on one site, another over at once on the tab's next site: the login is the next site's",
    history: [
      mode('auto'),
      observe(authorize({ outcome: 'screen', params: ['client_id', 'is_popup'] }), T0, IN_POPUP),
      observe({ type: 'poll', clientId: APP, watched: true }, T0 + 1000),
      observe(
        { type: 'arrival', redirectUri: `${MALL}/cb`, outcome: 'code', error: null },
        T0 + 60_000,
        { site: MALL },
      ),
      exchange(T0 + 61_000, { site: MALL }),
    ],
    at: 2,
    logins: [{ site: MALL, neverKind: 'first certain' }],
  },
  {
    name: "SDK v2's popup closed at the login form, then a code at its redirect URI, perhaps another provider's: no sure repeat",
    history: [
      mode('auto'),
      observe(
        authorize({ outcome: 'login-form', params: ['client_id', 'is_popup'] }),
        T0,
        IN_POPUP,
      ),
      observe({ type: 'poll', clientId: APP, watched: true }, T0 + 1000),
      observe(
        { type: 'arrival', redirectUri: `${SITE}/cb`, outcome: 'code', error: null },
        T0 + 60_000,
      ),
    ],
    at: 2,
    logins: [{ never: 'not-applicable certain' }],
  },
  {
    name: "another provider's code in the tab, then a popup's login: its token and call are its own",
    history: [
      mode('auto'),
      codeArrives(T0 - 60_000, { path: '/google' }),
      ...loginInPopup(SITE),
      observe({ type: 'poll', clientId: APP, watched: true }, T0 + 4000),
      exchange(T0 + 4500),
      me(T0 + 5000),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }],
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
    name: `SDK v2's popup that ends on Kakao's page after the login form, opened by ${site ?? 'an untold page'}: watched as the page that polled`,
    history: [
      mode('auto'),
      ...loginInPopup(site),
      observe({ type: 'poll', clientId: APP, watched: true }, T0 + 4000),
      exchange(T0 + 4500),
    ],
    at: 30,
    logins: [{ verdict: 'missed certain', kind: site ? 'first certain' : 'first' }],
  })),
];

const KEPT_CODES: KnownCase[] = [
  {
    name: 'popup whose page keeps the code it polled for and exchanges it: a first login',
    history: [mode('auto'), keptCode(T0), exchange(T0 + 4500), me(T0 + 5000)],
    at: 30,
    logins: [{ verdict: 'complete certain', kind: 'first certain' }],
  },
  {
    name: 'the same in a popup that another page led to: a login of the page that polled',
    history: [
      mode('auto'),
      keptCode(T0, { tab: 'r:8', opener: 'r:1' }).map((o) =>
        o.tab === 'r:8' && o.site ? { ...o, site: MALL } : o,
      ),
      exchange(T0 + 4500),
    ],
    at: 30,
    logins: [{ site: SITE }],
  },
  {
    name: 'the same, exchanged by its server, which reports that and no more',
    history: [
      mode('auto'),
      keptCode(T0),
      reported(T0 + 4500, 'kakao;desc="POST /oauth/token 200"'),
    ],
    at: 30,
    logins: [{ verdict: 'missed certain', kind: 'first certain' }],
  },
  {
    name: 'account that logs in so on one site, and whose call there completes the link that it made on another',
    history: [
      mode('auto'),
      firstLogin(T0, { site: MALL, fact: { redirectUri: `${MALL}/cb` } }),
      exchange(T0 + 4000, { site: MALL }),
      pollingPopup(after(1), [repeatPage(after(1))]),
      exchange(after(1) + 4500),
      me(after(1) + 5000),
    ],
    at: 30,
    logins: [{ never: 'missed certain' }, { neverKind: 'first certain' }],
  },
  {
    name: 'token after such a popup that may be an earlier login’s, refreshed: perhaps a login',
    history: [
      mode('auto'),
      repeatLogin(after(-3)),
      exchange(after(-3) + 1000),
      keptCode(T0),
      exchange(T0 + 4500),
    ],
    at: 30,
    logins: [{ kind: 'repeat' }, { never: 'missed certain', kind: 'unknown' }],
  },
  {
    name: 'two such popups, both agreed to, and the later page has its token first: it is not for certain the first login',
    history: [
      mode('auto'),
      keptCode(T0),
      keptCode(T0 + 1000, { tab: 'r:9', opener: 'r:2' }),
      exchange(T0 + 5200, { tab: 'r:2' }),
      exchange(T0 + 9000),
    ],
    at: 30,
    logins: [{ neverKind: 'first certain' }, {}],
  },
  {
    name: 'such a popup of an unknown opener, whose token did not come, and another a minute later: that is no sure first login',
    history: [
      mode('auto'),
      keptCode(T0, { tab: 'r:8', opener: null }),
      polling(after(0, 1)),
      exchange(after(0, 1) + 500),
    ],
    at: 30,
    logins: [{ neverKind: 'first certain' }],
  },
  {
    name: 'popup that goes from the login form to a page of Kakao’s that says nothing, and a token at once: perhaps a login',
    history: [
      mode('auto'),
      firstLogin(T0, { site: MALL, fact: { redirectUri: `${MALL}/cb` } }),
      exchange(T0 + 4000, { site: MALL }),
      pollingPopup(after(1), [atLoginForm(after(1))]),
      withSentAt(exchange(after(1) + 4300), after(1) + 4020),
      me(after(1) + 5000),
    ],
    at: 30,
    logins: [{ never: 'missed certain' }, { kind: 'unknown' }],
  },
  {
    name: 'popup at the login form while its opener refreshes a token: no login',
    history: [mode('auto'), pollingPopup(T0, [atLoginForm(T0)]), exchange(T0 + 4500)],
    at: 30,
    logins: [],
  },
];

describe('a popup of SDK v2, whose opener polls for the code', () => {
  testCases(POLLED_POPUPS);
});

describe('a page that keeps the code of its popup', () => {
  testCases(KEPT_CODES);
});
