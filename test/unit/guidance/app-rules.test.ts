import { describe, expect, test } from 'vitest';
import type { SessionSpan } from '../../../utils/guidance/rule-context.ts';
import type { Message } from '../../../utils/i18n/message.ts';
import type { CallbackFact, LeakFact, Observation } from '../../../utils/model/observation.ts';
import { api, APP, authorize, firstLogin, HOUR, observe, SITE, T0, token } from '../fixtures.ts';
import {
  call,
  findings,
  firedRules,
  userMeCall,
  visibleLogin,
  setLinkMode,
  authorizeRequest,
} from './rule-cases.ts';

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
    [authorizeRequest({ outcome: 'error-page', status: 400, error: 'KOE006' })],
    [authorizeRequest({ outcome: 'error-page', status: 400 })],
  ],
  [
    'error-page-unknown',
    [authorizeRequest({ outcome: 'error-page', status: 403 })],
    [authorizeRequest({ outcome: 'error-page', status: 403, error: 'KOE004' })],
  ],
  [
    'login-error',
    [authorizeRequest({ outcome: 'error', error: 'server_error' })],
    [authorizeRequest({ outcome: 'error', error: 'access_denied' })],
  ],
  [
    'implicit-flow',
    [authorizeRequest({ implicit: true, outcome: 'error-page', status: 400 })],
    [authorizeRequest({})],
  ],
  [
    'refresh-refused',
    [visibleLogin(), userMeCall(), refresh(400, 'KOE322', T0 + HOUR)],
    [visibleLogin(), userMeCall(), refresh(400, 'KOE320', T0 + HOUR)],
  ],
  [
    'link-mode-contradicted',
    [visibleLogin(), setLinkMode('auto'), userMeCall(T0 + 6000, { hasSignedUp: false })],
    [visibleLogin(), setLinkMode('manual'), userMeCall(T0 + 6000, { hasSignedUp: false })],
  ],
  [
    'scope-every-time',
    [visibleLogin(), userMeCall(), extra(T0 + HOUR), extra(T0 + 2 * HOUR)],
    [visibleLogin(), userMeCall(), extra(T0 + HOUR)],
  ],
  [
    'through-account-pasted',
    [authorizeRequest({ params: [...PARAMS, 'through_account'] })],
    [
      firstLogin(T0),
      authorizeRequest({ params: [...PARAMS, 'through_account'], fromKakao: true }),
      // Chrome does not name the login page that led back to SDK v1's address, which names its site.
      authorizeRequest({ params: [...PARAMS, 'origin', 'through_account'] }),
    ],
  ],
  [
    'plain-http-redirect',
    [authorizeRequest({ redirectUri: 'http://shop.test/cb' })],
    [
      authorizeRequest({ redirectUri: 'http://localhost:3000/cb' }),
      authorizeRequest({ redirectUri: 'http://127.0.0.1/' }),
    ],
  ],
  [
    'no-state',
    [authorizeRequest({ params: ['client_id', 'redirect_uri', 'response_type'] })],
    [
      authorizeRequest({ params: PARAMS }),
      authorizeRequest({ params: ['client_id', 'response_type'], fromKakao: true }),
      // PKCE protects as well.
      authorizeRequest({ params: ['client_id', 'response_type', 'code_challenge'] }),
    ],
  ],
  [
    'silent-login-refused',
    [authorizeRequest({ prompt: ['none'], outcome: 'error', error: 'consent_required' })],
    [authorizeRequest({ prompt: ['none'] })],
  ],
  [
    'consent-cancelled',
    [
      authorizeRequest({ outcome: 'screen' }),
      authorizeRequest({
        clientId: null,
        method: 'POST',
        outcome: 'error',
        error: 'access_denied',
        fromKakao: true,
      }),
    ],
    [authorizeRequest({ outcome: 'error', error: 'server_error' })],
  ],
  [
    'sdk-v1',
    [authorizeRequest({ sdk: '1.43.5' })],
    [authorizeRequest({ sdk: '2.6.0' }), authorizeRequest({ sdk: null })],
  ],
  ['client-secret-in-browser', [leak('client-secret')], [leak('admin-key')]],
  ['admin-key-in-browser', [leak('admin-key')], [leak('token-in-url')]],
  ['token-in-url', [leak('token-in-url')], [leak('client-secret')]],
  ['many-incomplete-callbacks', [callback(5)], [callback(4), callback(1, { timeKnown: false })]],
  ['many-incomplete-callbacks', [callback(5), callback(5)], [callback(4), callback(4)]],
  ['bad-server-report', [badReport], [visibleLogin(), userMeCall()]],
];

describe('app and session rules fire on their case and not on the near miss', () => {
  test.each(CASES)('%s', (rule, fires, near, hours) => {
    expect(firedRules(fires, hours)).toContain(rule);
    expect(firedRules(near, hours)).not.toContain(rule);
  });
});

