import { describe } from 'vitest';
import {
  api,
  APP,
  authorize,
  exchange,
  firstLogin,
  me,
  observe,
  repeatLogin,
  T0,
} from '../../fixtures.ts';
import {
  callWith,
  file,
  harFirstLogin,
  harMe,
  harRepeat,
  withOwnToken,
  type HarRequest,
} from './har-requests.ts';
import {
  after,
  consentAgain,
  MALL,
  mode,
  signup,
  testCases,
  unlink,
  type KnownCase,
} from './known-case.ts';

const B = 'https://other.shop.test';

const atB = { site: B, fact: { redirectUri: `${B}/cb` } };

/** A page of another site, in a tab of its own, whose app has another key. */
const NEIGHBOUR = { site: 'https://m.shop.test', tab: 'r:3' };

const BY_ANOTHER_KEY = {
  clientId: 'rest-key-0002',
  redirectUri: 'https://m.shop.test/cb',
};

/** Requests to a path of kauth that is written with a slash at its end. */
const withSlash = (path: string, requests: readonly HarRequest[]): HarRequest[] =>
  requests.map((r) => ({ ...r, url: r.url.replace(path, `${path}/`) }));

const OWN_TOKEN = 'kX7pL2mQ9vR4tW8zB3nC';

/** The requests of a first login whose token request names another of the app's keys than its authorize request. */
const withOtherKey = (at: number): HarRequest[] =>
  withOwnToken(harFirstLogin(at), OWN_TOKEN).map((r) =>
    r.form ? { ...r, form: r.form.replace(APP, 'rest-key-0001') } : r,
  );

const SITES_AND_KEYS: KnownCase[] = [
  {
    name: 'consent again on another site, then a repeat: the old login never survived',
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(after(0, 1)),
      consentAgain(after(40), { site: B, tab: 'r:2' }),
      exchange(after(40, 1), { site: B, tab: 'r:2' }),
      repeatLogin(after(60)),
    ],
    at: 62,
    logins: [{ never: 'complete' }, { kind: 'first' }, { kind: 'repeat' }],
  },
  {
    name: 'unlink and new consent on another site, then a call: not of the dead link',
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(after(0, 1)),
      repeatLogin(after(1), { tab: 'r:2', ...atB }),
      exchange(after(1, 1), { site: B, tab: 'r:2' }),
      unlink(after(2), { site: B, tab: 'r:2' }),
      consentAgain(after(3), { site: B, tab: 'r:2' }),
      repeatLogin(after(4)),
      exchange(after(4, 1)),
      me(after(4, 2)),
    ],
    at: 30,
    logins: [
      { verdict: 'unlinked' },
      { kind: 'repeat' },
      { verdict: 'complete', kind: 'first' },
      { kind: 'repeat' },
    ],
  },
  {
    name: 'first login on one page, repeat and unlink on another: unlinked',
    history: [
      mode('auto'),
      firstLogin(T0, { tab: 'r:1' }),
      exchange(after(0, 1), { tab: 'r:1' }),
      repeatLogin(after(1), {
        tab: 'r:2',
        site: 'https://other.shop.test',
        fact: { redirectUri: 'https://other.shop.test/cb' },
      }),
      exchange(after(1, 1), { tab: 'r:2', site: 'https://other.shop.test' }),
      observe(api('/v1/user/unlink', 200, { method: 'POST' }), after(2), {
        tab: 'r:2',
        site: 'https://other.shop.test',
      }),
    ],
    at: 30,
    logins: [{ verdict: 'unlinked' }, { kind: 'repeat' }],
  },
  {
    name: 'link mode not known, sign-up after the window by another key, which may be of the same app: may be late',
    history: [
      firstLogin(T0),
      exchange(T0 + 4000),
      repeatLogin(after(8), { ...NEIGHBOUR, fact: BY_ANOTHER_KEY }),
      exchange(after(8) + 1000, NEIGHBOUR),
      { ...signup(after(27), 200), ...NEIGHBOUR },
    ],
    at: 30,
    logins: [{ verdict: 'missed likely' }, { kind: 'repeat' }],
  },
  {
    name: "calls with another key's token long after a missed login: not surely late",
    history: [
      mode('auto'),
      mode('auto', 'rest-key'),
      firstLogin(T0, { tab: 'r:2' }),
      exchange(after(0, 1), { tab: 'r:2' }),
      me(after(0, 2), { tab: 'r:2' }),
      firstLogin(after(65), { tab: 'r:2', fact: { clientId: 'rest-key' } }),
      exchange(after(65, 1), { tab: 'r:2' }),
      me(after(147)),
      me(after(148)),
    ],
    at: 150,
    logins: [{ verdict: 'complete certain' }, { never: 'late certain' }],
  },
  {
    name: 'consent screen whose answer was lost, then the code at once by another key on the site: not surely a repeat',
    history: [
      mode('auto'),
      mode('auto', 'rest-key-0001'),
      observe(authorize({ outcome: 'screen' }), T0),
      observe(authorize({ clientId: 'rest-key-0001' }), T0 + 60_000, { tab: 'r:2' }),
      exchange(T0 + 61_000, { tab: 'r:2' }),
    ],
    at: 30,
    logins: [{ never: 'not-applicable certain' }],
  },
  {
    name: 'sign-up through another key of the app, the link mode of the first one’s unknown: not surely pending',
    history: [
      mode('manual', 'rest-key-0001'),
      firstLogin(T0),
      exchange(T0 + 4000),
      repeatLogin(after(0, 1), { fact: { clientId: 'rest-key-0001' }, tab: 'r:2', site: MALL }),
      exchange(after(0, 2), { tab: 'r:2', site: MALL }),
      observe(api('/v1/user/signup', 200, { method: 'POST' }), after(0, 3), {
        tab: 'r:2',
        site: MALL,
      }),
    ],
    at: 2,
    logins: [{ never: 'pending certain' }, {}],
  },
  ...['/oauth/authorize', '/oauth/token'].map((path) => ({
    name: `${path} asked for with a slash at its end: a first login and its miss are certain`,
    history: async () => [mode('auto'), ...(await file(withSlash(path, harFirstLogin(T0))))],
    at: 25,
    logins: [{ verdict: 'missed certain', kind: 'first certain' }],
  })),
  {
    name: 'repeat whose authorize request has a slash at its end: surely a repeat',
    history: async () => [
      mode('auto'),
      ...(await file([
        ...harFirstLogin(T0),
        harMe(T0 + 5000),
        ...withSlash('/oauth/authorize', harRepeat(after(1))),
      ])),
    ],
    at: 25,
    logins: [{ verdict: 'complete certain' }, { verdict: 'not-applicable certain' }],
  },
  ...[false, true].map((isCalled): KnownCase => ({
    name: `code asked for with the JavaScript key and exchanged with the REST key: one login, surely ${isCalled ? 'complete' : 'missed'}`,
    history: async () => [
      mode('auto'),
      await file([...withOtherKey(T0), ...(isCalled ? [callWith(after(0, 1), OWN_TOKEN)] : [])]),
    ],
    at: 25,
    logins: [{ verdict: isCalled ? 'complete certain' : 'missed certain', kind: 'first certain' }],
  })),
];

describe('the sites and keys of an app share an account’s link', () => {
  testCases(SITES_AND_KEYS);
});
