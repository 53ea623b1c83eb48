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
  repeatLogin,
  SITE,
  T0,
  token,
} from '../../fixtures.ts';
import {
  callWith,
  file,
  harFirstLogin,
  inTab,
  KAPI,
  KAUTH,
  onPage,
  readAsFile,
  TOKEN,
  type HarRequest,
} from './har-requests.ts';
import {
  after,
  agree,
  consentAgain,
  IN_POPUP,
  MALL,
  mode,
  popupOfSdkV1,
  testCases,
  type KnownCase,
} from './known-case.ts';

/** The same in a file without bodies. */
function popupOfSdkV1InFile(at: number): HarRequest[] {
  const ask = `${KAUTH}/oauth/authorize?client_id=${APP}&redirect_uri=kakaojs&response_type=code&proxy=easyXDM_Kakao_default1_provider`;
  return [
    { at, url: ask, document: true, headers: { Referer: `${SITE}/` } },
    {
      at: at + 3000,
      url: `${KAUTH}/oauth/authorize`,
      method: 'POST',
      document: true,
      headers: { Origin: KAUTH, Referer: ask },
    },
  ];
}

const FRAME = `https://kapi.kakao.com/cors/?xdm_e=${encodeURIComponent(SITE)}&xdm_c=d&xdm_p=1`;

/** SDK v1 opens its frame in the page. */
const FRAME_OF_SDK_V1: HarRequest = {
  at: T0 - 900,
  url: FRAME,
  document: true,
  headers: { Referer: `${SITE}/` },
};

/** What a call out of that frame has as headers. */
const OUT_OF_FRAME = { Origin: 'https://kapi.kakao.com', Referer: FRAME };

/** The page refreshes a token that the file does not show to be issued. */
const refreshed = (at: number): HarRequest => ({
  at,
  url: `${KAUTH}/oauth/token`,
  method: 'POST',
  document: false,
  headers: { Origin: SITE, Referer: `${SITE}/` },
  form: `grant_type=refresh_token&client_id=${APP}&refresh_token=R${TOKEN}`,
});

/** A step in SDK v1's popup, which hands its token over by message. */
const inPopup = (outcome: 'screen' | 'token', at: number, params: string[] = []) =>
  observe(
    authorize({
      outcome,
      status: 200,
      redirectUri: 'kakaojs',
      params: ['client_id', 'proxy', ...params],
      fromKakao: params.length > 0,
    }),
    at,
    IN_POPUP,
  );

/**
 * A popup of SDK v1 that a tab opened: its consent screen, and when the form was sent, which agrees or refuses. Only the
 * answer's body tells a token.
 */
const answeredPopup = (
  opener: string,
  shownAt: number,
  answeredAt: number,
  outcome: 'screen' | 'token' = 'screen',
): Observation[] => {
  const place = { tab: `${opener}-popup`, opener };
  const form = { method: 'POST', clientId: null, redirectUri: null, params: [], fromKakao: true };
  const fact = { outcome: 'screen' as const, redirectUri: 'kakaojs', params: ['client_id'] };
  return [
    observe(authorize(fact), shownAt, place),
    observe(authorize({ ...fact, ...form, outcome, status: 200 }), answeredAt, {
      ...place,
      site: null,
    }),
  ];
};

/** The page that opens a popup: what it sends to its server shows in the file as well. */
const openerPage: HarRequest = { at: T0 - 5000, url: `${SITE}/`, document: true };

/** The requests of SDK v1's popup: its consent screen, and the form, whose answer hands the token over by message. */
function v1Popup(at: number, path: string): HarRequest[] {
  const ask = `${KAUTH}/oauth/authorize?client_id=${APP}&redirect_uri=kakaojs&response_type=code&proxy=p&origin=${encodeURIComponent(SITE)}`;
  return [
    { at, url: ask, document: true, headers: { Referer: `${SITE}/` } },
    {
      at: at + 1000,
      method: 'POST',
      url: `${KAUTH}${path}`,
      document: true,
      headers: { Origin: KAUTH, Referer: ask },
      body: `p postResponse ${encodeURIComponent(JSON.stringify({ access_token: TOKEN }))}`,
    },
  ];
}