describe('stopped-completing', () => {
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
      return [...visibleLogin(at), ...(done ? userMeCall(at + 6000) : [])];
    });
  const rules = (history: History, more = {}) =>
    findings(history, 52, { ...sessions, ...more }).filter((f) => f.rule === 'stopped-completing');

  test('fires when no login of a later build is completed', () =>
    expect(rules([day(0, true), day(48, false)]).map((f) => f.title[1])).toEqual([
      ['build 8', 'build 7'],
    ]));

  test('needs completed logins before and none since', () => {
    expect(rules([day(0, true), day(48, true)])).toEqual([]);
    expect(rules([day(0, false), day(48, false)])).toEqual([]);
    expect(rules([day(0, true), day(48, false)], { sessionsBefore: [] })).toEqual([]);
  });

  test('login that was completed and unlinked since is a completed one', () => {
    const unlinked = (from: number): Observation[] => {
      const at = T0 + from * HOUR;
      const unlink = api('/v1/user/unlink', 200, { method: 'POST' });
      return [...visibleLogin(at), ...userMeCall(at + 6000), observe(unlink, at + 60_000)];
    };
    expect(rules([unlinked(47), day(48, false)])).toHaveLength(1);
    expect(rules([day(0, true), unlinked(48.1), day(49, false)])).toEqual([]);
  });

  test('logins whose token the page may have handed to its server may be completed there', () => {
    const handedOver = [0, 1].flatMap((after) => {
      const at = T0 + (48 + after) * HOUR;
      return [...visibleLogin(at), observe({ type: 'token-handed' }, at + 6000)];
    });
    expect(rules([day(0, true), handedOver])).toEqual([]);
  });

  test('needs two logins whose calls could be seen', () => {
    expect(rules([day(0, true), visibleLogin(T0 + 48 * HOUR)])).toEqual([]);
    const dark = [firstLogin(T0 + 48 * HOUR), firstLogin(T0 + 49 * HOUR)];
    expect(rules([day(0, true), ...dark])).toEqual([]);
  });
});

describe('contents of a finding', () => {
  const only = (rule: string, history: History, hours = 1) => {
    const found = findings(history, hours).filter((f) => f.rule === rule);
    expect(found).toHaveLength(1);
    return found[0] ?? expect.unreachable();
  };
  const names = (messages: readonly Message[]) => messages.map(([key]) => key.split('.').at(-1));

  test('error page without a known code: causes by status', () => {
    const page = (status: number) =>
      names(
        only('error-page-unknown', [authorizeRequest({ outcome: 'error-page', status })]).causes,
      );
    expect(page(403)).toEqual(['koe004', 'koe005', 'koe205', 'koe203']);
    expect(page(401)).toEqual(['koe101', 'koe102']);
    expect(page(418)).toEqual([]);
  });

  test('what only an earlier session observed is not reported', () => {
    const bare = CASES.find(([rule]) => rule === 'no-state')?.[1] ?? [];
    const from = (startedAt: number) =>
      findings(bare, 1, { session: { id: 's', name: 's', build: '', startedAt } }).map(
        (f) => f.rule,
      );
    expect(from(T0)).toContain('no-state');
    expect(from(T0 + 1)).not.toContain('no-state');
  });

  test('each KOE code is one finding with its console menu', () => {
    const page = (error: string) => authorizeRequest({ outcome: 'error-page', status: 400, error });
    const found = findings([page('KOE006'), page('KOE006'), page('KOE101')]).filter(
      (f) => f.rule === 'oauth-error',
    );
    expect(found.map((f) => [f.title[1], f.evidence.length, f.place?.menu[0]])).toEqual([
      [['KOE006'], 2, '앱'],
      [['KOE101'], 1, '앱'],
    ]);
  });

  test('KOE205: Supabase’s fixed scope is named, at its callback alone', () => {
    const stepsAt = (redirectUri: string, error = 'KOE205') => {
      const page = authorizeRequest({ outcome: 'error-page', status: 400, error, redirectUri });
      const found = findings([page]).find((f) => f.rule === 'oauth-error');
      return found?.fix.map(([key]) => key);
    };
    const supabase = 'https://abcdefgh.supabase.co/auth/v1/callback';
    expect(stepsAt(supabase)).toContain('guidance.steps.supabase_email');
    expect(stepsAt(supabase, 'KOE006')).not.toContain('guidance.steps.supabase_email');
    expect(stepsAt('https://shop.test/auth/v1/callback')).not.toContain(
      'guidance.steps.supabase_email',
    );
  });

  test('KOE322: causes are ranked by what was observed before', () => {
    const causes = (...before: History) =>
      names(
        only('refresh-refused', [...before, refresh(400, 'KOE322', T0 + 26 * HOUR)], 30).causes,
      );
    expect(causes(visibleLogin())[0]).toBe('refresh_after_incomplete');
    expect(causes(visibleLogin(), userMeCall())[0]).toBe('refresh_after_cut');
    expect(causes(visibleLogin(), userMeCall(), refresh(200, null, T0 + HOUR))[0]).toBe(
      'refresh_reused',
    );
    expect(
      causes(visibleLogin(), userMeCall(), call('/v1/user/unlink', 200, { method: 'POST' }))[0],
    ).toBe('refresh_after_unlink');
  });

  test('refused exchange of a login is reported once, beside the login', () => {
    const rules = firedRules([
      firstLogin(T0),
      [observe(token(401, { error: 'KOE010', clientId: APP }), T0 + 4000)],
    ]);
    expect(rules).toContain('exchange-failed');
    expect(rules).not.toContain('oauth-error');
  });

  test('callbacks are counted by the day in Seoul', () => {
    const [found] = findings([callback(6)]);
    expect(found?.title).toEqual([
      'guidance.rules.many_incomplete_callbacks.title',
      ['6', '2026-11-22'],
    ]);
  });

  test('SDK v1 is recognised by its frame too', () => {
    const frame = [observe(api('/v2/user/me', 200, { inFrame: true }), T0 + 6000, { site: SITE })];
    expect(only('sdk-v1', [visibleLogin(), frame]).title[1]).toEqual(['1.x']);
  });
});
