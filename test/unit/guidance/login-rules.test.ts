import { describe, expect, test } from 'vitest';
import type { Observation } from '../../../utils/model/observation.ts';
import { call, findings, fired, me, seen, setMode } from './rule-cases.ts';
import { api, APP, firstLogin, HOUR, observe, repeatLogin, SITE, T0, token } from '../fixtures.ts';

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
const idOf = (login: readonly Observation[]) => login.at(-1)?.id ?? '';

const CASES: Case[] = [
  ['manual-me-alone', [seen(), setMode('manual'), me()], [seen(), setMode('auto'), me()]],
  ['manual-no-signup', [seen(), setMode('manual')], [seen(), setMode('manual'), signup(200)]],
  [
    'exchange-failed',
    [firstLogin(T0), [observe(token(401), T0 + 4000)]],
    [firstLogin(T0), [observe(token(401), T0 + 4000)], [observe(token(200), T0 + 5000)]],
  ],
  ['scope-missing', [seen(), listed(403, -402)], [seen(), listed(403, -5)]],
  ['feature-off', [seen(), listed(403, -3)], [seen(), call('/v2/user/scopes', 403, { code: -3 })]],
  ['no-permission', [seen(), listed(403, -5)], [seen(), listed(403, -3)]],
  [
    'api-ended',
    [seen(), call('/v1/api/story/profile', 400, { code: -9 })],
    [seen(), call('/v1/api/story/profile', 400, { code: -2 })],
  ],
  ['not-linked', [seen(), listed(400, -101)], [seen(), listed(400, -102)]],
  ['token-refused', [seen(), listed(401)], [seen(), listed(401, -406)]],
  ['call-refused', [seen(), listed(400, -10)], [seen(), listed(400, -401)]],
  ['forbidden-unknown', [seen(), listed(403)], [seen(), listed(403, -402)]],
  ['call-failed', [seen(), listed(500)], [seen(), listed(0)]],
  [
    'retired-call',
    [seen(), call('/v1/user/me', 400)],
    [seen(), call('/v1/api/story/profile', 200)],
  ],
  [
    'uncounted-only',
    [seen(), call('/v2/user/scopes')],
    [seen(), call('/v2/user/scopes'), me(T0 + 7000)],
  ],
  [
    'unconfirmed-only',
    [seen(), call('/v1/oidc/userinfo')],
    [seen(), call('/v1/oidc/userinfo', 401)],
  ],
  ['token-only', [idToken], [idToken, me()]],
  ['window-passed', [seen()], [seen(), me()], 30],
  ['library-no-profile', [seen(T0, popup)], [seen(T0, redirect)]],
  [
    'library-token-info',
    [seen(), call('/v1/user/access_token_info')],
    [seen(), call('/v1/user/access_token_info'), call('/v2/user/scopes')],
  ],
  ['library-oidc', [seen(), call('/v1/oidc/userinfo')], [seen(), call('/v2/user/scopes')]],
  ['late-call', [seen(), me(T0 + 25 * HOUR)], [seen(), me(T0 + 23 * HOUR)], 30],
  [
    'cut-by-kakao',
    [seen(), known('h1', T0 + 6000), callback('INCOMPLETE_SIGN_UP')],
    [seen(), known('h1', T0 + 6000), callback('UNLINK_FROM_APPS')],
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
    [one, known('h1', T0 + 6000, T0), two, known('h1', T0 + 31 * HOUR, T0 + 30 * HOUR)],
    [one, known('h1', T0 + 6000, T0), two, known('h1', T0 + 31 * HOUR, T0)],
    32,
  ],
  [
    'unlink-as-logout',
    [seen(), me(), call('/v1/user/unlink', 200, { method: 'POST' })],
    [seen(), me(), call('/v1/user/logout', 200, { method: 'POST' })],
  ],
  [
    'code-used-twice',
    [seen(), [observe(token(400), T0 + 4300)]],
    [seen(), [observe(token(400), T0 + 60_000)]],
  ],
  ['code-in-other-url', [seen(), arrival('/home', T0 + 5000)], [seen(), arrival('/cb', T0 + 5000)]],
  ['signup-on-auto', [seen(), signup(400, -102)], [seen(), setMode('manual'), signup(400, -102)]],
  ['server-silent', [firstLogin(T0)], [seen()]],
  [
    'watched-after-login',
    [unwatched, watch(true, T0 + 60_000)],
    [watch(true, T0 - 60_000), unwatched],
  ],
  ['site-not-watched', [unwatched], [unwatched, watch(true, T0 + 60_000)]],
  [
    'recording-paused',
    [seen(), [observe({ type: 'pause', paused: true }, T0 + 60_000)]],
    [[observe({ type: 'pause', paused: false }, T0 - 60_000)], seen()],
  ],
  ['no-call-yet', [seen()], [seen(), me()]],
];

