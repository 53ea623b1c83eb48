import { describe, expect, test } from 'vitest';
import { captureHar } from '../../../utils/capture/har/capture-har.ts';
import { reducePath } from '../../../utils/capture/reduce-path.ts';
import { captureSiteResponse } from '../../../utils/capture/site-response.ts';
import type { AuthorizeFact } from '../../../utils/model/observation.ts';
import {
  api,
  APP,
  authorize,
  exchange,
  firstLogin,
  HOUR,
  me,
  observe,
  repeatLogin,
  SITE,
  T0,
  token,
} from '../fixtures.ts';
import { judge, type Steps } from './judge-history.ts';

/** Verdicts and their doubts, 30 hours after the first login. */
const judgedAsUnknown = (history: Steps) => judge(history, 30).map((v) => [v.verdict, v.doubt]);

/** The same for an app that is known to be on auto-link. */
const judgedAsAuto = (...history: Steps) =>
  judgedAsUnknown([
    observe({ type: 'app', clientId: APP, linkMode: 'auto' }, T0, { source: 'tester' }),
    ...history,
  ]);

type More = Parameters<typeof observe>[2];
const A = { tab: 'r:1' };
const B = { tab: 'r:2' };
const screen = (at: number, more: More = {}, fact: Partial<AuthorizeFact> = {}) => [
  observe(authorize({ outcome: 'screen', ...fact }), at, more),
];
const arrival = (at: number, more: More = {}) => [
  observe({ type: 'arrival', redirectUri: `${SITE}/cb`, outcome: 'code', error: null }, at, more),
];
/** A first login whose token exchange is seen. */
const login = (at: number, { fact = {}, ...more }: Parameters<typeof firstLogin>[1] = {}) => [
  ...firstLogin(at, { fact, ...more }),
  exchange(at + 4000, more),
];

