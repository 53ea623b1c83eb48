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
import { after, IN_POPUP, mode, testCases, type KnownCase } from './known-case.ts';

/** A site's service worker asks in place of the page, so that a request names no tab. */
const BY_WORKER = { tab: null };

const poll = (at: number) => observe({ type: 'poll', clientId: APP, watched: true }, at, BY_WORKER);

/** What a back end reports with the page that a code came to: its exchange, and its call where it made one. */
const reported = (at: number, hasCalled: boolean): Observation[] => {
  const reports = [exchange(at, BY_WORKER), ...(hasCalled ? [me(at, BY_WORKER)] : [])];
  return reports.map((o) => ({ ...o, source: 'server' }));
};

/** A login in a popup of SDK v2, whose page polls for the code and keeps it. Its token comes 2.1 s after `at`. */
function popupLogin(at: number): Observation[] {
  const fact = { redirectUri: `${SITE}/cb`, params: ['client_id', 'is_popup', 'redirect_uri'] };
  const form = { clientId: null, redirectUri: null, method: 'POST', status: 302, params: [] };
  const onKakao = { ...IN_POPUP, site: null };
  return [
    observe(authorize({ ...fact, outcome: 'login-form' }), at, IN_POPUP),
    poll(at + 1010),
    observe(authorize({ ...fact, fromKakao: true, outcome: 'screen' }), at + 1500, onKakao),
    observe(authorize({ ...form, fromKakao: true, outcome: 'screen' }), at + 2000, onKakao),
    poll(at + 2020),
    exchange(at + 2100, BY_WORKER),
  ];
}

/** A login of which only the polling and the code are seen. The code comes 1.5 s after `at`. */
const easyLogin = (at: number): Observation[] => [
  poll(at),
  poll(at + 1000),
  observe({ type: 'arrival', redirectUri: `${SITE}/cb`, outcome: 'code', error: null }, at + 1500),
  exchange(at + 1700, BY_WORKER),
];

/** Live traffic of a site whose service worker passes all requests of its pages on. */
const SERVICE_WORKER: KnownCase[] = [
  {
    name: 'login in a popup and its call: complete',
    history: [mode('auto'), popupLogin(T0), me(T0 + 3000, BY_WORKER)],
    at: 30,
    logins: [{ kind: 'first certain', verdict: 'complete certain' }],
  },
  {
    name: 'login in a popup without a call: missed',
    history: [mode('auto'), popupLogin(T0)],
    at: 30,
    logins: [{ kind: 'first certain', verdict: 'missed certain' }],
  },
  ...(
    [
      ['one in a popup', popupLogin],
      ['an easy login', easyLogin],
    ] as const
  ).map(([second, loginAt]): KnownCase => ({
    name: `first login, then ${second} with a call: the first is not surely complete`,
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(T0 + 3100, BY_WORKER),
      loginAt(after(0, 2)),
      me(after(0, 3), BY_WORKER),
    ],
    at: 30,
    logins: [{ never: 'complete certain' }, { verdict: 'complete' }],
  })),
  ...(
    [
      ['in a popup', popupLogin(after(0, 2)).slice(0, -1)],
      ['by easy login', [poll(after(0, 2)), poll(after(0, 2) + 1900)]],
    ] as const
  ).map(([how, steps]): KnownCase => ({
    name: `first login, then one ${how} whose call the server reports: the call is not the first’s`,
    history: [
      mode('auto'),
      firstLogin(T0),
      reported(T0 + 3010, false),
      [...steps],
      reported(after(0, 2) + 2050, true),
    ],
    at: 30,
    logins: [{ never: 'complete certain' }, { verdict: 'complete' }],
  })),
  {
    name: 'first login and a repeat by redirect with a call: the site has the repeat’s token, and the link is one',
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(T0 + 3100, BY_WORKER),
      repeatLogin(after(0, 2)),
      exchange(after(0, 2) + 200, BY_WORKER),
      me(after(0, 3), BY_WORKER),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain' }, { verdict: 'not-applicable certain' }],
  },
];

describe('a site whose service worker asks in place of its pages', () => {
  testCases(SERVICE_WORKER);
});
