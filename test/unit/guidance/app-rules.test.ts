import { describe, expect, test } from 'vitest';
import type { SessionSpan } from '../../../utils/guidance/context.ts';
import type { Message } from '../../../utils/i18n/message.ts';
import type { CallbackFact, LeakFact, Observation } from '../../../utils/model/observation.ts';
import { call, findings, fired, me, seen, setMode, step } from './rule-cases.ts';
import { api, APP, authorize, firstLogin, HOUR, observe, SITE, T0, token } from '../fixtures.ts';

type History = readonly (readonly Observation[])[];
type Case = [rule: string, fires: History, near: History, hours?: number];

const PARAMS = ['client_id', 'redirect_uri', 'response_type', 'state'];
const leak = (what: LeakFact['what']) => [observe({ type: 'leak', what, clientId: null }, T0)];
const callback = (n: number, more: Partial<CallbackFact> = {}): Observation[] =>
  Array.from({ length: n }, (_, i) =>
    observe(
      {
        type: 'unlink-callback',
        appId: null,
        account: `h${i}`,
        referrerType: 'INCOMPLETE_SIGN_UP',
        timeKnown: true,
        ...more,
      },
      T0 + i * 1000,
      { source: 'callback', site: null },
    ),
  );
const refresh = (status: number, error: string | null, at: number) => [
  observe(token(status, { grant: 'refresh_token', clientId: APP, error }), at, { source: 'har' }),
];
const extra = (at: number) => [
  observe(authorize({ outcome: 'screen', params: [...PARAMS, 'scope'] }), at),
  observe(authorize({ clientId: null, method: 'POST', params: [], fromKakao: true }), at + 1000, {
    site: null,
  }),
];
const badReport = [observe({ type: 'bad-report', reason: 'status' }, T0, { source: 'server' })];

const CASES: Case[] = [
  [
    'oauth-error',
    [step({ outcome: 'error-page', status: 400, error: 'KOE006' })],
    [step({ outcome: 'error-page', status: 400 })],
  ],
  [
    'error-page-unknown',
    [step({ outcome: 'error-page', status: 403 })],
    [step({ outcome: 'error-page', status: 403, error: 'KOE004' })],
  ],
  [
    'login-error',
    [step({ outcome: 'error', error: 'server_error' })],
    [step({ outcome: 'error', error: 'access_denied' })],
  ],
  ['implicit-flow', [step({ implicit: true, outcome: 'error-page', status: 400 })], [step({})]],
  [
    'refresh-refused',
    [seen(), me(), refresh(400, 'KOE322', T0 + HOUR)],
    [seen(), me(), refresh(400, 'KOE320', T0 + HOUR)],
  ],
  [
    'link-mode-contradicted',
    [seen(), setMode('auto'), me(T0 + 6000, { hasSignedUp: false })],
    [seen(), setMode('manual'), me(T0 + 6000, { hasSignedUp: false })],
  ],
  [
    'scope-every-time',
    [seen(), me(), extra(T0 + HOUR), extra(T0 + 2 * HOUR)],
    [seen(), me(), extra(T0 + HOUR)],
  ],
  [
    'through-account-pasted',
    [step({ params: [...PARAMS, 'through_account'] })],
    [firstLogin(T0), step({ params: [...PARAMS, 'through_account'], fromKakao: true })],
  ],
  [
    'plain-http-redirect',
    [step({ redirectUri: 'http://shop.test/cb' })],
    [step({ redirectUri: 'http://localhost:3000/cb' }), step({ redirectUri: 'http://127.0.0.1/' })],
  ],
  [
    'no-state',
    [step({ params: ['client_id', 'redirect_uri', 'response_type'] })],
    [step({ params: PARAMS }), step({ params: ['client_id', 'response_type'], fromKakao: true })],
  ],
  [
    'silent-login-refused',
    [step({ prompt: ['none'], outcome: 'error', error: 'consent_required' })],
    [step({ prompt: ['none'] })],
  ],
  [
    'consent-cancelled',
    [
      step({ outcome: 'screen' }),
      step({
        clientId: null,
        method: 'POST',
        outcome: 'error',
        error: 'access_denied',
        fromKakao: true,
      }),
    ],
    [step({ outcome: 'error', error: 'server_error' })],
  ],
  ['sdk-v1', [step({ sdk: '1.43.5' })], [step({ sdk: '2.6.0' }), step({ sdk: null })]],
  ['client-secret-in-browser', [leak('client-secret')], [leak('admin-key')]],
  ['admin-key-in-browser', [leak('admin-key')], [leak('token-in-url')]],
  ['token-in-url', [leak('token-in-url')], [leak('client-secret')]],
  ['many-incomplete-callbacks', [callback(5)], [callback(4), callback(1, { timeKnown: false })]],
  ['bad-server-report', [badReport], [seen(), me()]],
];