describe('call that may be of either of two accounts', () => {
  const X = login(T0, A);

  test.each([
    ['the tab of the older login', B, A, ['complete', 'other-tab'], ['missed', 'account-unknown']],
    [
      'a tab of neither',
      B,
      { tab: 'r:3' },
      ['missed', 'account-unknown'],
      ['complete', 'other-tab'],
    ],
    ['no tab', B, { tab: null }, ['missed', 'account-unknown'], ['complete', 'other-tab']],
    [
      'the tab that opened the newer login’s, and logged in itself',
      { ...B, opener: 'r:1' },
      A,
      ['missed', 'account-unknown'],
      ['complete', 'other-tab'],
    ],
  ])('call made in %s: both logins stay uncertain', (_, newer, from, older, other) =>
    expect(judgedAsAuto(X, login(T0 + HOUR, newer), me(T0 + 2 * HOUR, from))).toEqual([
      older,
      other,
    ]),
  );

  test('call after a login of which only the end was seen: the open one’s miss is likely', () => {
    const end = authorize({ params: ['through_account'], fromKakao: true });
    const verdicts = judgedAsAuto(
      X,
      [observe(end, T0 + HOUR, { ...B, site: null })],
      me(T0 + HOUR + 1000, B),
    );
    expect(verdicts[0]).toEqual(['missed', 'account-unknown']);
  });

  test.each([
    ['is complete already', me(T0 + 5000, A)],
    [
      'has completed by sign-up',
      observe(api('/v1/user/signup', 200, { method: 'POST' }), T0 + 5000, A),
    ],
  ])('its own login %s: the other login’s miss stays uncertain', (_, own) => {
    const call = { ...own, id: 'again', at: T0 + 2 * HOUR };
    const manual = observe({ type: 'app', clientId: APP, linkMode: 'manual' }, T0);
    const mode = own.type === 'api' && own.method === 'POST' ? [manual] : [];
    expect(judgedAsAuto(mode, X, [own], login(T0 + HOUR, B), [call])).toEqual([
      ['complete', null],
      ['missed', 'account-unknown'],
    ]);
  });

  test('both accounts known, the call’s not: the other login’s miss is uncertain', () => {
    const known = (account: string, at: number, more: More) => [
      ...firstLogin(at, more),
      observe(token(200, { account }), at + 4000, more),
    ];
    const [alice, bob] = [known('alice', T0, A), known('bob', T0 + HOUR, B)];
    expect(judgedAsAuto(alice, bob, me(T0 + 2 * HOUR, A))[1]).toEqual([
      'missed',
      'account-unknown',
    ]);
    expect(judgedAsAuto(alice, bob, me(T0 + 2 * HOUR, A, { account: 'alice' }))[1]).toEqual([
      'missed',
      null,
    ]);
  });

  test.each([
    ['a call', me(T0 + 2 * HOUR, A, { account: 'alice' })],
    ['a token request', observe(token(200, { account: 'alice' }), T0 + 2 * HOUR, A)],
  ])('%s with a user id: the login’s account stays unknown', (_, doubtful) => {
    const history = [X, login(T0 + HOUR, B), [doubtful]];
    expect(judge(history, 30).map((v) => v.login.userHash)).toEqual([null, null]);
    const known = me(T0 + 3 * HOUR, { tab: 'r:3' }, { account: 'alice' });
    expect(judgedAsAuto(...history, known).map(([, doubt]) => doubt)).not.toContain(null);
  });

  test('call with connected_at: the login’s link stays unknown', () => {
    const body = me(T0 + 2 * HOUR, A, { connectedAt: T0 + HOUR, hasSignedUp: false });
    expect(judge([X, login(T0 + HOUR, B), body], 30)[0]?.login).toMatchObject({
      connectedAt: null,
      notSignedUp: false,
    });
  });

  test('login completed late: in doubt only if the call came in its window', () => {
    const history = [X, me(T0 + 5000, A), login(T0 + HOUR, B)];
    const late = me(T0 + 26 * HOUR, B);
    expect(judgedAsAuto(...history, me(T0 + 2 * HOUR, A), late)[1]).toEqual([
      'late',
      'account-unknown',
    ]);
    expect(judgedAsAuto(...history, late, me(T0 + 27 * HOUR, A))[1]).toEqual(['late', null]);
  });

  test('manual link: a miss is in doubt by a sign-up call, not by a listed one', () => {
    const manual = observe({ type: 'app', clientId: APP, linkMode: 'manual' }, T0);
    const signup = (at: number) => observe(api('/v1/user/signup', 200, { method: 'POST' }), at, A);
    const both = [manual, X, me(T0 + 5000, A), login(T0 + HOUR, B), me(T0 + HOUR + 5000, B)];
    expect(judgedAsAuto(...both, me(T0 + 2 * HOUR, A))[1]).toEqual(['missed', null]);
    expect(judgedAsAuto(...both, signup(T0 + 2 * HOUR))[1]).toEqual(['missed', 'account-unknown']);
  });

  test('login that came after the call: its miss stays certain', () => {
    const later = login(T0 + 3 * HOUR, { tab: 'r:4' });
    const all = judgedAsAuto(X, login(T0 + HOUR, B), me(T0 + 2 * HOUR, A), later);
    expect(all[2]).toEqual(['missed', null]);
  });
});

