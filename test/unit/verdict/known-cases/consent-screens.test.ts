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
import type { Steps } from '../judge-history.ts';
import {
  file,
  fromHar,
  harFirstLogin,
  harRepeat,
  KAUTH,
  onPage,
  type HarRequest,
} from './har-requests.ts';
import { after, agree, mode, testCases, type KnownCase } from './known-case.ts';

/** A consent screen whose form leads on to another page of Kakao's, and the code that comes some ms after that. */
const answeredWith = (outcome: 'screen' | 'login-form', ms: number) => [
  ...firstLogin(T0).slice(0, 2),
  observe(
    authorize({
      outcome,
      status: 302,
      clientId: null,
      method: 'POST',
      params: [],
      fromKakao: true,
    }),
    T0 + 6000,
    { site: null },
  ),
  observe(authorize({ params: ['through_account'], fromKakao: true }), T0 + 6000 + ms, {
    site: null,
  }),
];

/** A first login whose consent a script sends, and whose code is the answer to the screen's own address. */
const agreedByAddress = (at: number): HarRequest[] =>
  harFirstLogin(at).map((r, _, [asked]) => {
    const url = `${asked?.url}&through_account=true`;
    if (r === asked) return { ...r, url };
    return r.to === undefined ? r : { ...r, method: 'GET', url };
  });

/** The requests of Kakao's business authentication, which asks for consent to ad accounts and gives a code as well. */
function harBusiness(at: number): HarRequest[] {
  const page = 'https://kauth.kakao.com/oauth/business/authorize';
  const code = `${SITE}/biz?code=b${at}&state=s`;
  const url = `${page}?client_id=${APP}&redirect_uri=${encodeURIComponent(`${SITE}/biz`)}&response_type=code&scope=moment_management&state=s`;
  return [
    { at, url, document: true, headers: { Referer: `${SITE}/` } },
    {
      at: at + 2000,
      method: 'POST',
      url: page,
      to: code,
      document: true,
      headers: { Origin: 'https://kauth.kakao.com', Referer: url },
    },
    { at: at + 2100, url: code, document: true, headers: { Referer: 'https://kauth.kakao.com/' } },
  ];
}

/** The consent screen with the session at hand, and its refusal. */
function refusedConsent(at: number): Observation[] {
  const error = 'access_denied';
  return [
    observe(authorize({ outcome: 'screen' }), at),
    observe(
      authorize({ clientId: null, method: 'POST', outcome: 'error', error, fromKakao: true }),
      at + 3000,
      { site: null },
    ),
    observe({ type: 'arrival', redirectUri: `${SITE}/cb`, outcome: 'error', error }, at + 3100),
  ];
}

/** A first login whose consent is told by a GET to another address, given that of the screen. */
async function agreedByGet(addressOf: (screen: string) => string): Promise<Steps> {
  const requests = harFirstLogin(T0).map((r) =>
    r.method === 'POST' && r.document
      ? { ...r, method: 'GET', url: addressOf(`${r.headers?.['Referer']}`) }
      : r,
  );
  return [mode('auto'), await file(onPage(requests))];
}

