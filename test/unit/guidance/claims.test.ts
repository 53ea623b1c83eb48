import { describe, expect, test } from 'vitest';
import type { Message } from '../../../utils/i18n/message.ts';
import type { Observation } from '../../../utils/model/observation.ts';
import { call, findings, fired, me, seen, setMode } from './rule-cases.ts';
import { api, APP, firstLogin, HOUR, observe, repeatLogin, T0, token } from '../fixtures.ts';

type History = readonly (readonly Observation[])[];

const signup = (status: number, code: number | null = null) =>
  call('/v1/user/signup', status, { method: 'POST', code });
const friends = (status: number, code: number | null = null) =>
  call('/v1/api/talk/friends', status, { code });
const told = (rule: string, history: History, hours = 1) =>
  findings(history, hours).find((f) => f.rule === rule) ?? expect.unreachable(rule);
const names = (messages: readonly Message[]) => messages.map(([key]) => key.split('.').at(-1));
const id = (login: readonly Observation[]) => login.at(-1)?.id ?? '';
const tokenAt = (at: number, ...args: Parameters<typeof token>) => [observe(token(...args), at)];
const rehearsal = [
  observe({ type: 'app', clientId: APP, windowMs: HOUR }, T0 - 1000, { source: 'tester' }),
];

describe('under manual link only the sign-up call is asked for', () => {
  const manual = [seen(), setMode('manual')];

  test('a refused listed call could not have completed the login: a note, without /v2/user/me as remedy', () => {
    const found = told('scope-missing', [...manual, friends(403, -402)], 30);
    expect(found.severity).toBe('info');
    expect(names(found.fix)).toContain('call_signup');
    expect(names(found.fix)).not.toContain('call_user_me');
    expect(names(told('scope-missing', [seen(), friends(403, -402)]).fix)).toContain(
      'call_user_me',
    );
  });

  test('a refused sign-up call is an error, and is not told as missing', () => {
    const rules = [...manual, signup(401, -401)];
    expect(told('token-refused', rules, 30).severity).toBe('error');
    expect(fired(rules, 30)).not.toContain('manual-no-signup');
  });

  test('a request to the sign-up address that is no POST is no sign-up call', () => {
    const asked = [...manual, call('/v1/user/signup', 400, { method: 'GET', code: -102 })];
    expect(told('manual-no-signup', asked, 30).severity).toBe('error');
  });

  test('a sign-up call answered 400 with an unknown code may have been a success', () => {
    const found = told('call-failed', [...manual, signup(400)], 30);
    expect(found.detail[0]).toMatch(/signup$/);
    expect(names(found.causes)[0]).toBe('code_102');
  });

  test('no library is blamed for a call that would not complete the login', () => {
    const asked = [...manual, call('/v1/oidc/userinfo')];
    expect(fired(asked)).not.toContain('library-oidc');
    expect(fired([...manual, call('/v1/user/access_token_info')])).not.toContain(
      'library-token-info',
    );
  });

  test('-101 means what the link mode lets it mean', () => {
    const of = (...history: History) => told('not-linked', [...history, friends(400, -101)]);
    expect(names(of(seen(), setMode('auto')).causes)).toEqual(['link_was_cut']);
    expect(names(of(...manual).causes)).toEqual(['manual_pending', 'link_was_cut']);
    expect(names(of(...manual).fix)[0]).toBe('call_signup');
    const cut = call('/v1/user/unlink', 200, { method: 'POST' });
    expect(names(of(seen(), cut).causes)[0]).toBe('link_was_cut');
  });
});

describe('what is not known is not claimed', () => {
  test('400 without its code lists what it may mean, with its code nothing', () => {
    expect(names(told('call-failed', [seen(), friends(400)]).causes)).toEqual([
      'code_101',
      'code_2',
      'code_10',
    ]);
    const story = call('/v1/api/story/profile', 400);
    expect(names(told('call-failed', [seen(), story]).causes)[0]).toBe('code_9');
    expect(told('call-failed', [seen(), friends(500)]).causes).toEqual([]);
  });

  test('calls that never count are not told as the only ones beside one that may count', () => {
    const rules = fired([seen(), call('/v2/user/scopes'), call('/v1/oidc/userinfo')]);
    expect(rules).toContain('unconfirmed-only');
    expect(rules).not.toContain('uncounted-only');
  });

  test('a request that may be a refresh is no failed exchange long after the login', () => {
    const late = (more = {}) => [firstLogin(T0), tokenAt(T0 + 5 * HOUR, 400, more)];
    expect(fired(late(), 6)).not.toContain('exchange-failed');
    expect(fired(late({ grant: 'authorization_code' }), 6)).toContain('exchange-failed');
  });

  test('a failed exchange is a note beside a login that is known to be complete', () => {
    const login = firstLogin(T0);
    const marked = observe(
      { type: 'mark', login: id(login), mark: 'complete', note: '' },
      T0 + 9000,
      { source: 'tester' },
    );
    const history = [login, tokenAt(T0 + 4000, 401)];
    expect(told('exchange-failed', history).severity).toBe('error');
    expect(told('exchange-failed', [...history, [marked]]).severity).toBe('info');
  });

  test('a refused code before the one that worked was not used twice', () => {
    const twice = (at: number) =>
      fired([firstLogin(T0), tokenAt(at, 400, { error: 'KOE320' }), tokenAt(T0 + 60_000)], 1);
    expect(twice(T0 + 61_000)).toContain('code-used-twice');
    expect(twice(T0 + 4000)).not.toContain('code-used-twice');
  });

  test('SDK v1 hands the token to the page: no server is said to be silent', () => {
    const handed = fired([firstLogin(T0, { fact: { redirectUri: 'kakaojs' } })], 30);
    expect(handed).not.toContain('server-silent');
    expect(handed).toContain('library-no-profile');
    expect(fired([firstLogin(T0)])).toContain('server-silent');
  });

  test('KOE322 after a login whose calls could not be seen is not put down to it', () => {
    const refused = [
      observe(
        token(400, { grant: 'refresh_token', clientId: APP, error: 'KOE322' }),
        T0 + 26 * HOUR,
        { source: 'har', tab: 'r:9', site: 'https://elsewhere.test' },
      ),
    ];
    const dark = firstLogin(T0);
    expect(names(told('refresh-refused', [dark, refused], 27).causes)).not.toContain(
      'refresh_after_incomplete',
    );
    const open = told('refresh-refused', [seen(), refused], 27);
    expect(names(open.causes)[0]).toBe('refresh_after_incomplete');
    expect(open.evidence).toHaveLength(2);
  });

  test('a tester’s word that the login before was complete is believed', () => {
    const [one, two] = [seen(), seen(T0 + 30 * HOUR)];
    const label = (login: string, at: number) => [
      observe({ type: 'label', login, label: 'kim' }, at, { source: 'tester' }),
    ];
    const ids = [one[2]?.id ?? '', two[2]?.id ?? ''] as const;
    const mark = observe({ type: 'mark', login: ids[0], mark: 'complete', note: '' }, T0 + 9000, {
      source: 'tester',
    });
    const again = (...more: History) => [
      one,
      label(ids[0], T0 + 8000),
      ...more,
      two,
      label(ids[1], T0 + 31 * HOUR),
    ];
    expect(names(told('consent-again', again(), 32).causes)[0]).toBe('incomplete_before');
    expect(names(told('consent-again', again([mark]), 32).causes)).toEqual(['removed_by_user']);
  });
});

