import { describe } from 'vitest';
import { APP, exchange, firstLogin, me, observe, SITE, T0, token } from '../../fixtures.ts';
import {
  callWith,
  file,
  harFirstLogin,
  inTab,
  KAUTH,
  onPage,
  readAsFile,
  TOKEN,
  type HarRequest,
} from './har-requests.ts';
import {
  after,
  ME_REPORT,
  mode,
  popupOfSdkV1,
  reported,
  testCases,
  TOKEN_REPORT,
  type KnownCase,
} from './known-case.ts';

/** A first login whose code the server exchanges, and an answer of the site that was asked for at an instant and took long. */
const withSlowReport = (at: number): HarRequest[] => [
  ...harFirstLogin(T0)
    .slice(0, 3)
    .map((r, i) => (i === 2 ? { ...r, response: told(TOKEN_REPORT) } : r)),
  {
    at,
    url: `${SITE}/api/friends`,
    document: false,
    headers: { Referer: `${SITE}/` },
    response: told(ME_REPORT),
    more: { time: 5000 },
  },
];

const told = (value: string) => ({ headers: [{ name: 'Server-Timing', value }] });

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

const FALSE_COMPLETE: KnownCase[] = [
  {
    name: 'report naming another host than Kakao: completes nothing',
    history: [
      mode('auto'),
      firstLogin(T0),
      reported(after(0, 1), 'kakao;desc="POST /oauth/token 200"'),
      reported(after(0, 2), 'kakao;desc="GET https://api.shop.test/v2/user/me 200"'),
    ],
    at: 30,
    logins: [{ verdict: 'missed likely | unseen' }],
  },
  {
    name: 'report on an answer that was asked for before the login: may be of the account before',
    history: [
      mode('auto'),
      firstLogin(T0),
      reported(T0 + 3500, TOKEN_REPORT),
      reported(T0 + 5000, ME_REPORT, { sentAt: T0 + 1000 }),
    ],
    at: 30,
    logins: [{ never: 'complete certain | missed certain' }],
  },
  {
    name: 'report on an answer that was asked for after the login: is its own',
    history: [
      mode('auto'),
      firstLogin(T0),
      reported(T0 + 3500, TOKEN_REPORT, { sentAt: T0 + 3100 }),
      reported(T0 + 5000, ME_REPORT, { sentAt: T0 + 4000 }),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }],
  },
  {
    name: 'reports of a token and a call, asked for before the login: no sure completion, no sure miss',
    history: [
      mode('auto'),
      firstLogin(T0),
      reported(T0 + 5000, `${TOKEN_REPORT}, kakao;desc="GET /v1/user/access_token_info 200"`, {
        sentAt: T0 + 1000,
      }),
    ],
    at: 30,
    logins: [{ never: 'complete certain | missed certain' }],
  },
  {
    name: 'two accounts, and a report on an answer that was asked for before the second: surely of neither',
    history: [
      mode('auto'),
      firstLogin(T0),
      reported(T0 + 3500, TOKEN_REPORT, { sentAt: T0 + 3100 }),
      firstLogin(after(1)),
      reported(after(1) + 3500, TOKEN_REPORT, { sentAt: after(1) + 3100 }),
      reported(after(1) + 5000, ME_REPORT, { sentAt: after(1) + 1000 }),
    ],
    at: 30,
    logins: [{ never: 'missed certain' }, { never: 'complete certain | missed certain' }],
  },
  {
    name: 'file with a report on an answer that was asked for before the login: may be of the account before',
    history: async () => [mode('auto'), await file(onPage(withSlowReport(T0 + 1000)))],
    at: 30,
    logins: [{ never: 'complete certain' }],
  },
  {
    name: 'file with a report on an answer that was asked for after the login: is its own',
    history: async () => [mode('auto'), await file(onPage(withSlowReport(T0 + 4000)))],
    at: 30,
    logins: [{ verdict: 'complete certain' }],
  },
  {
    name: 'another account minutes later, whose call is answered about the link of the account before: may carry its token',
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(T0 + 4000),
      me(T0 + 5000, {}, { account: 'hash-1', connectedAt: T0 + 3000 }),
      firstLogin(after(0, 5)),
      exchange(after(0, 5) + 4000),
      me(after(0, 5) + 5000, {}, { account: 'hash-1', connectedAt: T0 + 3000 }),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }, { never: 'complete certain | missed certain' }],
  },
  {
    name: 'another account minutes later, whose call is answered about the link that the login before made: may carry its token',
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(T0 + 4000),
      firstLogin(after(0, 5)),
      exchange(after(0, 5) + 4000),
      me(after(0, 5) + 5000, {}, { account: 'hash-1', connectedAt: T0 + 3000 }),
    ],
    at: 30,
    logins: [{}, { never: 'complete certain | missed certain' }],
  },
  {
    name: "report on another tab's answer before that of the login's token: may be of the account before",
    history: [
      mode('auto'),
      firstLogin(T0),
      reported(T0 + 3600, ME_REPORT, { tab: 'r:2' }),
      reported(T0 + 4000, TOKEN_REPORT),
    ],
    at: 30,
    logins: [{ never: 'complete certain | missed certain' }],
  },
  {
    name: "report on another tab's answer after that of the login's token: is its own",
    history: [
      mode('auto'),
      firstLogin(T0),
      reported(T0 + 4000, TOKEN_REPORT),
      reported(T0 + 4600, ME_REPORT, { tab: 'r:2' }),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }],
  },
  {
    name: "report that the login's own tab had before that of its token: is its own",
    history: [
      mode('auto'),
      firstLogin(T0),
      reported(T0 + 3600, ME_REPORT),
      reported(T0 + 4000, TOKEN_REPORT),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }],
  },
  {
    name: "address of a call opened with some token in the login's tab: may be of anybody",
    history: [mode('auto'), firstLogin(T0), exchange(T0 + 4000), me(T0 + 600_000, { site: null })],
    at: 30,
    logins: [{ never: 'complete certain | missed certain' }],
  },
  {
    name: 'call after the only token request was refused: its token may be of a login before the recording',
    history: [mode('auto'), firstLogin(T0), observe(token(400), T0 + 4000), me(T0 + 5000)],
    at: 30,
    logins: [{ never: 'complete certain | missed certain' }],
  },
  ...[
    {
      name: 'page’s own',
      before: [],
      call: { inFrame: false },
      allowed: { never: 'complete certain | missed certain' },
    },
    {
      name: 'SDK v1’s, out of a frame from before the recording',
      before: [],
      call: { inFrame: true },
      allowed: { never: 'complete certain | missed certain' },
    },
    {
      name: 'SDK v1’s, out of a frame that was seen to open',
      before: [observe({ type: 'frame' }, T0 - 1000)],
      call: { inFrame: true },
      allowed: { verdict: 'complete certain' },
    },
  ].map(({ name, before, call, allowed }): KnownCase => ({
    name: `popup of SDK v1 that was agreed to or refused, then a call that is the ${name}: ${allowed.verdict ? 'its own' : 'its token may be an older one'}`,
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
    { name: 'SDK v1’s, out of a frame that was seen to open', inFrame: true },
  ].map(({ name, inFrame }): KnownCase => ({
    name: `popup of SDK v1 that was agreed to or refused, a token asked for, perhaps by an older one, and a call that is the ${name}`,
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
      name: 'call with a token that was refreshed meanwhile: it may be an older one',
      between: [refreshed(T0 + 5000)],
      allowed: { never: 'complete certain | missed certain' },
    },
    {
      name: 'call with a token that was in use just before: not its own',
      before: [callWith(T0 - 500, TOKEN)],
      allowed: { never: 'complete | missed certain' },
    },
    {
      name: 'call of the page with a token that comes then: it may be one from before the file',
      allowed: { never: 'complete certain | missed certain' },
    },
    {
      name: 'call of SDK v1 with a token that comes then: its own',
      before: [FRAME_OF_SDK_V1],
      call: { headers: OUT_OF_FRAME },
      allowed: { verdict: 'complete certain' },
    },
    {
      name: 'call of SDK v1, and a refresh after it: the call was its own',
      before: [FRAME_OF_SDK_V1],
      call: { headers: OUT_OF_FRAME },
      after: [refreshed(T0 + 9000)],
      allowed: { verdict: 'complete certain' },
    },
  ].map(
    ({ name, before = [], between = [], call = {}, after: later = [], allowed }): KnownCase => ({
      name: `file without bodies, popup of SDK v1 that was agreed to or refused, then a ${name}`,
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
];

describe('no login is surely called complete that is not', () => {
  testCases(FALSE_COMPLETE);
});
