import { describe } from 'vitest';
import {
  api,
  APP,
  authorize,
  exchange,
  firstLogin,
  HOUR,
  me,
  observe,
  SITE,
  T0,
} from '../../fixtures.ts';
import { file, fromHar, harFirstLogin, harMe, onPage, type HarRequest } from './har-requests.ts';
import {
  after,
  agree,
  codeArrives,
  IN_POPUP,
  MALL,
  mode,
  pausedFor,
  POLL,
  testCases,
  type KnownCase,
  unlink,
} from './known-case.ts';

/** A file that begins where the code comes, and a call whose answer tells of a link that is months old. */
const fromCallbackOn = ({ exchanged }: { exchanged: boolean }): HarRequest[] => {
  const [, , page, issued] = harFirstLogin(T0);
  const body = '{"id":77,"connected_at":"2026-01-01T00:00:00Z"}';
  return [page, exchanged ? issued : undefined, harMe(T0 + 5000, { body })].flatMap((r) => r ?? []);
};

const OTHER_KEY = 'rest-key-0002';

/**
 * A login on another domain, one by another key whose redirect URI is on an origin that is not watched, and a code that comes to
 * another host of that one's domain some ms after it, is exchanged there, and its token used.
 */
const codeOnNeighbour = (ms: number) => {
  const [tab, at] = ['r:2', T0 + HOUR];
  const fact = { clientId: OTHER_KEY, redirectUri: 'https://m.shop.test/cb', watched: false };
  const unseen = { tab, site: 'https://m.shop.test' };
  return [
    mode('auto'),
    mode('auto', OTHER_KEY),
    firstLogin(T0, { site: MALL, fact: { redirectUri: `${MALL}/cb` } }),
    exchange(T0 + 4000, { site: MALL }),
    observe(authorize({ ...fact, outcome: 'screen' }), at - 1000, unseen),
    observe(
      authorize({ ...fact, clientId: null, method: 'POST', params: [], fromKakao: true }),
      at,
      { ...unseen, site: null },
    ),
    { ...codeArrives(at + ms), tab },
    exchange(at + ms + 300, { tab }),
    me(at + ms + 1000, { tab }),
  ];
};

