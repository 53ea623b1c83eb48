import { describe } from 'vitest';
import type { Observation } from '../../../../utils/model/observation.ts';
import {
  api,
  APP,
  authorize,
  exchange,
  firstLogin,
  me,
  observe,
  SITE,
  T0,
  token,
} from '../../fixtures.ts';
import { byProxy, file, harFirstLogin, inTab, KAUTH, type HarRequest } from './har-requests.ts';
import {
  after,
  agree,
  consentAgain,
  mode,
  testCases,
  withSentAt,
  type KnownCase,
} from './known-case.ts';

/** A login whose screen, its first step, was asked for at another instant than it was shown. */
function screenAskedAt(sent: number, [screen, ...steps]: Observation[]): Observation[] {
  return screen ? [withSentAt(screen, sent), ...steps] : [];
}

const IN_CONTAINER = { tab: 'r:2', cookieStore: 'container-2' };

/** A first login whose token is seen, and another tab's screen of the same app and session, shown and agreed to. */
const agreedInTwoTabs = (
  shownAt: number,
  agreedAt: number,
  calls: readonly Observation[] = [],
): Observation[] => {
  const [ask, screen, form] = firstLogin(T0);
  if (!ask || !screen || !form) throw new Error('no login');
  const other = { tab: 'r:2' };
  const steps = [
    ask,
    screen,
    form,
    exchange(T0 + 4000),
    observe(authorize({ outcome: 'screen' }), shownAt, other),
    observe(authorize({ clientId: null, method: 'POST', params: [], fromKakao: true }), agreedAt, {
      ...other,
      site: null,
    }),
    exchange(agreedAt + 500, other),
    ...calls,
  ];
  return steps.toSorted((a, b) => a.at - b.at);
};

/** The requests of SDK v2's popup on a page of another site, without what they sent: screen, form, a poll, the code, a token. */
function v2Popup(at: number): HarRequest[] {
  const site = 'https://mall.test';
  const ask = `${KAUTH}/oauth/authorize?client_id=${APP}&redirect_uri=${encodeURIComponent(`${site}/cb`)}&response_type=code&auth_tran_id=t1&is_popup=true`;
  const inPage = { Referer: `${site}/`, Origin: site };
  return [
    { at, url: ask, document: true, headers: { Referer: `${site}/` } },
    {
      at: at + 2000,
      method: 'POST',
      url: `${KAUTH}/oauth/authorize`,
      to: `${KAUTH}/public/popup/finish.html`,
      document: true,
      headers: { Origin: KAUTH, Referer: ask },
    },
    {
      at: at + 2500,
      url: `${KAUTH}/apiweb/code.json?client_id=${APP}&auth_tran_id=t1`,
      document: false,
      headers: inPage,
    },
    {
      at: at + 2600,
      url: `${site}/cb?code=popup-code`,
      document: true,
      headers: { Referer: `${site}/` },
    },
    {
      at: at + 2700,
      method: 'POST',
      url: `${KAUTH}/oauth/token`,
      document: false,
      headers: inPage,
    },
  ];
}

/**
 * Two of SDK v2's popups of one site in turn, whose screens are shown before either is agreed to; of what names a login, what
 * is told.
 */
function popupsInTurn(tells: { state: boolean; answer: boolean }): HarRequest[] {
  const popup = (
    name: string,
    ms: { ask: number; screen: number; agree: number },
  ): HarRequest[] => {
    const state = tells.state ? `&state=s${name}` : '';
    const ask = `${KAUTH}/oauth/authorize?client_id=${APP}&redirect_uri=${encodeURIComponent(`${SITE}/cb`)}&response_type=code&auth_tran_id=${name}&is_popup=true&state=s${name}`;
    const form = `https://accounts.kakao.com/login/?continue=${encodeURIComponent(ask)}`;
    const inPage = { Referer: `${SITE}/`, Origin: SITE };
    const page = { document: true };
    return [
      { ...page, at: T0 + ms.ask, url: ask, to: form, headers: { Referer: `${SITE}/` } },
      {
        ...page,
        at: T0 + ms.screen,
        url: `${ask}&through_account=true`,
        headers: { Referer: 'https://accounts.kakao.com/' },
      },
      {
        ...page,
        at: T0 + ms.agree,
        method: 'POST',
        url: `${KAUTH}/oauth/authorize`,
        headers: { Origin: KAUTH, Referer: ask },
      },
      {
        at: T0 + ms.agree + 500,
        url: `${KAUTH}/apiweb/code.json?client_id=${APP}&auth_tran_id=${name}`,
        document: false,
        headers: inPage,
        ...(tells.answer ? { body: `{"status":"ok","code":"aX3kQ9vZp7bLr2TnWc5-${name}"}` } : {}),
      },
      {
        ...page,
        at: T0 + ms.agree + 600,
        url: `${SITE}/cb?code=aX3kQ9vZp7bLr2TnWc5-${name}${state}`,
        headers: { Referer: `${SITE}/` },
      },
    ];
  };
  return [
    ...popup('1', { ask: 0, screen: 2000, agree: 4000 }),
    ...popup('2', { ask: 500, screen: 3000, agree: 8000 }),
  ].toSorted((a, b) => a.at - b.at);
}

