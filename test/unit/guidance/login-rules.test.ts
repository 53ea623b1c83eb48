import { describe, expect, test } from 'vitest';
import { DOCS } from '../../../utils/kakao/docs-links.ts';
import type { Observation } from '../../../utils/model/observation.ts';
import { api, APP, firstLogin, HOUR, observe, repeatLogin, SITE, T0, token } from '../fixtures.ts';
import { call, findings, firedRules, userMeCall, visibleLogin, setLinkMode } from './rule-cases.ts';

type History = readonly (readonly Observation[])[];
type Case = [rule: string, fires: History, near: History, hours?: number];

const signup = (status: number, code: number | null = null) =>
  call('/v1/user/signup', status, { method: 'POST', code });
const listed = (status: number, code: number | null = null, more = {}) =>
  call('/v1/api/talk/friends', status, { code, ...more });
const popup = { fact: { sdk: '1.43.5', redirectUri: 'kakaojs' } };
const redirect = { fact: { sdk: '1.43.5' } };
const named = (login: string, label: string, at: number) => [
  observe({ type: 'label', login, label }, at, { source: 'tester' }),
];
const idToken = [
  ...firstLogin(T0),
  observe(token(200, { account: 'h', grant: 'authorization_code' }), T0 + 4000, { source: 'har' }),
];
const callback = (referrerType: string) => [
  observe(
    { type: 'unlink-callback', appId: null, account: 'h1', referrerType, timeKnown: true },
    T0 + 30 * HOUR,
    { source: 'callback', site: null },
  ),
];
const known = (userHash: string, at: number, connectedAt: number | null = null) => [
  observe(api('/v2/user/me', 200, { account: userHash, connectedAt }), at),
];
const arrival = (path: string, at: number, more = {}) => [
  observe(
    { type: 'arrival', redirectUri: `${SITE}${path}`, outcome: 'code', error: null },
    at,
    more,
  ),
];
const unwatched = firstLogin(T0, { fact: { watched: false } });
const watch = (watched: boolean, at: number) => [observe({ type: 'watch', watched }, at)];

const one = firstLogin(T0);
const two = firstLogin(T0 + 30 * HOUR);
/** Two logins, 30 hours apart, each told the user's id and when the link was made, epoch ms. */
const oneUserTold = (first: number, second: number): History => [
  one,
  known('h1', T0 + 6000, first),
  two,
  known('h1', T0 + 31 * HOUR, second),
];
const idOf = (login: readonly Observation[]) => login.at(-1)?.id ?? '';