describe('each rule about an app or a session fires on its case and not on its near miss', () => {
  test.each(CASES)('%s', (rule, fires, near, hours) => {
    expect(fired(fires, hours)).toContain(rule);
    expect(fired(near, hours)).not.toContain(rule);
  });
});

describe('logins stopped reaching a listed call', () => {
  const span = (id: string, build: string, startedAt: number): SessionSpan => ({
    id,
    name: id,
    build,
    startedAt,
  });
  const sessions = {
    session: span('mon', 'build 8', T0 + 48 * HOUR),
    sessionsBefore: [span('sun', 'build 7', T0)],
  };
  const day = (from: number, done: boolean): Observation[] =>
    [0, HOUR].flatMap((after) => {
      const at = T0 + from * HOUR + after;
      return [...seen(at), ...(done ? me(at + 6000) : [])];
    });
  const rules = (history: History, more = {}) =>
    findings(history, 52, { ...sessions, ...more }).filter((f) => f.rule === 'stopped-completing');

  test('since a build', () =>
    expect(rules([day(0, true), day(48, false)]).map((f) => f.title[1])).toEqual([
      ['build 8', 'build 7'],
    ]));

  test('not while any still does, nor where none did before, nor without an earlier session', () => {
    expect(rules([day(0, true), day(48, true)])).toEqual([]);
    expect(rules([day(0, false), day(48, false)])).toEqual([]);
    expect(rules([day(0, true), day(48, false)], { sessionsBefore: [] })).toEqual([]);
  });

  test('not of one login, nor of calls that could not be seen', () => {
    expect(rules([day(0, true), seen(T0 + 48 * HOUR)])).toEqual([]);
    const dark = [firstLogin(T0 + 48 * HOUR), firstLogin(T0 + 49 * HOUR)];
    expect(rules([day(0, true), ...dark])).toEqual([]);
  });
});

describe('a finding says what its evidence carries', () => {
  const only = (rule: string, history: History, hours = 1) => {
    const found = findings(history, hours).filter((f) => f.rule === rule);
    expect(found).toHaveLength(1);
    return found[0] ?? expect.unreachable();
  };
  const names = (messages: readonly Message[]) => messages.map(([key]) => key.split('.').at(-1));

  test('an error page whose code is unknown lists what its status may mean', () => {
    const page = (status: number) =>
      names(only('error-page-unknown', [step({ outcome: 'error-page', status })]).causes);
    expect(page(403)).toEqual(['koe004', 'koe005', 'koe205', 'koe203']);
    expect(page(401)).toEqual(['koe101', 'koe102']);
    expect(page(418)).toEqual([]);
  });

  test('what only an earlier session saw is not told again', () => {
    const bare = CASES.find(([rule]) => rule === 'no-state')?.[1] ?? [];
    const from = (startedAt: number) =>
      findings(bare, 1, { session: { id: 's', name: 's', build: '', startedAt } }).map(
        (f) => f.rule,
      );
    expect(from(T0)).toContain('no-state');
    expect(from(T0 + 1)).not.toContain('no-state');
  });

  test('each KOE code is a finding of its own, with its console place', () => {
    const page = (error: string) => step({ outcome: 'error-page', status: 400, error });
    const found = findings([page('KOE006'), page('KOE006'), page('KOE101')]).filter(
      (f) => f.rule === 'oauth-error',
    );
    expect(found.map((f) => [f.title[1], f.evidence.length, f.place?.menu[0]])).toEqual([
      [['KOE006'], 2, '앱'],
      [['KOE101'], 1, '앱'],
    ]);
  });

  test('KOE322: what went before ranks the causes', () => {
    const causes = (...before: History) =>
      names(
        only('refresh-refused', [...before, refresh(400, 'KOE322', T0 + 26 * HOUR)], 30).causes,
      );
    expect(causes(seen())[0]).toBe('refresh_after_incomplete');
    expect(causes(seen(), me())[0]).toBe('refresh_after_cut');
    expect(causes(seen(), me(), refresh(200, null, T0 + HOUR))[0]).toBe('refresh_reused');
    expect(causes(seen(), me(), call('/v1/user/unlink', 200, { method: 'POST' }))[0]).toBe(
      'refresh_after_unlink',
    );
  });

  test('a token answer that belongs to a login is told beside it, not twice', () => {
    const rules = fired([
      firstLogin(T0),
      [observe(token(401, { error: 'KOE010', clientId: APP }), T0 + 4000)],
    ]);
    expect(rules).toContain('exchange-failed');
    expect(rules).not.toContain('oauth-error');
  });

  test('callbacks count by the day in Seoul', () => {
    const [found] = findings([callback(6)]);
    expect(found?.title).toEqual([
      'guidance.rules.many_incomplete_callbacks.title',
      ['6', '2026-11-22'],
    ]);
  });

  test('SDK v1 is told by its frame as well', () => {
    const frame = [observe(api('/v2/user/me', 200, { inFrame: true }), T0 + 6000, { site: SITE })];
    expect(only('sdk-v1', [seen(), frame]).title[1]).toEqual(['1.x']);
  });
});