describe('two logins of different keys or origins', () => {
  const auto = (clientId: string) => [
    observe({ type: 'app', clientId, linkMode: 'auto' }, T0, { source: 'tester' }),
  ];
  const again = (at: number, fact: Partial<AuthorizeFact>, site = SITE) =>
    repeatLogin(at, { site, fact });
  const doubtful = ['missed', 'account-unknown'];

  test('REST key and JavaScript key of one site: a call after both is uncertain', () => {
    const both = [auto('rest-key'), login(T0, { fact: { clientId: 'rest-key' } })];
    const repeat = again(T0 + 9000, {});
    expect(judgedAsAuto(...both, repeat, me(T0 + 10_000))).toEqual([
      ['complete', 'account-unknown'],
      ['not-applicable', null],
    ]);
    const first = firstLogin(T0 + 9000);
    expect(judgedAsAuto(...both, first, me(T0 + 20_000))).toEqual([
      doubtful,
      ['complete', 'account-unknown'],
    ]);
    // User ids differ from app to app, so the same id means one account of one app, which consented anew.
    const id = (at: number) => [observe(token(200, { account: 'alice' }), at)];
    const known = me(T0 + 20_000, {}, { account: 'alice' });
    expect(judgedAsAuto(...both, id(T0 + 5000), first, id(T0 + 15_000), known)[0]).toEqual([
      'unlinked',
      null,
    ]);
  });

  test('site with and without www: a call after a repeat of one session completes the link', () => {
    const [www, apex] = ['https://www.shop.test', 'https://shop.test'];
    const to = { redirectUri: `${apex}/cb` };
    const X = login(T0, { site: www, fact: to });
    expect(judgedAsAuto(X, me(T0 + 9000, { site: apex }))).toEqual([['complete', null]]);
    expect(judgedAsAuto(X, me(T0 + 9000, { site: www }))).toEqual([['complete', null]]);
    expect(judgedAsAuto(X, again(T0 + 9000, to, apex), me(T0 + 10_000, { site: apex }))[0]).toEqual(
      ['complete', null],
    );
    const back = { redirectUri: `${www}/cb` };
    expect(
      judgedAsAuto(X, again(T0 + 9000, back, apex), me(T0 + 10_000, { site: www }))[0],
    ).toEqual(['complete', null]);
  });

  test('two sites of one app: a call after a repeat on one completes the link of the other', () => {
    const other = 'https://beta.shop.test';
    const call = me(T0 + HOUR + 9000, { site: other });
    const fact = { redirectUri: `${other}/cb` };
    expect(judgedAsAuto(login(T0), again(T0 + HOUR, fact, other), call)[0]).toEqual([
      'complete',
      null,
    ]);
    expect(judgedAsAuto(login(T0), login(T0 + HOUR, { site: other, fact }), call)).toEqual([
      ['missed', null],
      ['complete', null],
    ]);
    const inPrivate = { site: other, cookieStore: 'private', tab: 'r:5' };
    const apart = [repeatLogin(T0 + HOUR, { ...inPrivate, fact }), me(T0 + 2 * HOUR, inPrivate)];
    expect(judgedAsAuto(login(T0), ...apart)[0]).toEqual(['complete', 'account-unknown']);
  });

  test('first of two keys complete before the second: a later call may still carry its token', () => {
    const before = [
      auto('other-key'),
      login(T0, { fact: { clientId: 'other-key' } }),
      me(T0 + 9000),
    ];
    const call = (more: More) => me(T0 + HOUR + 9000, more);
    const sure = ['complete', null];
    const likely = ['complete', 'account-unknown'];
    expect(judgedAsAuto(...before, login(T0 + HOUR, A), call(A))).toEqual([sure, likely]);
    expect(judgedAsAuto(...before, login(T0 + HOUR, B), call(B))).toEqual([sure, likely]);
    expect(judgedAsAuto(...before, login(T0 + HOUR, B), call({ tab: 'r:3' }))[1]).toEqual(likely);
    // The other key's last login in this tab was complete, so the page no longer uses those before it.
    const missed = [auto('other-key'), login(T0 - HOUR, { fact: { clientId: 'other-key' } })];
    const all = [...missed, ...before, login(T0 + HOUR, A), call(A)];
    expect(judgedAsAuto(...all)).toEqual([['missed', null], sure, likely]);
    // A repeat, however, may be of any account.
    expect(judgedAsAuto(...missed, ...before, again(T0 + HOUR, {}), call(A))[0]).toEqual(likely);
  });

  test('call after extra consent on another site: likely completes the link; after an earlier repeat: not', () => {
    const other = 'https://beta.shop.test';
    const to = { redirectUri: `${other}/cb` };
    const extra = [
      ...screen(T0 + HOUR, { site: other }, { ...to, params: ['scope'] }),
      observe(
        authorize({ ...to, clientId: null, method: 'POST', params: [], fromKakao: true }),
        T0 + HOUR + 1000,
        { site: null },
      ),
    ];
    const call = me(T0 + HOUR + 9000, { site: other });
    expect(judgedAsAuto(login(T0), extra, call)[0]).toEqual(['complete', 'account-unknown']);
    expect(judgedAsAuto(again(T0 - HOUR, to, other), login(T0), call)[1]).toEqual(['missed', null]);
  });

  test('other key’s link is gone: the later login stays certain', () => {
    const old = [auto('rest-key'), login(T0 - 49 * HOUR, { fact: { clientId: 'rest-key' } })];
    expect(judgedAsAuto(...old, login(T0), me(T0 + 9000))).toEqual([
      ['missed', null],
      ['complete', null],
    ]);
  });
});

