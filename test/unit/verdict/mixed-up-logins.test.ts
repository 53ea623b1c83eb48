import { describe, expect, test } from 'vitest';
import { captureHar } from '../../../utils/capture/har/capture-har.ts';
import { captureSiteResponse } from '../../../utils/capture/site-response.ts';
import type { AuthorizeFact } from '../../../utils/model/observation.ts';
import { judge, type Steps } from './judge-history.ts';
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

/** Verdicts and their doubts, 30 hours after the first login. */
const judged = (history: Steps) => judge(history, 30).map((v) => [v.verdict, v.doubt]);

/** The same of an app that is known to be on auto-link. */
const said = (...history: Steps) =>
  judged([
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

describe('a call that may be of either of two accounts', () => {
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
  ])('made in %s is sure for neither', (_, newer, from, older, other) =>
    expect(said(X, login(T0 + HOUR, newer), me(T0 + 2 * HOUR, from))).toEqual([older, other]),
  );

  test('made after a login of which only the end was seen leaves the open one’s miss in doubt', () => {
    const end = authorize({ params: ['through_account'], fromKakao: true });
    const seen = said(X, [observe(end, T0 + HOUR, { ...B, site: null })], me(T0 + HOUR + 1000, B));
    expect(seen[0]).toEqual(['missed', 'account-unknown']);
  });

  test.each([
    ['is complete already', me(T0 + 5000, A)],
    [
      'has completed by sign-up',
      observe(api('/v1/user/signup', 200, { method: 'POST' }), T0 + 5000, A),
    ],
  ])('leaves the other in doubt also where the login it is placed on %s', (_, own) => {
    const call = { ...own, id: 'again', at: T0 + 2 * HOUR };
    const manual = observe({ type: 'app', clientId: APP, linkMode: 'manual' }, T0);
    const mode = own.type === 'api' && own.method === 'POST' ? [manual] : [];
    expect(said(mode, X, [own], login(T0 + HOUR, B), [call])).toEqual([
      ['complete', null],
      ['missed', 'account-unknown'],
    ]);
  });

  test('leaves the other in doubt also where both accounts are known, but not whose call it is', () => {
    const known = (account: string, at: number, more: More) => [
      ...firstLogin(at, more),
      observe(token(200, { account }), at + 4000, more),
    ];
    const [alice, bob] = [known('alice', T0, A), known('bob', T0 + HOUR, B)];
    expect(said(alice, bob, me(T0 + 2 * HOUR, A))[1]).toEqual(['missed', 'account-unknown']);
    expect(said(alice, bob, me(T0 + 2 * HOUR, A, { account: 'alice' }))[1]).toEqual([
      'missed',
      null,
    ]);
  });

  test.each([
    ['a call', me(T0 + 2 * HOUR, A, { account: 'alice' })],
    ['a token request', observe(token(200, { account: 'alice' }), T0 + 2 * HOUR, A)],
  ])('does not tell whose login it was placed on: %s with a user id', (_, doubtful) => {
    const history = [X, login(T0 + HOUR, B), [doubtful]];
    expect(judge(history, 30).map((v) => v.login.userHash)).toEqual([null, null]);
    const known = me(T0 + 3 * HOUR, { tab: 'r:3' }, { account: 'alice' });
    expect(said(...history, known).map(([, doubt]) => doubt)).not.toContain(null);
  });

  test('does not tell when its account was linked either', () => {
    const body = me(T0 + 2 * HOUR, A, { connectedAt: T0 + HOUR, hasSignedUp: false });
    expect(judge([X, login(T0 + HOUR, B), body], 30)[0]?.login).toMatchObject({
      connectedAt: null,
      notSignedUp: false,
    });
  });

  test('leaves a late call’s login in doubt, but not one whose window was over', () => {
    const history = [X, me(T0 + 5000, A), login(T0 + HOUR, B)];
    const late = me(T0 + 26 * HOUR, B);
    expect(said(...history, me(T0 + 2 * HOUR, A), late)[1]).toEqual(['late', 'account-unknown']);
    expect(said(...history, late, me(T0 + 27 * HOUR, A))[1]).toEqual(['late', null]);
  });

  test('leaves a miss under manual link certain where the call is a listed one', () => {
    const manual = observe({ type: 'app', clientId: APP, linkMode: 'manual' }, T0);
    const signup = (at: number) => observe(api('/v1/user/signup', 200, { method: 'POST' }), at, A);
    const both = [manual, X, me(T0 + 5000, A), login(T0 + HOUR, B), me(T0 + HOUR + 5000, B)];
    expect(said(...both, me(T0 + 2 * HOUR, A))[1]).toEqual(['missed', null]);
    expect(said(...both, signup(T0 + 2 * HOUR))[1]).toEqual(['missed', 'account-unknown']);
  });

  test('takes no certainty from a login that came only after it', () => {
    const later = login(T0 + 3 * HOUR, { tab: 'r:4' });
    const all = said(X, login(T0 + HOUR, B), me(T0 + 2 * HOUR, A), later);
    expect(all[2]).toEqual(['missed', null]);
  });
});