const CASES: Case[] = [
  [
    'manual-me-alone',
    [visibleLogin(), setLinkMode('manual'), userMeCall()],
    [visibleLogin(), setLinkMode('auto'), userMeCall()],
  ],
  [
    'manual-no-signup',
    [visibleLogin(), setLinkMode('manual')],
    [visibleLogin(), setLinkMode('manual'), signup(200)],
  ],
  [
    'exchange-failed',
    [firstLogin(T0), [observe(token(401), T0 + 4000)]],
    [firstLogin(T0), [observe(token(401), T0 + 4000)], [observe(token(200), T0 + 5000)]],
  ],
  ['scope-missing', [visibleLogin(), listed(403, -402)], [visibleLogin(), listed(403, -5)]],
  [
    'feature-off',
    [visibleLogin(), listed(403, -3)],
    [visibleLogin(), call('/v2/user/scopes', 403, { code: -3 })],
  ],
  ['no-permission', [visibleLogin(), listed(403, -5)], [visibleLogin(), listed(403, -3)]],
  [
    'api-ended',
    [visibleLogin(), call('/v1/api/story/profile', 400, { code: -9 })],
    [visibleLogin(), call('/v1/api/story/profile', 400, { code: -2 })],
  ],
  ['not-linked', [visibleLogin(), listed(400, -101)], [visibleLogin(), listed(400, -102)]],
  ['token-refused', [visibleLogin(), listed(401)], [visibleLogin(), listed(401, -406)]],
  ['call-refused', [visibleLogin(), listed(400, -10)], [visibleLogin(), listed(400, -401)]],
  ['forbidden-unknown', [visibleLogin(), listed(403)], [visibleLogin(), listed(403, -402)]],
  ['call-failed', [visibleLogin(), listed(500)], [visibleLogin(), listed(0)]],
  [
    'retired-call',
    [visibleLogin(), call('/v1/user/me', 400)],
    [visibleLogin(), call('/v1/api/story/profile', 200)],
  ],
  [
    'uncounted-only',
    [visibleLogin(), call('/v2/user/scopes')],
    [visibleLogin(), call('/v2/user/scopes'), userMeCall(T0 + 7000)],
  ],
  [
    'unconfirmed-only',
    [visibleLogin(), call('/v1/oidc/userinfo')],
    [visibleLogin(), call('/v1/oidc/userinfo', 401)],
  ],
  ['token-only', [idToken], [idToken, userMeCall()]],
  ['window-passed', [visibleLogin()], [visibleLogin(), userMeCall()], 30],
  ['library-no-profile', [visibleLogin(T0, popup)], [visibleLogin(T0, redirect)]],
  [
    'library-token-info',
    [visibleLogin(), call('/v1/user/access_token_info')],
    [visibleLogin(), call('/v1/user/access_token_info'), call('/v2/user/scopes')],
  ],
  [
    'library-oidc',
    [visibleLogin(), call('/v1/oidc/userinfo')],
    [visibleLogin(), call('/v2/user/scopes')],
  ],
  [
    'late-call',
    [visibleLogin(), userMeCall(T0 + 25 * HOUR)],
    [visibleLogin(), userMeCall(T0 + 23 * HOUR)],
    30,
  ],
  [
    'cut-by-kakao',
    [visibleLogin(), known('h1', T0 + 6000), callback('INCOMPLETE_SIGN_UP')],
    [visibleLogin(), known('h1', T0 + 6000), callback('UNLINK_FROM_APPS')],
    31,
  ],
  [
    'consent-again',
    [one, named(idOf(one), 'kim', T0 + 5000), two, named(idOf(two), 'kim', T0 + 31 * HOUR)],
    [one, named(idOf(one), 'kim', T0 + 5000), two, named(idOf(two), 'lee', T0 + 31 * HOUR)],
    32,
  ],
  [
    'user-id-changed',
    [
      one,
      known('h1', T0 + 6000),
      named(idOf(one), 'kim', T0 + 7000),
      two,
      known('h2', T0 + 31 * HOUR),
      named(idOf(two), 'kim', T0 + 31 * HOUR),
    ],
    [
      one,
      known('h1', T0 + 6000),
      named(idOf(one), 'kim', T0 + 7000),
      two,
      known('h2', T0 + 31 * HOUR),
      named(idOf(two), 'lee', T0 + 31 * HOUR),
    ],
    32,
  ],
  [
    'connected-at-moved',
    [...oneUserTold(T0, T0 + 30 * HOUR), setLinkMode('auto')],
    [...oneUserTold(T0, T0), setLinkMode('auto')],
    32,
  ],
  // The sign-up was made in between.
  [
    'connected-at-moved',
    [...oneUserTold(T0 - 30 * HOUR, T0 + 30 * HOUR), setLinkMode('manual')],
    [...oneUserTold(T0, T0 + 30 * HOUR), setLinkMode('manual')],
    32,
  ],
  [
    'unlink-as-logout',
    [visibleLogin(), userMeCall(), call('/v1/user/unlink', 200, { method: 'POST' })],
    [visibleLogin(), userMeCall(), call('/v1/user/logout', 200, { method: 'POST' })],
  ],
  [
    'code-used-twice',
    [visibleLogin(), [observe(token(400), T0 + 4300)]],
    [visibleLogin(), [observe(token(400), T0 + 60_000)]],
  ],
  [
    'code-in-other-url',
    [visibleLogin(), arrival('/home', T0 + 5000)],
    [visibleLogin(), arrival('/cb', T0 + 5000)],
  ],
  [
    'signup-on-auto',
    [visibleLogin(), signup(400, -102)],
    [visibleLogin(), setLinkMode('manual'), signup(400, -102)],
  ],
  ['server-silent', [firstLogin(T0)], [visibleLogin()]],
  [
    'watched-after-login',
    [unwatched, watch(true, T0 + 60_000)],
    [watch(true, T0 - 60_000), unwatched],
  ],
  ['site-not-watched', [unwatched], [unwatched, watch(true, T0 + 60_000)]],
  [
    'recording-paused',
    [visibleLogin(), [observe({ type: 'pause', paused: true }, T0 + 60_000)]],
    [[observe({ type: 'pause', paused: false }, T0 - 60_000)], visibleLogin()],
  ],
  ['no-call-yet', [visibleLogin()], [visibleLogin(), userMeCall()]],
];