const SDK_V1_POPUPS: KnownCase[] = [
  {
    name: 'popup that may have been refused, beside a login whose token its page may share: no login is surely complete by it',
    history: [
      mode('auto'),
      firstLogin(T0, { tab: 'r:3' }).slice(0, 2),
      popupOfSdkV1(T0 + 3000).slice(0, 1),
      agree(T0 + 4000, { tab: 'r:3' }),
      exchange(T0 + 4500, { tab: 'r:3' }),
      popupOfSdkV1(T0 + 3000).slice(1),
      observe(api('/v1/oidc/userinfo', 200), T0 + 7000),
      repeatLogin(T0 + 9000, { tab: 'r:3' }),
      exchange(T0 + 9500, { tab: 'r:3' }),
      me(T0 + 10_000, { tab: 'r:3' }),
    ],
    at: 30,
    logins: [{}, { never: 'complete certain' }, { kind: 'repeat certain' }],
  },
  {
    name: 'popup of SDK v1 whose form answers with a refusal: its page was no result, and the login before is missed',
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(T0 + 4000),
      inPopup('screen', after(1)),
      observe(
        authorize({
          clientId: null,
          redirectUri: null,
          method: 'POST',
          params: [],
          outcome: 'error',
          error: 'access_denied',
          fromKakao: true,
        }),
        after(1) + 3000,
        { ...IN_POPUP, site: null },
      ),
    ],
    at: 30,
    logins: [{ verdict: 'missed certain' }],
  },
  ...[
    {
      name: 'page’s own',
      before: [],
      call: { inFrame: false },
      allowed: { never: 'complete certain | missed certain' },
    },
    {
      name: 'SDK v1’s, out of an unseen frame',
      before: [],
      call: { inFrame: true },
      allowed: { never: 'complete certain | missed certain' },
    },
    {
      name: 'SDK v1’s, out of a seen frame',
      before: [observe({ type: 'frame' }, T0 - 1000)],
      call: { inFrame: true },
      allowed: { verdict: 'complete certain' },
    },
  ].map(({ name, before, call, allowed }): KnownCase => ({
    name: `answered popup of SDK v1, then a call that is the ${name}: ${allowed.verdict ? 'its own' : 'its token may be older'}`,
    history: [
      mode('auto'),
      ...before,
      popupOfSdkV1(T0),
      me(T0 + 5000, call.inFrame ? { site: null } : {}, call),
    ],
    at: 30,
    logins: [allowed],
  })),
  ...[
    { name: 'page’s own', inFrame: false },
    { name: 'SDK v1’s, out of a seen frame', inFrame: true },
  ].map(({ name, inFrame }): KnownCase => ({
    name: `answered popup of SDK v1, a token perhaps by an older one, then a call that is the ${name}`,
    history: [
      mode('auto'),
      observe({ type: 'frame' }, T0 - 1000),
      popupOfSdkV1(T0),
      exchange(T0 + 4000),
      me(T0 + 5000, inFrame ? { site: null } : {}, { inFrame }),
    ],
    at: 30,
    logins: [{ never: 'complete certain | missed certain' }],
  })),
  ...[
    {
      name: 'call with a token refreshed meanwhile: may be an older one',
      between: [refreshed(T0 + 5000)],
      allowed: { never: 'complete certain | missed certain' },
    },
    {
      name: 'call with a token in use just before: not its own',
      before: [callWith(T0 - 500, TOKEN)],
      allowed: { never: 'complete | missed certain' },
    },
    {
      name: 'page’s call with a new token: may be from before the file',
      allowed: { never: 'complete certain | missed certain' },
    },
    {
      name: 'call of SDK v1 with a new token: its own',
      before: [FRAME_OF_SDK_V1],
      call: { headers: OUT_OF_FRAME },
      allowed: { verdict: 'complete certain' },
    },
    {
      name: 'call of SDK v1, and a refresh after it: its own',
      before: [FRAME_OF_SDK_V1],
      call: { headers: OUT_OF_FRAME },
      after: [refreshed(T0 + 9000)],
      allowed: { verdict: 'complete certain' },
    },
  ].map(
    ({ name, before = [], between = [], call = {}, after: later = [], allowed }): KnownCase => ({
      name: `file without bodies, answered popup of SDK v1, then a ${name}`,
      history: async () => [
        mode('auto'),
        await readAsFile([
          ...inTab('page_1', [{ at: T0 - 1000, url: `${SITE}/`, document: true }, ...before]),
          ...inTab('page_2', popupOfSdkV1InFile(T0)),
          ...inTab('page_1', [...between, callWith(T0 + 6000, TOKEN, call), ...later]),
        ]),
      ],
      at: 30,
      logins: [allowed],
    }),
  ),
  {
    name: "easy login of SDK v1 in the tab, whose frame names no site: the call is not surely the page's earlier login's",
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(T0 + 4000),
      observe({ type: 'frame' }, after(1)),
      observe({ type: 'poll', clientId: APP, watched: false }, after(1) + 1000, { site: null }),
      observe({ type: 'poll', clientId: APP, watched: false }, after(1) + 2000, { site: null }),
      observe(token(), after(1) + 2100, { site: null }),
      me(after(1) + 2500, { site: null }, { inFrame: true }),
    ],
    at: 30,
    logins: [{ verdict: 'missed likely' }, { verdict: 'complete likely', kind: 'unknown' }],
  },
  {
    name: 'call out of SDK v1’s frame in a login’s tab, of which nobody says who opened it: not surely of that login',
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(T0 + 4000),
      me(after(5), { site: null }, { inFrame: true }),
    ],
    at: 30,
    logins: [{ verdict: 'complete likely' }],
  },
  {
    name: 'the same where the login’s page opened the frame: of that login',
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(T0 + 4000),
      observe({ type: 'frame' }, T0 + 5000),
      me(after(5), { site: null }, { inFrame: true }),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }],
  },
  {
    name: "SDK v1's popup refused after another tab's was agreed to: nothing is certain of what may be no login",
    history: (() => {
      const [shown, refused] = answeredPopup('r:1', T0, T0 + 10_000);
      if (!shown || !refused) throw new Error('no popup');
      const frame = { tab: 'r:2' };
      return [
        mode('auto'),
        shown,
        ...answeredPopup('r:2', T0 + 1000, T0 + 3000, 'token'),
        observe({ type: 'frame' }, T0 + 3500, frame),
        me(T0 + 4000, frame, { inFrame: true }),
        refused,
        inPopup('token', after(1)),
        me(after(1) + 1000, {}, { inFrame: true }),
      ];
    })(),
    at: 30,
    logins: [
      { verdict: 'complete' },
      { kind: 'unknown', never: 'complete certain | missed certain | unlinked certain' },
      { kind: 'repeat' },
    ],
  },
  {
    name: "SDK v1's popup refused by another account, then a call with the token of before: the same",
    history: [
      mode('auto'),
      ...answeredPopup('r:1', T0, T0 + 3000),
      observe({ type: 'frame' }, T0 + 3500),
      me(T0 + 4000, {}, { inFrame: true }),
      ...answeredPopup('r:1', after(1), after(1, 1)),
      me(after(1, 2), {}, { inFrame: true }),
    ],
    at: 30,
    logins: [
      { verdict: 'complete' },
      { kind: 'unknown', never: 'complete certain | missed certain | unlinked certain' },
    ],
  },
  {
    name: "proxy's file without tabs, SDK v1's popup on another site answered after a login: its call may complete that one",
    history: [
      mode('auto'),
      observe(
        authorize({ outcome: 'screen', redirectUri: 'kakaojs', params: ['client_id', 'proxy'] }),
        T0,
        { site: MALL },
      ),
      consentAgain(T0 + 8000),
      exchange(T0 + 12_000),
      observe(
        authorize({
          outcome: 'screen',
          method: 'POST',
          clientId: null,
          redirectUri: null,
          params: [],
          fromKakao: true,
        }),
        T0 + 13_000,
        { site: null },
      ),
      observe({ type: 'frame' }, T0 + 20_000, { site: MALL }),
      me(T0 + 21_000, { site: MALL }, { inFrame: true }),
    ],
    at: 30,
    logins: [{ never: 'missed certain' }, {}],
  },
  {
    name: 'SDK v1’s popup 40 h after another, its screen answered: hides no login, the first is surely missed',
    history: async () => [
      mode('auto'),
      await file([
        openerPage,
        ...inTab('page_1', v1Popup(T0, '/oauth/authorize')),
        ...inTab('page_2', v1Popup(after(40), '/oauth/authorize')),
      ]),
    ],
    at: 70,
    logins: [{ verdict: 'missed certain' }, { verdict: 'missed certain' }],
  },
  {
    name: "SDK v1's popup whose answer shows the token, nothing called after it: surely missed",
    history: async () => [
      mode('auto'),
      await file([openerPage, ...v1Popup(T0, '/oauth/authorize')]),
    ],
    at: 30,
    logins: [{ verdict: 'missed certain', kind: 'first certain' }],
  },
  ...(
    [
      [`?xdm_e=${encodeURIComponent(SITE)}&xdm_c=c1`, { verdict: 'complete certain' }],
      ['', { never: 'missed certain' }],
    ] as const
  ).map(([query, login]): KnownCase => ({
    name: `call out of SDK v1's earlier frame "${query}": of the site that it names, or of any`,
    history: async () => {
      const inFrame = { Origin: KAPI, Referer: `${KAPI}/cors/${query}` };
      const call = { at: T0 + 5000, url: `${KAPI}/v2/user/me`, document: false, headers: inFrame };
      const popup = v1Popup(T0, '/oauth/authorize');
      return [mode('auto'), await file([...inTab('page@2', popup), ...inTab('page@1', [call])])];
    },
    at: 30,
    logins: [login],
  })),
  ...['/oauth/authorize', '/oauth/consent'].map((path): KnownCase => ({
    name: `SDK v1's popup whose form goes to ${path}: its login makes another tab's no sure first one`,
    history: async () => [
      mode('auto'),
      await file([
        ...onPage(harFirstLogin(T0).slice(0, 1)),
        ...inTab('page_2', v1Popup(T0 + 500, path)),
        ...onPage(harFirstLogin(T0).slice(1)),
      ]),
    ],
    at: 30,
    logins: [{ kind: 'first certain' }, { neverKind: 'first certain', never: 'missed certain' }],
  })),
  {
    name: 'account changed on the consent screen of a popup, whose token then comes at once: not surely a first login',
    history: [
      mode('auto'),
      inPopup('screen', T0),
      inPopup('token', T0 + 20_000, ['through_account']),
    ],
    at: 30,
    logins: [{ neverKind: 'first certain', never: 'missed certain' }],
  },
];

describe('a popup of SDK v1, which hands its token over by message', () => {
  testCases(SDK_V1_POPUPS);
});