describe('two logins in one tab that are not known to be of one app and site', () => {
  const auto = (clientId: string) => [
    observe({ type: 'app', clientId, linkMode: 'auto' }, T0, { source: 'tester' }),
  ];
  const again = (at: number, fact: Partial<AuthorizeFact>, site = SITE) =>
    repeatLogin(at, { site, fact });
  const doubtful = ['missed', 'account-unknown'];

  test('may be of the REST key and the JavaScript key of one app, so a call after both is sure for neither', () => {
    const both = [auto('rest-key'), login(T0, { fact: { clientId: 'rest-key' } })];
    const repeat = again(T0 + 9000, {});
    expect(said(...both, repeat, me(T0 + 10_000))).toEqual([doubtful, ['not-applicable', null]]);
    const first = firstLogin(T0 + 9000);
    expect(said(...both, first, me(T0 + 20_000))).toEqual([
      doubtful,
      ['complete', 'account-unknown'],
    ]);
    // The same user id is one account of one app.
    const id = (at: number) => [observe(token(200, { account: 'alice' }), at)];
    const known = me(T0 + 20_000, {}, { account: 'alice' });
    expect(said(...both, id(T0 + 5000), first, id(T0 + 15_000), known)[0]).toEqual(doubtful);
  });

  test('may be of one site with and without www, so a call after both is sure for neither', () => {
    const [www, apex] = ['https://www.shop.test', 'https://shop.test'];
    const to = { redirectUri: `${apex}/cb` };
    const X = login(T0, { site: www, fact: to });
    expect(said(X, me(T0 + 9000, { site: apex }))).toEqual([['complete', null]]);
    expect(said(X, me(T0 + 9000, { site: www }))).toEqual([['complete', null]]);
    expect(said(X, again(T0 + 9000, to, apex), me(T0 + 10_000, { site: apex }))[0]).toEqual(
      doubtful,
    );
    const back = { redirectUri: `${www}/cb` };
    expect(said(X, again(T0 + 9000, back, apex), me(T0 + 10_000, { site: www }))[0]).toEqual(
      doubtful,
    );
  });

  test('may be of one account on two sites of an app, so a call after a repeat on one leaves the other in doubt', () => {
    const other = 'https://beta.shop.test';
    const call = me(T0 + HOUR + 9000, { site: other });
    const fact = { redirectUri: `${other}/cb` };
    expect(said(login(T0), again(T0 + HOUR, fact, other), call)[0]).toEqual(doubtful);
    expect(said(login(T0), login(T0 + HOUR, { site: other, fact }), call)).toEqual([
      ['missed', null],
      ['complete', null],
    ]);
    const inPrivate = { site: other, cookieStore: 'private', tab: 'r:5' };
    const apart = [repeatLogin(T0 + HOUR, { ...inPrivate, fact }), me(T0 + 2 * HOUR, inPrivate)];
    expect(said(login(T0), ...apart)[0]).toEqual(['missed', null]);
  });

  test('leave both certain where the one before was complete when the later one came in its own tab', () => {
    const before = [
      auto('other-key'),
      login(T0, { fact: { clientId: 'other-key' } }),
      me(T0 + 9000),
    ];
    const call = (more: More) => me(T0 + HOUR + 9000, more);
    const sure = ['complete', null];
    expect(said(...before, login(T0 + HOUR, A), call(A))).toEqual([sure, sure]);
    expect(said(...before, login(T0 + HOUR, B), call(B))).toEqual([sure, sure]);
    expect(said(...before, login(T0 + HOUR, B), call({ tab: 'r:3' }))[1]).toEqual([
      'complete',
      'account-unknown',
    ]);
    // The other key's last login in this tab was complete, so the page has done with those before that.
    const missed = [auto('other-key'), login(T0 - HOUR, { fact: { clientId: 'other-key' } })];
    const all = [...missed, ...before, login(T0 + HOUR, A), call(A)];
    expect(said(...all)).toEqual([['missed', null], sure, sure]);
    // But a repeat may be of any account.
    expect(said(...missed, ...before, again(T0 + HOUR, {}), call(A))[0]).toEqual(doubtful);
  });

  test('leave a first login in doubt where the call came after extra consent for it elsewhere, not where it came after an earlier repeat', () => {
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
    expect(said(login(T0), extra, call)[0]).toEqual(doubtful);
    expect(said(again(T0 - HOUR, to, other), login(T0), call)[1]).toEqual(['missed', null]);
  });

  test('leave the later one certain once the other’s window is over', () => {
    const old = [auto('rest-key'), login(T0 - 25 * HOUR, { fact: { clientId: 'rest-key' } })];
    expect(said(...old, login(T0), me(T0 + 9000))).toEqual([
      ['missed', null],
      ['complete', null],
    ]);
  });
});