describe('login rules fire on their case and not on the near miss', () => {
  test.each(CASES)('%s', (rule, fires, near, hours) => {
    expect(firedRules(fires, hours)).toContain(rule);
    expect(firedRules(near, hours)).not.toContain(rule);
  });
});

describe('contents of a finding', () => {
  const only = (rule: string, ...args: Parameters<typeof findings>) => {
    const found = findings(...args).filter((f) => f.rule === rule);
    expect(found).toHaveLength(1);
    return found[0] ?? expect.unreachable();
  };

  test('-402 names the missing scopes where the body was seen', () => {
    const more = { requiredScopes: ['friends'] };
    expect(only('scope-missing', [visibleLogin(), listed(403, -402, more)]).detail).toEqual([
      'guidance.rules.scope_missing.named',
      ['`friends`'],
    ]);
    expect(only('scope-missing', [visibleLogin(), listed(403, -402)]).detail[0]).toBe(
      'guidance.rules.scope_missing.detail',
    );
  });

  test('severity of a refused call depends on the verdict', () => {
    const of = (history: History, hours: number) =>
      only('scope-missing', [...history, listed(403, -402)], hours).severity;
    expect(of([visibleLogin()], 1)).toBe('warning');
    expect(of([visibleLogin()], 30)).toBe('error');
    expect(of([visibleLogin(), userMeCall()], 30)).toBe('info');
  });

  test('several codes: the one that blocked completion is reported', () => {
    const both = [signup(400, -1), listed(400, -8)];
    const of = (...before: History) =>
      only('call-refused', [...before, visibleLogin(), ...both], 30);
    expect(of(setLinkMode('manual'))).toMatchObject({ severity: 'error' });
    expect(of(setLinkMode('manual')).title[1]).toContain('-1');
    expect(of().title[1]).toContain('-8');
  });

  test('403 lists six causes without its code and none with it', () => {
    expect(only('forbidden-unknown', [visibleLogin(), listed(403)]).causes).toHaveLength(6);
    expect(only('scope-missing', [visibleLogin(), listed(403, -402)]).causes).toEqual([]);
  });

  test('new consent: causes are ranked by what was observed before', () => {
    const again = (...between: History) => [
      one,
      named(idOf(one), 'kim', T0 + 5000),
      ...between,
      two,
      named(idOf(two), 'kim', T0 + 31 * HOUR),
    ];
    const causes = (...between: History) =>
      only('consent-again', again(...between), 32).causes.map(([key]) => key.split('.').at(-1));
    const elsewhere = ['unlinked_unseen', 'removed_by_user'];
    expect(causes()).toEqual(['incomplete_unseen', ...elsewhere]);
    expect(causes([observe(token(), T0 + 4000)])).toEqual(['incomplete_before', ...elsewhere]);
    expect(causes([observe(token(), T0 + 4000)], userMeCall())).toEqual(elsewhere);
    expect(causes(userMeCall(), call('/v1/user/unlink', 200, { method: 'POST' }))).toEqual([
      'unlinked_by_service',
    ]);
  });

  test('another user id of another app is blamed on the app key', () => {
    const other = { fact: { clientId: 'other-key' } };
    const history = [one, known('h1', T0 + 6000), named(idOf(one), 'kim', T0 + 7000)];
    const there = firstLogin(T0 + HOUR, other);
    const found = only(
      'user-id-changed',
      [...history, there, known('h2', T0 + HOUR + 6000), named(idOf(there), 'kim', T0 + 2 * HOUR)],
      3,
    );
    expect(found.causes).toEqual([['guidance.causes.other_app_key']]);
  });

  test('code used twice: certain with KOE320, likely without a code', () => {
    const twice = (error: string | null) =>
      only('code-used-twice', [visibleLogin(), [observe(token(400, { error }), T0 + 4300)]])
        .detail[0];
    expect(twice('KOE320')).toMatch(/known$/);
    expect(twice(null)).toMatch(/detail$/);
  });

  test('failed exchange explains its code or lists the possible ones', () => {
    const failed = (error: string | null) =>
      only('exchange-failed', [firstLogin(T0), [observe(token(401, { error }), T0 + 4000)]]);
    expect(failed('KOE010').detail).toEqual(['errors.koe010.meaning']);
    expect(failed(null).causes.map(([key]) => key)).toEqual([
      'guidance.causes.koe010',
      'guidance.causes.koe101',
    ]);
  });

  test('silenced rule is marked until it is brought back', () => {
    const silence = (silenced: boolean, at: number) => [
      observe({ type: 'silence', clientId: APP, rule: 'no-call-yet', silenced }, at, {
        source: 'tester',
      }),
    ];
    const marked = (...history: History) =>
      only('no-call-yet', [visibleLogin(), ...history]).silenced;
    expect(marked()).toBe(false);
    expect(marked(silence(true, T0 + 9000))).toBe(true);
    expect(marked(silence(true, T0 + 9000), silence(false, T0 + 9500))).toBe(false);
  });

  test('worst finding comes first, among equals the more specific', () => {
    const rules = firedRules([visibleLogin(), call('/v2/user/scopes')], 30);
    expect(rules.slice(0, 2)).toEqual(['uncounted-only', 'window-passed']);
    expect(rules.indexOf('no-state')).toBe(-1);
  });

  test('repeat login without a fault has no findings', () =>
    expect(
      firedRules(
        [visibleLogin(), userMeCall(), repeatLogin(T0 + HOUR), userMeCall(T0 + HOUR + 1000)],
        30,
      ),
    ).toEqual([]));
});

