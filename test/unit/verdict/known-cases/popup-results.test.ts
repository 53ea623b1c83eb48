import { describe } from 'vitest';
import type { Observation } from '../../../../utils/model/observation.ts';
import { APP, authorize, exchange, firstLogin, me, observe, SITE, T0 } from '../../fixtures.ts';
import { after, MALL, mode, testCases, type KnownCase } from './known-case.ts';

const PARAMS = ['client_id', 'redirect_uri', 'is_popup'];

/** Where a popup of SDK v2 is, what it asks for, and how long after its last page (ms) its opener has the code. */
interface Popup {
  tab?: string;
  params?: string[];
  redirectUri?: string;
  cookieStore?: string;
  polledAfter?: number;
}

/** A page of Kakao's in a popup. */
const page = (at: number, { tab = 'r:1', cookieStore, params = PARAMS, ...more }: Popup = {}) =>
  observe(
    authorize({ outcome: 'screen', params, ...('redirectUri' in more ? more : {}) }),
    at,
    placeOf({ tab, cookieStore }),
  );

const placeOf = ({ tab, cookieStore }: { tab: string; cookieStore: string | undefined }) => ({
  tab: `${tab}.popup`,
  opener: tab,
  ...(cookieStore ? { cookieStore } : {}),
});

/** A popup's form is answered by a page of Kakao's: it was agreed to or refused. */
const answered = (at: number, { tab = 'r:1', cookieStore }: Popup = {}) =>
  observe(
    authorize({
      outcome: 'screen',
      method: 'POST',
      status: 200,
      clientId: null,
      redirectUri: null,
      params: [],
      fromKakao: true,
    }),
    at,
    { ...placeOf({ tab, cookieStore }), site: null },
  );

const poll = (at: number, tab = 'r:1', cookieStore = 'default') =>
  observe({ type: 'poll', clientId: APP, watched: true }, at, { tab, cookieStore });

const arrival = (at: number, tab = 'r:1', cookieStore = 'default') =>
  observe({ type: 'arrival', redirectUri: `${SITE}/cb`, outcome: 'code', error: null }, at, {
    tab,
    cookieStore,
  });

/** The opener of a popup has the code at an instant, goes to the redirect URI with it, and exchanges it. */
const codeComes = (at: number, tab = 'r:1', cookieStore = 'default'): Observation[] => [
  poll(at, tab, cookieStore),
  arrival(at + 50, tab, cookieStore),
  exchange(at + 300, { tab, cookieStore }),
];

/** A first login in a popup. */
const firstInPopup = (at: number, popup: Popup = {}): Observation[] => [
  page(at, popup),
  answered(at + 3000, popup),
  ...codeComes(at + 3900, popup.tab, popup.cookieStore),
];

/** A popup that shows one page. */
const onePage = (at: number, { polledAfter = 900, ...popup }: Popup = {}): Observation[] => [
  page(at, popup),
  ...codeComes(at + polledAfter, popup.tab, popup.cookieStore),
];

/** The same, whose opener keeps the code and exchanges it. */
const keptCode = (at: number, shown: Observation[], tab = 'r:1'): Observation[] => [
  ...shown,
  poll(at, tab),
  exchange(at + 250, { tab }),
];

const JS_SDK = { redirectUri: 'JS-SDK', params: ['client_id', 'is_popup'] };
const IN_CONTAINER = { cookieStore: 'container-2' };

const FIRST = { verdict: 'complete certain', kind: 'first certain' };
const REPEAT = { verdict: 'not-applicable certain', kind: 'repeat certain' };
const PERHAPS = { neverKind: 'repeat certain' };