const CONSENT_SCREENS: KnownCase[] = [
  {
    name: 'switch of account on the consent screen: a linked account gets the code',
    history: [
      mode('auto'),
      firstLogin(T0).slice(0, 2),
      observe(
        authorize({ params: ['client_id', 'through_account'], fromKakao: true }),
        after(0, 1),
        {
          site: null,
        },
      ),
      exchange(after(0, 2)),
    ],
    at: 30,
    logins: [{ never: 'missed certain | late certain', neverKind: 'first certain' }],
  },
  {
    name: 'code without a screen, and a link made in that second: not surely a repeat, as apps of Kakao itself show none',
    history: [
      mode('auto'),
      repeatLogin(T0),
      exchange(T0 + 1000),
      me(T0 + 2000, {}, { connectedAt: T0, wholeBody: true }),
    ],
    at: 30,
    logins: [{ neverKind: 'repeat certain', never: 'not-applicable certain' }],
  },
  {
    name: 'the same where another login just before made the link: surely a repeat',
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(T0 + 4000),
      repeatLogin(T0 + 5000),
      exchange(T0 + 6000),
      me(T0 + 7000, {}, { connectedAt: T0 + 3000, wholeBody: true }),
    ],
    at: 30,
    logins: [{ kind: 'first' }, { kind: 'repeat certain' }],
  },
  {
    name: 'consent whose form is answered by a redirect back to authorize, which gives the code: a first login',
    history: [mode('auto'), ...answeredWith('screen', 100), exchange(T0 + 9000)],
    at: 30,
    logins: [{ kind: 'first certain', verdict: 'missed certain' }],
  },
  ...(['screen', 'login-form'] as const).map((outcome): KnownCase => ({
    name: `consent form that leads on to a page of Kakao's (${outcome}), then the code: no sure first login, no sure repeat`,
    history: [mode('auto'), ...answeredWith(outcome, 8000), exchange(T0 + 19_000)],
    at: 30,
    logins: [{ kind: 'unknown likely', never: 'missed certain' }],
  })),
  {
    name: 'consent form that leads to the login form, which a script fills in at once: no sure first login, no sure repeat',
    history: [mode('auto'), ...answeredWith('login-form', 300), exchange(T0 + 9000)],
    at: 30,
    logins: [{ kind: 'unknown likely', never: 'missed certain' }],
  },
  {
    name: 'consent screen lost on the way, its POST seen: not surely a repeat',
    history: [
      mode('auto'),
      observe(authorize({ outcome: 'login-form' }), T0),
      agree(T0 + 3000),
      exchange(after(0, 1)),
    ],
    at: 2,
    logins: [{ neverKind: 'repeat certain', never: 'not-applicable certain' }],
  },
  {
    name: 'POST of the consent lost on the way, arrival seen: there was a login',
    history: [
      mode('auto'),
      firstLogin(T0).slice(0, 2),
      observe(
        { type: 'arrival', redirectUri: 'https://page.shop.test/cb', outcome: 'code', error: null },
        T0 + 3100,
      ),
      exchange(after(0, 1)),
    ],
    at: 2,
    logins: [{ neverKind: 'repeat certain', never: 'not-applicable certain' }],
  },
  {
    name: 'consent screen whose answer leads to the code by its address, in a file without headers: not surely a repeat',
    history: async () => [
      mode('auto'),
      await file(onPage(agreedByAddress(T0).map((r) => ({ ...r, headers: {} })))),
    ],
    at: 30,
    logins: [{ neverKind: 'repeat certain' }],
  },
  {
    name: 'link of Kakao Sync on a channel’s page, which is Kakao’s too: a repeat seen whole',
    history: async () => [
      mode('auto'),
      await fromHar(
        harRepeat(T0).map((r) =>
          r.headers?.['Referer'] === `${SITE}/` && r.document
            ? { ...r, headers: { Referer: 'https://pf.kakao.com/_shop' } }
            : r,
        ),
      ),
    ],
    at: 30,
    logins: [{ verdict: 'not-applicable certain', kind: 'repeat' }],
  },
  {
    name: 'consent refused, then Back and the same screen agreed to: a first login',
    history: [mode('auto'), ...refusedConsent(T0), agree(T0 + 20_000), exchange(T0 + 21_000)],
    at: 30,
    logins: [{ verdict: 'missed certain', kind: 'first certain' }],
  },
  {
    name: 'consent form sent twice by a double click, each with a code: one first login',
    history: [
      mode('auto'),
      observe(authorize({ outcome: 'screen' }), T0),
      agree(T0 + 3000),
      agree(T0 + 3200),
      observe(
        { type: 'arrival', redirectUri: `${SITE}/cb`, outcome: 'code', error: null },
        T0 + 3300,
      ),
      exchange(T0 + 4000),
    ],
    at: 30,
    logins: [{ verdict: 'missed certain', kind: 'first certain' }],
  },
  {
    name: 'business authentication after a first login: no login, and the miss is certain',
    history: async () => [
      mode('auto'),
      ...(await file([...harFirstLogin(T0), ...harBusiness(after(0, 5))])),
    ],
    at: 25,
    logins: [{ verdict: 'missed certain' }],
  },
  {
    name: 'consent agreed to in a way that the file does not show, arrival from kauth: not surely a repeat',
    history: async () => [
      mode('auto'),
      await file(onPage(harFirstLogin(T0).filter((r) => !(r.method === 'POST' && r.document)))),
    ],
    at: 30,
    logins: [{ neverKind: 'repeat certain', never: 'not-applicable certain' }],
  },
  {
    name: 'consent agreed to by a GET to another page of kauth: not surely a repeat',
    history: () => agreedByGet(() => `${KAUTH}/oauth/consent?agreed=1`),
    at: 30,
    logins: [{ neverKind: 'repeat certain', never: 'not-applicable certain' }],
  },
  {
    name: 'consent agreed to by a script of the screen, which then asks authorize once more: not surely a repeat',
    history: () => agreedByGet((screen) => `${screen}&through_account=true`),
    at: 30,
    logins: [{ neverKind: 'repeat certain', never: 'not-applicable certain' }],
  },
  {
    name: 'consent screen and its form that the recorder left out, where the code came from a page of kauth: no repeat',
    history: async () => {
      const [asked, , came, exchanged] = harFirstLogin(T0);
      if (!asked || !came || !exchanged) throw new Error('no login');
      const atLogin = { ...asked, to: 'https://accounts.kakao.com/login?continue=x' };
      return [mode('auto'), await file(onPage([atLogin, came, exchanged]))];
    },
    at: 30,
    logins: [{ neverKind: 'repeat certain' }],
  },
  {
    name: 'screen whose script leads to the code while another tab, not told apart, is at the login form: no sure repeat',
    history: async () => {
      const [asked, agreed, ...others] = harFirstLogin(T0);
      if (!asked || !agreed) throw new Error('no login');
      const form = { ...asked, to: 'https://accounts.kakao.com/login?continue=x' };
      const url = `${asked.url}&through_account=true`;
      const screen = { ...asked, url, headers: { Referer: 'https://accounts.kakao.com/' } };
      const ledTo = { ...agreed, method: 'GET', url };
      const before = [{ ...form, at: T0 - 9000 }, screen, { ...form, at: T0 + 1000 }];
      return [mode('auto'), await file(onPage([...before, ledTo, ...others]))];
    },
    at: 30,
    logins: [{ neverKind: 'repeat certain' }],
  },
];

describe('how a consent screen is answered tells the kind of a login', () => {
  testCases(CONSENT_SCREENS);
});