const PAUSES: KnownCase[] = [
  {
    name: 'code on another host of an unwatched redirect URI’s domain, seconds later: perhaps of a login that was lost',
    history: codeOnNeighbour(2500),
    at: 1.01,
    logins: [{ never: 'pending certain' }, {}],
  },
  {
    name: 'the same at once: the code was led on',
    history: codeOnNeighbour(100),
    at: 1.01,
    logins: [{ verdict: 'pending certain' }, {}],
  },
  {
    name: 'recording paused while a popup shows the consent screen: not surely a repeat',
    history: [
      mode('auto'),
      observe(authorize({ outcome: 'login-form', params: ['client_id', 'is_popup'] }), T0, {
        tab: 'r:8',
        opener: 'r:1',
      }),
      pausedFor(T0 + 5000, 8000),
      agree(T0 + 15_000, IN_POPUP),
    ],
    at: 2,
    logins: [{ neverKind: 'repeat certain', never: 'not-applicable certain' }],
  },
  {
    name: 'recording paused until a popup had its code: not surely a repeat',
    history: [
      mode('auto'),
      observe(authorize({ outcome: 'login-form', params: ['client_id', 'is_popup'] }), T0, {
        tab: 'r:8',
        opener: 'r:1',
      }),
      pausedFor(T0 + 5000, 15_000),
      observe(
        { type: 'arrival', redirectUri: `${SITE}/cb`, outcome: 'code', error: null },
        T0 + 21_000,
      ),
    ],
    at: 2,
    logins: [{ neverKind: 'repeat certain', never: 'not-applicable certain' }],
  },
  {
    name: 'recording paused while the consent screen is shown, when another tab may log in: not surely a first login',
    history: [
      mode('auto'),
      observe(authorize({ outcome: 'screen' }), T0),
      pausedFor(T0 + 5000, 10_000),
      agree(T0 + 20_000),
      exchange(T0 + 21_000),
    ],
    at: 30,
    logins: [{ neverKind: 'first certain', never: 'missed certain' }],
  },
  {
    name: 'recording paused before the consent screen is shown: surely a first login',
    history: [
      mode('auto'),
      observe(authorize({ outcome: 'login-form' }), T0),
      pausedFor(T0 + 5000, 10_000),
      observe(authorize({ outcome: 'screen', fromKakao: true }), T0 + 18_000, { site: null }),
      agree(T0 + 20_000),
      exchange(T0 + 21_000),
    ],
    at: 30,
    logins: [{ kind: 'first certain', verdict: 'missed certain' }],
  },
  {
    name: 'recording paused at the screen of one login, resumed at another’s on another site: only the other login is there',
    history: [
      mode('auto'),
      observe(authorize({ outcome: 'screen' }), T0),
      pausedFor(T0 + 5000, 60_000),
      observe(
        authorize({ outcome: 'screen', redirectUri: `${MALL}/cb`, fromKakao: true }),
        T0 + 70_000,
        { site: null },
      ),
      agree(T0 + 75_000, { site: MALL }),
      exchange(T0 + 76_000, { site: MALL }),
    ],
    at: 30,
    logins: [{ site: MALL, kind: 'first certain', verdict: 'missed certain' }],
  },
  {
    name: 'recording paused in one login and resumed in the next, which asks for extra consent: not surely a first one',
    history: [
      mode('auto'),
      observe(authorize({ outcome: 'login-form' }), T0),
      pausedFor(T0 + 5000, 20 * 60_000),
      observe(
        authorize({ outcome: 'screen', params: ['scope', 'through_account'], fromKakao: true }),
        after(0, 21),
        { site: null },
      ),
      agree(after(0, 22)),
      exchange(after(0, 23)),
    ],
    at: 30,
    logins: [{ neverKind: 'first certain', never: 'missed certain' }],
  },
  {
    name: 'login while recording was paused, whose call tells of its new link: not surely a late call of the one before',
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(T0 + 4000),
      observe(api('/v1/user/logout', 200, { method: 'POST', account: 'alice' }), after(0, 20)),
      pausedFor(after(38), 40_000),
      observe(
        { type: 'arrival', redirectUri: `${SITE}/cb`, outcome: 'code', error: null },
        after(38, 1),
      ),
      exchange(after(38, 1) + 1000),
      me(after(38, 1) + 2000, {}, { account: 'alice', connectedAt: after(38), wholeBody: true }),
    ],
    at: 100,
    logins: [{ never: 'late certain' }],
  },
  {
    name: 'recording paused at the login form of a popup, resumed when its screen is answered: not surely a first login',
    history: [
      mode('auto'),
      observe(authorize({ outcome: 'login-form', params: ['client_id', 'is_popup'] }), T0, {
        tab: 'r:8',
        opener: 'r:1',
      }),
      pausedFor(T0 + 5000, 20_000),
      observe(
        authorize({
          clientId: null,
          method: 'POST',
          redirectUri: null,
          params: [],
          fromKakao: true,
          outcome: 'screen',
        }),
        T0 + 26_000,
        { ...IN_POPUP, site: null },
      ),
      observe({ type: 'poll', clientId: APP, watched: true }, T0 + 27_000),
      observe(
        { type: 'arrival', redirectUri: `${SITE}/cb`, outcome: 'code', error: null },
        T0 + 27_100,
      ),
      exchange(T0 + 28_000),
    ],
    at: 30,
    logins: [{ neverKind: 'first certain', never: 'missed certain' }],
  },
  ...['/v2/user/me', '/v1/user/unlink'].map((path): KnownCase => ({
    name: `login on another site while recording was paused, then ${path} there: the one before is not surely pending`,
    history: [
      mode('auto'),
      firstLogin(T0),
      exchange(T0 + 4000),
      pausedFor(T0 + 10_000, 30_000),
      observe(api(path, 200, { method: path.endsWith('unlink') ? 'POST' : 'GET' }), T0 + 45_000, {
        tab: 'r:2',
        site: MALL,
      }),
    ],
    at: 1,
    logins: [{ never: 'pending certain' }],
  })),
  ...['/v2/user/me', '/v1/user/unlink'].map((path): KnownCase => ({
    name: `login while paused on a site with an earlier one, then ${path} there: no other is surely pending`,
    history: [
      mode('auto'),
      firstLogin(after(-26), { site: MALL, fact: { redirectUri: `${MALL}/cb` } }),
      exchange(after(-26) + 4000, { site: MALL }),
      firstLogin(T0, { tab: 'r:2' }),
      exchange(T0 + 4000, { tab: 'r:2' }),
      pausedFor(T0 + 10_000, 30_000),
      observe(api(path, 200, { method: path.endsWith('unlink') ? 'POST' : 'GET' }), T0 + 45_000, {
        site: MALL,
      }),
    ],
    at: 1,
    logins: [{}, { never: 'pending certain' }],
  })),
  ...[60_000, 4000, 1000].map((ago): KnownCase => ({
    name: `login of which only the end was recorded, its link made ${ago / 1000} s before: ${ago > 3000 ? 'not surely' : 'surely'} a first login`,
    history: [
      mode('auto'),
      agree(T0),
      exchange(T0 + 300),
      me(T0 + 500, {}, { connectedAt: T0 - ago, wholeBody: true }),
    ],
    at: 2,
    logins: [ago > 3000 ? { neverKind: 'first certain' } : { kind: 'first certain' }],
  })),
  ...['r:1', 'r:2'].map((tab): KnownCase => ({
    name: `easy login after a pause, then ${tab === 'r:1' ? 'its' : 'another'} tab is told of a link from the pause: ${tab === 'r:1' ? 'surely' : 'not surely'} a repeat`,
    history: [
      mode('auto'),
      pausedFor(T0, 60_000),
      observe(POLL, after(26)),
      codeArrives(after(26) + 2000),
      exchange(after(26) + 2300),
      me(after(26) + 3000, { tab }, { connectedAt: T0 + 30_000, wholeBody: true }),
    ],
    at: 56,
    logins: [tab === 'r:1' ? { kind: 'repeat certain' } : { neverKind: 'repeat certain' }],
  })),
  {
    name: 'file that begins with the code, and a token not seen to be issued: an older link may be of a kept one',
    history: async () => [mode('auto'), await file(onPage(fromCallbackOn({ exchanged: false })))],
    at: 30,
    logins: [{ neverKind: 'repeat certain', never: 'not-applicable certain' }],
  },
  {
    name: 'file that begins with the code, then its token: an older link is its own',
    history: async () => [mode('auto'), await file(onPage(fromCallbackOn({ exchanged: true })))],
    at: 30,
    logins: [{ kind: 'repeat certain' }],
  },
  {
    name: "unlink in a tab that may have logged in while recording was paused, after another tab's login: that link is not surely cut",
    history: [
      mode('auto'),
      firstLogin(T0, { tab: 'r:2', site: MALL, fact: { redirectUri: `${MALL}/cb` } }),
      exchange(T0 + 4000, { tab: 'r:2', site: MALL }),
      pausedFor(T0 + 10_000, 60_000),
      firstLogin(after(26)),
      exchange(after(26) + 4000),
      unlink(after(26) + 10_000, { tab: 'r:2' }),
    ],
    at: 27,
    logins: [{}, { never: 'unlinked certain' }],
  },
  {
    name: 'file of six seconds judged a day later: no miss by itself',
    history: async () => [mode('auto'), await fromHar(harFirstLogin(T0))],
    at: 26,
    logins: [{ verdict: 'unseen | missed likely' }],
  },
];

describe('a login of which the recording shows a part', () => {
  testCases(PAUSES);
});