/** The same where the first page keeps its code, and its token request is lost; the second polls on until its own is agreed to. */
const keptAndLost = (): HarRequest[] => {
  const pollsOn = [5000, 6000, 7000].map((ms) => ({
    at: T0 + ms,
    url: `${KAUTH}/apiweb/code.json?client_id=${APP}&auth_tran_id=2`,
    document: false,
    headers: { Referer: `${SITE}/`, Origin: SITE },
  }));
  return [
    ...popupsInTurn({ state: true, answer: true }).filter(
      ({ url }) => !/\/cb\?code=.*-1/.test(url),
    ),
    ...pollsOn,
  ].toSorted((a, b) => a.at - b.at);
};

/** As developer tools record them that follow popups, each on a page of its own, as their pages are. */
const onPopupsPages = (requests: readonly HarRequest[]): HarRequest[] =>
  requests.flatMap((r) => {
    const name = /auth_tran_id=(\d)/.exec(`${r.url} ${r.headers?.['Referer']}`)?.[1] ?? '2';
    const isPopup = r.url.includes('/oauth/authorize');
    return inTab(`${isPopup ? 'popup' : 'page'}_${name}`, [r]);
  });

/** The same with a Kakao session, so that neither is asked to log in, and with forms that name the app alone. */
const popupsOfSession = (): HarRequest[] =>
  popupsInTurn({ state: false, answer: true })
    .filter((r) => !r.to)
    .map((r) => {
      const form = `client_id=${APP}&redirect_uri=${encodeURIComponent(`${SITE}/cb`)}`;
      if (r.method === 'POST') return { ...r, form, headers: { Referer: `${KAUTH}/` } };
      const isScreen = r.url.includes('through_account');
      return isScreen
        ? {
            ...r,
            url: r.url.replace('&through_account=true', ''),
            headers: { Referer: `${SITE}/` },
          }
        : r;
    });