test('a call that may be out of a private window or a normal one is sure for the login of neither', () => {
  const inPrivate = { tab: 'r:9', cookieStore: 'private' };
  const call = me(T0 + 2 * HOUR, { tab: null, cookieStore: 'any' });
  const doubtful = ['complete', 'other-tab'];
  expect(said(login(T0, A), call)).toEqual([doubtful]);
  expect(said(login(T0, inPrivate), call)).toEqual([doubtful]);
  expect(said(login(T0, A), login(T0 + HOUR, inPrivate), call)).toEqual([
    ['missed', 'account-unknown'],
    doubtful,
  ]);
});

test('a popup’s login is the opener’s, without doubt, also after another account’s popup', () => {
  const popup = (n: number) => ({ tab: `r:${n}`, opener: 'r:1' });
  const history = [login(T0, popup(8)), me(T0 + 5000, A), firstLogin(T0 + HOUR, popup(9))];
  expect(said(...history, me(T0 + HOUR + 5000, A))).toEqual([
    ['complete', null],
    ['complete', null],
  ]);
});

test('sharing by Kakao’s SDK, signed with the app’s key, does not show that a login’s token is in the browser', () => {
  for (const path of [
    '/v2/api/talk/message/image/scrap',
    '/v2/api/talk/message/image/upload',
    '/v2/api/kakaolink/talk/template/default',
  ])
    expect(said(firstLogin(T0), [observe(api(path), T0 + 9000)])).toEqual([['unseen', null]]);
});

describe('a redirect URI that is loaded again with its old code', () => {
  test.each(['screen', 'login-form'] as const)('by Back from a %s is no login', (outcome) => {
    const away = [observe(authorize({ outcome }), T0 + HOUR)];
    const refused = [observe(token(400, { error: 'KOE320' }), T0 + HOUR + 9000)];
    expect(said(login(T0), me(T0 + 5000), away, arrival(T0 + HOUR + 8000), refused)).toEqual([
      ['complete', null],
    ]);
  });

  test('does not end a popup that was closed before', () => {
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
      said(
        [...poll(T0), ...screen(T0 + 10, popup(8), asked)],
        [...poll(T0 + 20_000), ...screen(T0 + 20_010, popup(9), asked)],
        [observe({ ...answer, fromKakao: true }, T0 + 22_000, { ...popup(9), site: null })],
        [...arrival(T0 + 23_000), exchange(T0 + 24_000), me(T0 + 25_000)],
        arrival(T0 + 60_000),
      ),
    ).toEqual([['complete', null]]);
  });
});

describe('a consent form that is answered once more after Back', () => {
  const answer = (redirectUri: string) =>
    observe(
      authorize({ clientId: null, redirectUri, method: 'POST', params: [], fromKakao: true }),
      T0 + HOUR,
      { ...A, site: null },
    );

  test('is of the app and site whose form it was, and whose account it is stays unknown', () => {
    const [first, second] = judge([login(T0), [answer(`${SITE}/cb`)], me(T0 + HOUR + 5000)], 30);
    expect(second?.login).toMatchObject({ clientId: APP, site: SITE, kind: 'unknown' });
    expect([first?.verdict, first?.certainty]).toEqual(['missed', 'likely']);
  });

  test('is of an unknown app where it led elsewhere than that form', () =>
    expect(judge([login(T0), [answer('https://other.test/cb')]], 30)[1]?.login).toMatchObject({
      clientId: 'unknown',
      site: 'https://other.test',
    }));
});

test('after a pause another account may be logged in', () => {
  const pause = (paused: boolean, at: number) => [
    observe({ type: 'pause', paused }, at, { source: 'tester', tab: null }),
  ];
  const paused = [...pause(true, T0 + HOUR), ...pause(false, T0 + 2 * HOUR)];
  const again = [...repeatLogin(T0 + 3 * HOUR), me(T0 + 3 * HOUR + 1000)];
  expect(said(login(T0), paused, again)[0]).toEqual(['complete', 'account-unknown']);
  expect(said(login(T0), again)[0]).toEqual(['complete', null]);
});

test('a popup that hands its token over at once leaves the account of the next call unknown, whoever makes it', () => {
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
  expect(said(first, second, call)).toEqual([['complete', 'account-unknown']]);
  expect(said(first, call)).toEqual([['complete', null]]);
});

test('a sign-up answer whose code cannot be seen leaves a miss in doubt also while the link mode is unknown', () => {
  const signup = [observe(api('/v1/user/signup', 400, { method: 'POST' }), T0 + 5000)];
  expect(judged([login(T0), signup])).toEqual([['missed', 'signup-answer-unknown']]);
  expect(said(login(T0), signup)).toEqual([['missed', null]]);
});

describe('a report in a cached answer was made long ago', () => {
  const report = { name: 'Server-Timing', value: 'kakao;desc="GET /v2/user/me 200"' };

  test('so the browser’s says nothing', () => {
    const response = { url: `${SITE}/api/me`, responseHeaders: [report] };
    expect(captureSiteResponse({ ...response, fromCache: true })).toBeNull();
    expect(captureSiteResponse({ ...response, fromCache: false })?.reports).toHaveLength(1);
  });

  test('nor a recording’s', async () => {
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