test('message that was sent to oneself or to friends: is no call that counts', () => {
  for (const path of ['/v2/api/talk/memo/default/send', '/v1/api/talk/friends/message/send']) {
    const found = findings([visibleLogin(), call(path, 200, { method: 'POST' })], 30);
    expect(found.map((f) => f.rule)).toContain('uncounted-only');
  }
});

describe('callback of a hosted service: no header is asked for', () => {
  const silent = (redirectUri: string) =>
    findings([firstLogin(T0, { fact: { redirectUri } })], 30).find(
      (f) => f.rule === 'server-silent',
    );

  test.each([
    ['supabase', 'https://abcdefghijklmnop.supabase.co/auth/v1/callback'],
    ['firebase', 'https://shop-1a2b3.firebaseapp.com/__/auth/handler'],
    ['firebase', 'https://shop.web.app/*/auth/handler'],
    ['cognito', 'https://shop.auth.ap-northeast-2.amazoncognito.com/oauth2/idpresponse'],
    ['cognito', 'https://shop.auth.us-gov-west-1.amazoncognito.com/oauth2/*'],
    ['auth0', 'https://shop.auth0.com/login/callback'],
    ['auth0', 'https://shop.jp.auth0.com/login/callback'],
    ['keycloak', 'https://id.shop.test/realms/shop/broker/kakao/endpoint'],
    ['keycloak', 'https://id.shop.test/auth/realms/*/broker/kakao/endpoint'],
  ])('%s: %s', (service, redirectUri) => {
    const found = silent(redirectUri);
    expect(found?.detail[0]).toBe(`guidance.rules.server_silent.${service}`);
    expect(found?.docs).toBe(DOCS.notice);
    expect(found?.fix.map(([key]) => key)).toEqual([
      'guidance.steps.hosted_log',
      'guidance.steps.next_login_proves',
      'guidance.steps.mark_complete',
    ]);
  });

  test.each(['https://shop.cafe24.com', 'https://shop.test'])('shop of Cafe24 at %s', (host) => {
    const found = silent(`${host}/Api/Member/Oauth2ClientCallback/kakao/`);
    expect(found?.detail[0]).toBe('guidance.rules.server_silent.cafe24');
    expect(found?.fix.map(([key]) => key)).toEqual([
      'guidance.steps.next_login_proves',
      'guidance.steps.mark_complete',
    ]);
  });

  test.each([
    'https://auth0.com/login/callback',
    'https://shop.test/login/callback',
    'https://shop.test/auth/v1/callback',
    'https://supabase.co/auth/v1/callback',
    'https://a.supabase.co.evil.test/auth/v1/callback',
    'https://a.supabase.co/auth/v1/other',
    'http://a.supabase.co/auth/v1/callback',
    'https://shop.amazoncognito.com/oauth2/idpresponse',
    'https://shop.test/broker/kakao/endpoint',
  ])('%s: a site’s own server', (redirectUri) => {
    const found = silent(redirectUri);
    expect(found?.detail[0]).toBe('guidance.rules.server_silent.detail');
    expect(found?.docs).toBe(DOCS.serverTiming);
    expect(found?.fix.map(([key]) => key)).toContain('guidance.steps.report_server_timing');
  });
});