test('call of a private or a normal window: logins of both stay uncertain', () => {
  const inPrivate = { tab: 'r:9', cookieStore: 'private' };
  const call = me(T0 + 2 * HOUR, { tab: null, cookieStore: 'any' });
  const doubtful = ['complete', 'other-tab'];
  expect(judgedAsAuto(login(T0, A), call)).toEqual([doubtful]);
  expect(judgedAsAuto(login(T0, inPrivate), call)).toEqual([doubtful]);
  expect(judgedAsAuto(login(T0, A), login(T0 + HOUR, inPrivate), call)).toEqual([
    ['missed', 'account-unknown'],
    doubtful,
  ]);
});

test('popups of two accounts: each opener’s call is surely its latest popup’s', () => {
  const popup = (n: number) => ({ tab: `r:${n}`, opener: 'r:1' });
  const history = [login(T0, popup(8)), me(T0 + 5000, A), login(T0 + HOUR, popup(9))];
  expect(judgedAsAuto(...history, me(T0 + HOUR + 5000, A))).toEqual([
    ['complete', null],
    ['complete', null],
  ]);
});

test('sharing by the SDK, signed with the app’s key: the token stays unseen', () => {
  for (const path of [
    '/v2/api/talk/message/image/scrap',
    '/v2/api/talk/message/image/upload',
    '/v2/api/kakaolink/talk/template/default',
  ])
    expect(judgedAsAuto(firstLogin(T0), [observe(api(reducePath(path)), T0 + 9000)])).toEqual([
      ['unseen', null],
    ]);
});

describe('redirect URI loaded again with its old code', () => {
  test.each(['screen', 'login-form'] as const)('Back from a %s: no new login', (outcome) => {
    const away = [observe(authorize({ outcome }), T0 + HOUR)];
    const refused = [observe(token(400, { error: 'KOE320' }), T0 + HOUR + 9000)];
    expect(
      judgedAsAuto(login(T0), me(T0 + 5000), away, arrival(T0 + HOUR + 8000), refused),
    ).toEqual([['complete', null]]);
  });

  test('popup that was closed before: it ends no login', () => {
    const poll = (at: number) => [observe({ type: 'poll', clientId: APP, watched: true }, at)];
    const popup = (n: number) => ({ tab: `r:${n}`, opener: 'r:1' });
    const asked = { params: ['is_popup'] };
    const answer = authorize({
      clientId: null,
      redirectUri: null,
      method: 'POST',
      outcome: 'screen',
    });
    expect(
      judgedAsAuto(
        [...poll(T0), ...screen(T0 + 10, popup(8), asked)],
        [...poll(T0 + 20_000), ...screen(T0 + 20_010, popup(9), asked)],
        [observe({ ...answer, fromKakao: true }, T0 + 22_000, { ...popup(9), site: null })],
        [...arrival(T0 + 23_000), exchange(T0 + 24_000), me(T0 + 25_000)],
        arrival(T0 + 60_000),
      ),
    ).toEqual([['complete', null]]);
  });
});