describe('a rehearsal window is not Kakao’s', () => {
  test('when it passes, and when Kakao’s own has passed too', () => {
    const at = (hours: number) => told('window-passed', [rehearsal, seen()], hours).detail[0];
    expect(at(2)).toMatch(/rehearsal$/);
    expect(at(25)).toMatch(/detail$/);
  });

  test('when the call came between the two', () => {
    const at = (hours: number) =>
      told('late-call', [rehearsal, seen(), me(T0 + hours * HOUR)], 40).detail[0];
    expect(at(2)).toMatch(/rehearsal$/);
    expect(at(25)).toMatch(/detail$/);
  });
});

describe('evidence and remedy fit the case', () => {
  test('a late call that came with a later login of the account is shown', () => {
    const again = repeatLogin(T0 + 25 * HOUR);
    const late = observe(api('/v2/user/me'), T0 + 25 * HOUR + 1000);
    expect(told('late-call', [seen(), again, [late]], 30).evidence).toContain(late.id);
  });

  test('an unlink that ranks first among the causes is among the evidence', () => {
    const cut = call('/v1/user/unlink', 200, { method: 'POST' });
    const label = (login: readonly Observation[], at: number) => [
      observe({ type: 'label', login: id(login), label: 'kim' }, at, { source: 'tester' }),
    ];
    const [one, two] = [firstLogin(T0), firstLogin(T0 + 30 * HOUR)];
    const found = told(
      'consent-again',
      [one, label(one, T0 + 5000), cut, two, label(two, T0 + 31 * HOUR)],
      32,
    );
    expect(found.evidence).toContain(cut[0]?.id);
  });

  test('a code of a refresh, or of a repeat login, is told where no login tells it', () => {
    const refresh = tokenAt(T0 + HOUR, 400, { grant: 'refresh_token', error: 'KOE319' });
    expect(told('oauth-error', [seen(), me(), refresh], 2).title[1]).toEqual(['KOE319']);
    const repeat = [...repeatLogin(T0), ...tokenAt(T0 + 1000, 401, { error: 'KOE010' })];
    expect(told('oauth-error', [repeat]).title[1]).toEqual(['KOE010']);
    const first = [firstLogin(T0), tokenAt(T0 + 4000, 401, { error: 'KOE010' })];
    expect(fired(first)).not.toContain('oauth-error');
  });

  test('-9 of the listed story call is told once', () => {
    const story = [seen(), call('/v1/api/story/profile', 400, { code: -9 })];
    expect(fired(story)).toContain('api-ended');
    expect(fired(story)).not.toContain('retired-call');
  });

  test('another app key is no matter of Fixed User ID', () => {
    const known = (hash: string, at: number) => [
      observe(api('/v2/user/me', 200, { account: hash }), at),
    ];
    const there = firstLogin(T0 + HOUR, { fact: { clientId: 'other-key' } });
    const here = firstLogin(T0);
    const label = (login: readonly Observation[], at: number) => [
      observe({ type: 'label', login: id(login), label: 'kim' }, at, { source: 'tester' }),
    ];
    const found = told(
      'user-id-changed',
      [
        here,
        known('h1', T0 + 6000),
        label(here, T0 + 7000),
        there,
        known('h2', T0 + HOUR + 6000),
        label(there, T0 + 2 * HOUR),
      ],
      3,
    );
    expect([names(found.fix), found.place?.menu.at(-1)]).toEqual([['one_app_key'], '플랫폼 키']);
  });

  test('causes that work on a server are named only where the server reported', () => {
    const asked = (source: 'browser' | 'server') =>
      told('library-oidc', [seen(), [observe(api('/v1/oidc/userinfo'), T0 + 6000, { source })]]);
    expect(names(asked('server').causes)).toEqual(['hosted_oidc', 'spring_issuer']);
    expect(asked('browser').causes).toEqual([]);
    expect(names(asked('browser').fix)).toEqual(['oidc_add_me']);
  });
});