describe('each rule about a login fires on its case and not on its near miss', () => {
  test.each(CASES)('%s', (rule, fires, near, hours) => {
    expect(fired(fires, hours)).toContain(rule);
    expect(fired(near, hours)).not.toContain(rule);
  });
});

describe('a finding says what its evidence carries', () => {
  const only = (rule: string, ...args: Parameters<typeof findings>) => {
    const found = findings(...args).filter((f) => f.rule === rule);
    expect(found).toHaveLength(1);
    return found[0] ?? expect.unreachable();
  };

  test('-402 names the missing scopes where the body was known', () => {
    const more = { requiredScopes: ['friends'] };
    expect(only('scope-missing', [seen(), listed(403, -402, more)]).detail).toEqual([
      'guidance.rules.scope_missing.named',
      ['`friends`'],
    ]);
    expect(only('scope-missing', [seen(), listed(403, -402)]).detail[0]).toBe(
      'guidance.rules.scope_missing.detail',
    );
  });

  test('a refused call weighs by what it stands in the way of', () => {
    const of = (history: History, hours: number) =>
      only('scope-missing', [...history, listed(403, -402)], hours).severity;
    expect(of([seen()], 1)).toBe('warning');
    expect(of([seen()], 30)).toBe('error');
    expect(of([seen(), me()], 30)).toBe('info');
  });

  test('of calls that were refused for several reasons the one that could have completed is told', () => {
    const both = [signup(400, -1), listed(400, -8)];
    const of = (...before: History) => only('call-refused', [...before, seen(), ...both], 30);
    expect(of(setMode('manual'))).toMatchObject({ severity: 'error' });
    expect(of(setMode('manual')).title[1]).toContain('-1');
    expect(of().title[1]).toContain('-8');
  });

  test('403 without its code lists six causes, the one with its code none', () => {
    expect(only('forbidden-unknown', [seen(), listed(403)]).causes).toHaveLength(6);
    expect(only('scope-missing', [seen(), listed(403, -402)]).causes).toEqual([]);
  });

  test('consent again ranks its causes by what went before', () => {
    const again = (...between: History) => [
      one,
      named(idOf(one), 'kim', T0 + 5000),
      ...between,
      two,
      named(idOf(two), 'kim', T0 + 31 * HOUR),
    ];
    const causes = (...between: History) =>
      only('consent-again', again(...between), 32).causes.map(([key]) => key.split('.').at(-1));
    expect(causes()).toEqual(['incomplete_unseen', 'removed_by_user']);
    expect(causes([observe(token(), T0 + 4000)])).toEqual(['incomplete_before', 'removed_by_user']);
    expect(causes([observe(token(), T0 + 4000)], me())).toEqual(['removed_by_user']);
    expect(causes(me(), call('/v1/user/unlink', 200, { method: 'POST' }))).toEqual([
      'unlinked_by_service',
    ]);
  });

  test('a user id that differs because the app does', () => {
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

  test('KOE320 known is said so, guessed is said to be likely', () => {
    const twice = (error: string | null) =>
      only('code-used-twice', [seen(), [observe(token(400, { error }), T0 + 4300)]]).detail[0];
    expect(twice('KOE320')).toMatch(/known$/);
    expect(twice(null)).toMatch(/detail$/);
  });

  test('a failed exchange tells the meaning of its code, or the possible ones', () => {
    const failed = (error: string | null) =>
      only('exchange-failed', [firstLogin(T0), [observe(token(401, { error }), T0 + 4000)]]);
    expect(failed('KOE010').detail).toEqual(['errors.koe010.meaning']);
    expect(failed(null).causes.map(([key]) => key)).toEqual([
      'guidance.causes.koe010',
      'guidance.causes.koe101',
    ]);
  });

  test('what the tester silenced for the app is marked, and comes back', () => {
    const silence = (silenced: boolean, at: number) => [
      observe({ type: 'silence', clientId: APP, rule: 'no-call-yet', silenced }, at, {
        source: 'tester',
      }),
    ];
    const marked = (...history: History) => only('no-call-yet', [seen(), ...history]).silenced;
    expect(marked()).toBe(false);
    expect(marked(silence(true, T0 + 9000))).toBe(true);
    expect(marked(silence(true, T0 + 9000), silence(false, T0 + 9500))).toBe(false);
  });

  test('the worst comes first, and of equals the more specific', () => {
    const rules = fired([seen(), call('/v2/user/scopes')], 30);
    expect(rules.slice(0, 2)).toEqual(['uncounted-only', 'window-passed']);
    expect(rules.indexOf('no-state')).toBe(-1);
  });

  test('a repeat login without a fault gives nothing', () =>
    expect(fired([seen(), me(), repeatLogin(T0 + HOUR), me(T0 + HOUR + 1000)], 30)).toEqual([]));
});