const TWO_TABS: KnownCase[] = [
  {
    name: 'two tabs on the consent screen: one link, and it is complete',
    history: [
      mode('auto'),
      firstLogin(T0, { tab: 'r:1' }).slice(0, 2),
      consentAgain(after(0, 1), { tab: 'r:2' }).slice(0, 1),
      agree(after(0, 2), { tab: 'r:1' }),
      exchange(after(0, 3), { tab: 'r:1' }),
      me(after(0, 4), { tab: 'r:1' }),
      agree(after(0, 5), { tab: 'r:2' }),
      exchange(after(0, 6), { tab: 'r:2' }),
    ],
    at: 30,
    logins: [{ verdict: 'complete' }, { never: 'missed certain', neverKind: 'first certain' }],
  },
  {
    name: 'two accounts that consent in one second, the screen of one unseen: that one is not surely a repeat',
    history: [
      mode('auto'),
      firstLogin(T0),
      agree(T0 + 3200, IN_CONTAINER),
      exchange(T0 + 4000),
      exchange(T0 + 4200, IN_CONTAINER),
      me(T0 + 5000, {}, { connectedAt: T0 + 3000 }),
      me(T0 + 5200, IN_CONTAINER, { connectedAt: T0 + 3000 }),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }, { neverKind: 'repeat certain' }],
  },
  {
    name: "link cut in Kakao's settings between two tabs' answers, which tell of links seconds apart: the second is no sure repeat",
    history: [
      ...agreedInTwoTabs(T0 + 2500, T0 + 10_000, [
        me(T0 + 5000, {}, { connectedAt: T0 + 3000, hasSignedUp: false }),
        me(T0 + 11_000, { tab: 'r:2' }, { connectedAt: T0 + 10_000, hasSignedUp: false }),
      ]),
    ],
    at: 3,
    logins: [{ kind: 'first certain' }, { neverKind: 'repeat certain' }],
  },
  {
    name: "two tabs' screens agreed to, which tell of the same link: the second is a repeat",
    history: [
      ...agreedInTwoTabs(T0 + 2500, T0 + 10_000, [
        me(T0 + 5000, {}, { connectedAt: T0 + 3000, hasSignedUp: false }),
        me(T0 + 11_000, { tab: 'r:2' }, { connectedAt: T0 + 3000, hasSignedUp: false }),
      ]),
    ],
    at: 3,
    logins: [{ kind: 'first certain' }, { kind: 'repeat certain' }],
  },
  {
    name: "two tabs' screens agreed to, with a sign-up between, which moves the link's instant: the second is a repeat",
    history: [
      mode('manual'),
      ...agreedInTwoTabs(T0 + 2500, T0 + 10_000, [
        me(T0 + 5000, {}, { connectedAt: T0 + 3000, hasSignedUp: false }),
        observe(api('/v1/user/signup', 200, { method: 'POST' }), T0 + 6000),
        me(T0 + 11_000, { tab: 'r:2' }, { connectedAt: T0 + 6000, hasSignedUp: true }),
      ]),
    ],
    at: 3,
    logins: [{ kind: 'first certain' }, { kind: 'repeat certain' }],
  },
  {
    name: "SDK v2's popup agreed to while another window's screen is shown, whose code comes first: that one made no sure link",
    history: (() => {
      const [ask, screen, form] = firstLogin(T0);
      if (!ask || !screen || !form) throw new Error('no login');
      const place = { tab: 'r:9', opener: 'r:8', cookieStore: 'other' };
      const fact = { outcome: 'screen' as const, params: ['client_id', 'is_popup'] };
      const sent = { method: 'POST', clientId: null, redirectUri: null, params: [] };
      const redirectUri = `${SITE}/cb`;
      return [
        mode('auto'),
        ask,
        observe(authorize(fact), T0 + 1500, place),
        screen,
        observe(authorize({ ...fact, ...sent, fromKakao: true }), T0 + 2500, {
          ...place,
          site: null,
        }),
        form,
        exchange(T0 + 3200),
        observe({ type: 'poll', clientId: APP, watched: true }, T0 + 3500, {
          tab: 'r:8',
          cookieStore: 'other',
        }),
        observe({ type: 'arrival', redirectUri, outcome: 'code', error: null }, T0 + 3700, {
          tab: 'r:8',
          cookieStore: 'other',
        }),
      ];
    })(),
    at: 3,
    logins: [{ neverKind: 'first certain' }, { neverKind: 'repeat certain' }],
  },
  {
    name: 'consent screen that was on its way while another tab’s login ended: it proves no new link',
    history: [
      mode('auto'),
      firstLogin(T0),
      observe(token(), T0 + 3200),
      screenAskedAt(T0 + 2900, consentAgain(T0 + 3100, { tab: 'r:2' })),
      me(T0 + 9000, { tab: 'r:2' }),
    ],
    at: 30,
    logins: [{ kind: 'first certain', never: 'missed certain' }, { neverKind: 'first certain' }],
  },
  {
    name: "proxy's file, SDK v2's popup while another tab shows the screen: the popup's login made the link",
    history: async () => [
      mode('auto'),
      await file(
        byProxy(
          [
            ...harFirstLogin(T0).slice(0, 1),
            ...v2Popup(T0 + 500),
            ...harFirstLogin(T0 + 8000).slice(1),
          ],
          'k=1',
        ),
      ),
    ],
    at: 30,
    logins: [{}, { neverKind: 'first certain', never: 'missed certain' }],
  },
  ...[
    { state: true, answer: false },
    { state: false, answer: true },
  ].map((tells): KnownCase => ({
    name: `proxy's file, two popups in turn, codes told apart by ${tells.state ? 'state' : 'what they were polled with'}: the second proves no new link`,
    history: async () => [mode('auto'), await file(byProxy(popupsInTurn(tells), 'k=1'))],
    at: 30,
    logins: [{}, { neverKind: 'first certain' }],
  })),
  {
    name: 'popup whose code was kept, and its token request lost, beside one whose page polls on: that one proves no new link',
    history: async () => [mode('auto'), await file(onPopupsPages(keptAndLost()))],
    at: 30,
    logins: [{ neverKind: 'first certain' }],
  },
  {
    name: 'proxy’s file, two popups in turn whose forms name the app alone: the second proves no new link',
    history: async () => [mode('auto'), await file(byProxy(popupsOfSession(), 'k=1'))],
    at: 30,
    logins: [{}, { neverKind: 'first certain' }],
  },
];

describe('two tabs or popups show the consent screen at once', () => {
  testCases(TWO_TABS);
});