describe('consent form answered once more after Back', () => {
  const answer = (redirectUri: string) =>
    observe(
      authorize({ clientId: null, redirectUri, method: 'POST', params: [], fromKakao: true }),
      T0 + HOUR,
      { ...A, site: null },
    );

  test('form of the tab’s last login: same app and site, unknown account', () => {
    const [first, second] = judge([login(T0), [answer(`${SITE}/cb`)], me(T0 + HOUR + 5000)], 30);
    expect(second?.login).toMatchObject({ clientId: APP, site: SITE, kind: 'unknown' });
    expect([first?.verdict, first?.certainty]).toEqual(['missed', 'likely']);
  });

  test('form that leads elsewhere: its app is unknown', () =>
    expect(judge([login(T0), [answer('https://other.test/cb')]], 30)[1]?.login).toMatchObject({
      clientId: 'unknown',
      site: 'https://other.test',
    }));

  test('form of the login before the one whose screen is open: not surely a first login', () => {
    const other = { clientId: 'other-app', redirectUri: 'https://other.test/cb' };
    const screens = [
      observe(authorize({ outcome: 'screen' }), T0 + HOUR - 60_000, A),
      observe(authorize({ outcome: 'screen', ...other }), T0 + HOUR - 30_000, {
        ...A,
        site: 'https://other.test',
      }),
    ];
    const [said] = judge([screens, [answer(`${SITE}/cb`)]], 30);
    expect(said?.login).toMatchObject({ clientId: 'unknown', site: SITE, kind: 'unknown' });
  });

  test('login by another key that asks by a form after a refusal: it is of that key', () => {
    const refusal = authorize({ outcome: 'error', error: 'access_denied', fromKakao: true });
    const other = authorize({ clientId: 'other-app', method: 'POST' });
    const [said] = judge(
      [
        [observe(authorize({ outcome: 'screen' }), T0, A)],
        [observe(refusal, T0 + 9000, { ...A, site: null })],
        [observe(other, T0 + 20_000, A)],
      ],
      30,
    );
    expect(said?.login.clientId).toBe('other-app');
  });
});

test('login after a pause: its account may be another one', () => {
  const pause = (paused: boolean, at: number) => [
    observe({ type: 'pause', paused }, at, { source: 'tester', tab: null }),
  ];
  const paused = [...pause(true, T0 + HOUR), ...pause(false, T0 + 2 * HOUR)];
  const again = [...repeatLogin(T0 + 3 * HOUR), me(T0 + 3 * HOUR + 1000)];
  expect(judgedAsAuto(login(T0), paused, again)[0]).toEqual(['complete', 'account-unknown']);
  expect(judgedAsAuto(login(T0), again)[0]).toEqual(['complete', null]);
});

test('popup that hands its token over at once: the next call’s account is unknown', () => {
  const proxy = { redirectUri: 'kakaojs', params: ['proxy'] };
  const popup = (n: number) => ({ tab: `r:${n}`, opener: 'r:1' });
  const answer = authorize({
    clientId: null,
    redirectUri: null,
    method: 'POST',
    outcome: 'screen',
  });
  const first = [
    ...screen(T0, popup(9), proxy),
    observe({ ...answer, fromKakao: true }, T0 + 900, { ...popup(9), site: null }),
    exchange(T0 + 1000, A),
  ];
  const second = screen(T0 + HOUR, popup(10), proxy);
  const call = me(T0 + HOUR + 1000, { ...A, source: 'server' });
  expect(judgedAsAuto(first, second, call)).toEqual([['complete', 'account-unknown']]);
  expect(judgedAsAuto(first, call)).toEqual([['complete', null]]);
});

test('sign-up answered 400 without a visible code: a miss is uncertain unless auto-link', () => {
  const signup = [observe(api('/v1/user/signup', 400, { method: 'POST' }), T0 + 5000)];
  expect(judgedAsUnknown([login(T0), signup])).toEqual([['missed', 'signup-answer-unknown']]);
  expect(judgedAsAuto(login(T0), signup)).toEqual([['missed', null]]);
});

describe('report in a cached answer', () => {
  const report = { name: 'Server-Timing', value: 'kakao;desc="GET /v2/user/me 200"' };

  test('answer from the browser’s cache: its report is ignored', () => {
    const response = { url: `${SITE}/api/me`, responseHeaders: [report] };
    expect(captureSiteResponse({ ...response, fromCache: true })).toBeNull();
    expect(captureSiteResponse({ ...response, fromCache: false })?.reports).toHaveLength(1);
  });

  test('cached entry of a recording: its report is ignored', async () => {
    const entry = {
      startedDateTime: new Date(T0).toISOString(),
      request: { method: 'GET', url: `${SITE}/api/me`, headers: [] },
      response: { status: 200, headers: [report], content: {} },
    };
    const hash = async () => '';
    expect(await captureHar([{ ...entry, _fromCache: 'disk' }], hash)).toEqual([]);
    expect(await captureHar([entry], hash)).toHaveLength(1);
  });
});