const CASES: KnownCase[] = [
  {
    name: 'popup left at the login form, and a code with the next poll, perhaps another device’s: no sure repeat',
    history: [
      mode('auto'),
      firstInPopup(T0),
      observe(
        authorize({ outcome: 'login-form', params: PARAMS }),
        after(1),
        placeOf({ tab: 'r:1', cookieStore: undefined }),
      ),
      codeComes(after(1) + 900),
    ],
    at: 30,
    logins: [{ kind: 'first certain' }, PERHAPS],
  },
  {
    name: 'popup after one answered by a form, whose only page brings the code with the next poll: a repeat that completes the first',
    history: [mode('auto'), firstInPopup(T0), onePage(after(1)), me(after(1, 1))],
    at: 30,
    logins: [FIRST, REPEAT],
  },
  {
    name: 'the same after a screen that was no popup’s: Kakao may ask in popups otherwise',
    history: [
      mode('auto'),
      firstLogin(T0),
      arrival(T0 + 3050),
      exchange(T0 + 4000),
      onePage(after(1)),
    ],
    at: 30,
    logins: [{}, PERHAPS],
  },
  {
    name: 'the same whose code comes with a later poll: the screen’s answer may have been lost',
    history: [mode('auto'), firstInPopup(T0), onePage(after(1), { polledAfter: 2500 })],
    at: 30,
    logins: [{}, PERHAPS],
  },
  {
    name: 'one whose last poll came before its page: nothing tells when the code came',
    history: [
      mode('auto'),
      firstInPopup(T0),
      poll(after(1) - 100),
      page(after(1)),
      codeComes(after(1) + 100).slice(1),
    ],
    at: 30,
    logins: [{}, PERHAPS],
  },
  {
    name: 'one before any screen was answered: how Kakao’s screen is answered is not known',
    history: [mode('auto'), onePage(T0), onePage(after(1))],
    at: 30,
    logins: [PERHAPS, PERHAPS],
  },
  {
    name: 'one in other cookies than the popup whose screen was answered: Kakao may ask there otherwise',
    history: [mode('auto'), firstInPopup(T0, IN_CONTAINER), onePage(after(1))],
    at: 30,
    logins: [{}, PERHAPS],
  },
  {
    name: 'one of another app than the popup whose screen was answered: Kakao may ask there otherwise',
    history: [
      mode('auto'),
      mode('auto', 'other-key'),
      firstInPopup(T0),
      onePage(after(1)).map((o) =>
        'clientId' in o && o.clientId === APP ? { ...o, clientId: 'other-key' } : o,
      ),
    ],
    at: 30,
    logins: [{}, PERHAPS],
  },
  {
    name: 'one that asks for more than the popup whose screen was answered: Kakao may ask for that otherwise',
    history: [
      mode('auto'),
      firstInPopup(T0),
      onePage(after(1), { params: [...PARAMS, 'service_terms'] }),
    ],
    at: 30,
    logins: [{}, PERHAPS],
  },
  {
    name: 'page that keeps the code of such a popup, on a site that had no token before: a repeat',
    history: [
      mode('auto'),
      keptCode(T0 + 3900, [page(T0, JS_SDK), answered(T0 + 3000)]),
      keptCode(after(1) + 900, [page(after(1), JS_SDK)]).map((o) => ({ ...o, site: MALL })),
    ],
    at: 30,
    logins: [{ kind: 'first certain' }, REPEAT],
  },
  {
    name: 'the same on a site that had a token before: its page may have refreshed that',
    history: [
      mode('auto'),
      keptCode(T0 + 3900, [page(T0, JS_SDK), answered(T0 + 3000)]),
      keptCode(after(1) + 900, [page(after(1), JS_SDK)]),
    ],
    at: 30,
    logins: [{ kind: 'first certain' }, PERHAPS],
  },
  {
    name: 'popup refused minutes before in another tab: its form no longer speaks against the next first login',
    history: [
      mode('auto'),
      page(T0, { ...JS_SDK, tab: 'r:2' }),
      answered(T0 + 3000, { tab: 'r:2' }),
      keptCode(after(0, 3) + 3900, [page(after(0, 3), JS_SDK), answered(after(0, 3) + 3000)]),
    ],
    at: 30,
    logins: [{ verdict: 'missed certain', kind: 'first certain' }],
  },
  {
    name: 'refused popup, and a code for which its page polled by another key: that login’s, of which no page was seen',
    history: [
      mode('auto'),
      mode('auto', 'other-key'),
      page(T0),
      answered(T0 + 3000),
      observe({ type: 'poll', clientId: 'other-key', watched: true }, after(0, 20)),
      codeComes(after(0, 20) + 900).slice(1),
    ],
    at: 30,
    logins: [{ neverKind: 'first certain' }],
  },
  {
    name: 'page that keeps its popup’s code, in a tab that polled on another site before: a login, whose call completes it',
    history: [
      mode('auto'),
      poll(T0),
      [
        ...keptCode(T0 + 8900, [poll(T0 + 4900), page(T0 + 5000, JS_SDK), answered(T0 + 8000)]),
        me(T0 + 9500),
      ].map((o) => ({ ...o, site: MALL })),
    ],
    at: 30,
    logins: [{ ...FIRST, site: MALL }],
  },
];

describe('popups of SDK v2 and what their pages were', () => {
  testCases(CASES);
});
