import { describe } from 'vitest';
import { APP, SITE, T0 } from '../../fixtures.ts';
import {
  ACCOUNTS,
  callWith,
  harFirstLogin,
  harRepeat,
  inFile,
  inTab,
  KAUTH,
  readAsFile,
  TOKEN,
  withOwnToken,
  type HarRequest,
} from './har-requests.ts';
import { mode, testCases, type KnownCase } from './known-case.ts';

const MINUTE = 60_000;
/** What a recorder writes of a request that got no answer. */
const lost = { status: 0, response: { headers: [], content: {} } };

/** The consent screen, and its form, to which no answer came. */
const lostConsent = (at: number): HarRequest[] => {
  const [screen, form] = harFirstLogin(at);
  if (!screen || !form) throw new Error('no login');
  const { to: _, ...sent } = form;
  return [screen, { ...sent, ...lost }];
};

/** A first login whose form was answered after seven seconds only. It ends 9 s after `at`. */
const slowForm = (at: number): HarRequest[] =>
  harFirstLogin(at).map((r, i) =>
    i < 2 ? { ...r, more: i ? { time: 7000 } : {} } : { ...r, at: r.at + 7000 },
  );

/** The same login by way of the login form, which the site asks for each time. */
function byLoginForm(requests: readonly HarRequest[]): HarRequest[] {
  const [ask, ...rest] = requests;
  if (!ask) throw new Error('no login');
  const url = `${ask.url}&prompt=login`;
  const back = `${url}&through_account=true`;
  const login = `${ACCOUNTS}/login/?continue=${encodeURIComponent(back)}`;
  const { to: _, ...asked } = ask;
  return [
    { ...asked, at: ask.at - 9000, url, to: login },
    { ...asked, at: ask.at - 8900, url: login },
    { ...ask, url: back, headers: { Referer: `${ACCOUNTS}/` } },
    ...rest,
  ];
}

/** SDK v1's popup, in which a page of kauth hands the token over by message. */
const POPUP = `${KAUTH}/oauth/authorize?client_id=${APP}&redirect_uri=kakaojs&response_type=code&proxy=easyXDM_Kakao_abc_provider&ka=sdk%2F1.43.5`;
const inPopup = (at: number, more: Partial<HarRequest>): HarRequest => ({
  at,
  url: POPUP,
  document: true,
  ...more,
  headers: { Referer: `${SITE}/`, ...more.headers },
  more: { pageref: 'page_2' },
});
const handingOver = `<script>opener.postMessage('x postResponse ${encodeURIComponent(JSON.stringify({ access_token: TOKEN, token_type: 'bearer' }))}','*')</script>`;
const popupForm: Partial<HarRequest> = {
  method: 'POST',
  url: `${KAUTH}/oauth/authorize`,
  headers: { Origin: KAUTH, Referer: POPUP },
};
const frameCall = callWith(T0 + 2 * MINUTE, TOKEN, {
  url: 'https://kapi.kakao.com/v1/user/access_token_info',
  body: '{"id":4000000001}',
});

/** SDK v2's popup, whose opener polls for the code, and goes to the redirect URI with it. */
const POLLING = `${KAUTH}/oauth/authorize?client_id=${APP}&redirect_uri=${encodeURIComponent(`${SITE}/cb`)}&response_type=code&is_popup=true&auth_tran_id=t`;
const poll = (at: number, body: object): HarRequest => ({
  at,
  url: `${KAUTH}/apiweb/code.json?client_id=${APP}&auth_tran_id=t`,
  document: false,
  headers: { Origin: SITE, Referer: `${SITE}/` },
  body: JSON.stringify(body),
});

const cases: KnownCase[] = [
  {
    name: 'popup closed by its opener, which has the code, before the answer to its form came: surely the first login',
    history: inFile([
      inPopup(T0, { url: POLLING }),
      poll(T0 + 1000, { status: 'error', error_code: '300' }),
      inPopup(T0 + 1900, { ...popupForm, ...lost, headers: { Origin: KAUTH, Referer: POLLING } }),
      poll(T0 + 2000, { status: 'ok', code: 'c1' }),
      {
        at: T0 + 2100,
        url: `${SITE}/cb?code=c1`,
        document: true,
        headers: { Referer: `${SITE}/` },
      },
      ...harFirstLogin(T0).slice(3),
    ]),
    at: 49,
    logins: [{ kind: 'first certain', verdict: 'missed certain' }],
  },
  ...[[], [T0 + 3000, T0 + 5000]].map((polledAt) => ({
    name: `answer to the consent lost in a popup that polls, ${polledAt.length} polls after it, then no screen: perhaps the first login`,
    history: inFile([
      inPopup(T0, { url: POLLING }),
      poll(T0 + 1000, { status: 'error', error_code: '300' }),
      inPopup(T0 + 2000, { ...popupForm, ...lost, headers: { Origin: KAUTH, Referer: POLLING } }),
      ...polledAt.map((at) => poll(at, { status: 'error', error_code: '300' })),
      ...harRepeat(T0 + MINUTE),
    ]),
    at: 49,
    logins: [{ neverKind: 'repeat certain', verdict: 'missed likely | unseen' }],
  })),
  {
    name: 'answer to the consent lost, then the login form again and a code: perhaps the first login',
    history: inFile([...byLoginForm(lostConsent(T0)), ...byLoginForm(harRepeat(T0 + MINUTE))]),
    at: 49,
    logins: [{ neverKind: 'repeat certain', verdict: 'missed likely' }],
  },
  {
    name: 'file that begins with a form to which no answer came: the code after it is perhaps the first',
    history: inFile([...lostConsent(T0).slice(1), ...harRepeat(T0 + MINUTE)]),
    at: 49,
    logins: [{ neverKind: 'repeat certain', verdict: 'missed likely' }],
  },
  {
    name: "answer to the consent lost in SDK v1's popup: the token without a screen is perhaps the first",
    history: inFile([
      inPopup(T0, { body: '<form method=post></form>' }),
      inPopup(T0 + 2000, { ...popupForm, ...lost }),
      inPopup(T0 + MINUTE, { body: handingOver }),
      frameCall,
    ]),
    at: 49,
    logins: [{ neverKind: 'repeat certain', verdict: 'missed likely' }],
  },
  {
    name: 'answer to the consent lost, and the screen shown again: surely the first login',
    history: inFile(
      withOwnToken(
        [...lostConsent(T0), ...harFirstLogin(T0 + MINUTE), callWith(T0 + 2 * MINUTE, TOKEN)],
        TOKEN,
      ),
    ),
    at: 49,
    logins: [{ kind: 'first certain', verdict: 'complete certain' }],
  },
  {
    name: 'form sent twice by a double click, of which the first got no answer: one first login',
    history: inFile([
      ...lostConsent(T0),
      ...harFirstLogin(T0 + 200).slice(1),
      ...harRepeat(T0 + 5 * MINUTE),
    ]),
    at: 49,
    logins: [
      { kind: 'first certain', verdict: 'missed certain' },
      { kind: 'repeat certain', verdict: 'not-applicable certain' },
    ],
  },
  {
    name: "answer to one tab's consent lost while another tab's screen is shown: that one made no link for certain",
    history: async () => [
      mode('auto'),
      await readAsFile([
        ...inTab('page@2', harFirstLogin(T0 - 3000).slice(0, 1)),
        ...inTab('page@1', lostConsent(T0)),
        ...inTab('page@2', harFirstLogin(T0 + 8000).slice(1)),
      ]),
    ],
    at: 49,
    logins: [{ neverKind: 'first certain' }],
  },
  {
    name: "one tab's consent sent before another's screen, answered after it: that one made no link for certain",
    history: async () => [
      mode('auto'),
      await readAsFile([
        ...inTab('page@1', slowForm(T0)),
        ...inTab('page@2', harFirstLogin(T0 + 4000).slice(0, 1)),
        ...inTab('page@2', harFirstLogin(T0 + 12_000).slice(1)),
      ]),
    ],
    at: 49,
    logins: [{ kind: 'first certain' }, { neverKind: 'first certain' }],
  },
  {
    name: 'consent screen left, then another account by the login form: surely a repeat',
    history: inFile([
      ...byLoginForm(lostConsent(T0).slice(0, 1)),
      ...byLoginForm(harRepeat(T0 + MINUTE)),
    ]),
    at: 49,
    logins: [{ kind: 'repeat certain', verdict: 'not-applicable certain' }],
  },
];

describe('a form of Kakao’s to which no answer came', () => {
  testCases(cases);
});
