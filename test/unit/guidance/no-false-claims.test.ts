import { describe, expect, test } from 'vitest';
import type { Message } from '../../../utils/i18n/message.ts';
import type { Observation } from '../../../utils/model/observation.ts';
import {
  api,
  APP,
  authorize,
  firstLogin,
  HOUR,
  observe,
  repeatLogin,
  SITE,
  T0,
  token,
} from '../fixtures.ts';
import { call, findings, firedRules, userMeCall, visibleLogin, setLinkMode } from './rule-cases.ts';

type History = readonly (readonly Observation[])[];

const signup = (status: number, code: number | null = null) =>
  call('/v1/user/signup', status, { method: 'POST', code });
const friends = (status: number, code: number | null = null) =>
  call('/v1/api/talk/friends', status, { code });
const findingOf = (rule: string, history: History, hours = 1) =>
  findings(history, hours).find((f) => f.rule === rule) ?? expect.unreachable(rule);
const names = (messages: readonly Message[]) => messages.map(([key]) => key.split('.').at(-1));
const id = (login: readonly Observation[]) => login.at(-1)?.id ?? '';
const token200 = (at: number) => observe(token(), at);
const tokenAt = (at: number, ...args: Parameters<typeof token>) => [observe(token(...args), at)];
const rehearsal = [
  observe({ type: 'app', clientId: APP, windowMs: HOUR }, T0 - 1000, { source: 'tester' }),
];

describe('manual link: only the sign-up call is asked for', () => {
  const manual = [visibleLogin(), setLinkMode('manual')];

  test('refused listed call is a note that asks for the sign-up call', () => {
    const found = findingOf('scope-missing', [...manual, friends(403, -402)], 30);
    expect(found.severity).toBe('info');
    expect(names(found.fix)).toContain('call_signup');
    expect(names(found.fix)).not.toContain('call_user_me');
    expect(names(findingOf('scope-missing', [visibleLogin(), friends(403, -402)]).fix)).toContain(
      'call_user_me',
    );
  });

  test('refused sign-up call is an error and not reported as missing', () => {
    const rules = [...manual, signup(401, -401)];
    expect(findingOf('token-refused', rules, 30).severity).toBe('error');
    expect(firedRules(rules, 30)).not.toContain('manual-no-signup');
  });

  test('GET on the sign-up path is no sign-up call', () => {
    const asked = [...manual, call('/v1/user/signup', 400, { method: 'GET', code: -102 })];
    expect(findingOf('manual-no-signup', asked, 30).severity).toBe('error');
    expect(findingOf('manual-me-alone', [...asked, userMeCall()], 30).severity).toBe('error');
  });

  test('sign-up call answered 400 without a code may have succeeded', () => {
    const found = findingOf('call-failed', [...manual, signup(400)], 30);
    expect(found.detail[0]).toMatch(/signup$/);
    expect(names(found.causes)[0]).toBe('code_102');
  });

  test('no library is blamed for a call that completes nothing anyway', () => {
    const asked = [...manual, call('/v1/oidc/userinfo')];
    expect(firedRules(asked)).not.toContain('library-oidc');
    expect(firedRules([...manual, call('/v1/user/access_token_info')])).not.toContain(
      'library-token-info',
    );
  });

  test('-101: causes follow the link mode', () => {
    const of = (...history: History) => findingOf('not-linked', [...history, friends(400, -101)]);
    expect(names(of(visibleLogin(), setLinkMode('auto')).causes)).toEqual(['link_was_cut']);
    expect(names(of(...manual).causes)).toEqual(['manual_pending', 'link_was_cut']);
    expect(names(of(...manual).fix)[0]).toBe('call_signup');
    const cut = call('/v1/user/unlink', 200, { method: 'POST' });
    expect(names(of(visibleLogin(), cut).causes)[0]).toBe('link_was_cut');
  });

  test('-101 to /v2/user/me: the link was cut, since a pre-registered account gets 200', () => {
    const me = call('/v2/user/me', 400, { code: -101 });
    for (const history of [[visibleLogin()], manual]) {
      const found = findingOf('not-linked', [...history, me]);
      expect(names(found.causes)).toEqual(['link_was_cut']);
      expect(names(found.fix)[0]).toBe('log_in_again');
    }
  });
});

describe('nothing unknown is claimed', () => {
  test('400 without its code lists the possible causes', () => {
    expect(names(findingOf('call-failed', [visibleLogin(), friends(400)]).causes)).toEqual([
      'code_101',
      'code_2',
      'code_10',
    ]);
    const story = call('/v1/api/story/profile', 400);
    expect(names(findingOf('call-failed', [visibleLogin(), story]).causes)[0]).toBe('code_9');
    expect(findingOf('call-failed', [visibleLogin(), friends(500)]).causes).toEqual([]);
  });

  /** Logs in once more, through the login form and without consent: perhaps as another account. */
  const anyoneAgain = (at: number) => {
    const [form] = firstLogin(at);
    return [...(form ? [form] : []), ...repeatLogin(at + 3000), token200(at + 4000)];
  };

  test('a call that may be of the login is not said to be missing', () => {
    const seen = [visibleLogin(), anyoneAgain(T0 + HOUR), userMeCall(T0 + HOUR + 5000)];
    expect(firedRules(seen, 2)).not.toContain('no-call-yet');
    expect(firedRules([visibleLogin(), anyoneAgain(T0 + HOUR)], 2)).toContain('no-call-yet');
  });

  test('a call after the window that may be of the login makes the miss a warning', () => {
    const again = anyoneAgain(T0 + 26 * HOUR);
    const seen = [visibleLogin(), again, userMeCall(T0 + 26 * HOUR + 5000)];
    expect(findingOf('window-passed', seen, 50)).toMatchObject({
      severity: 'warning',
      detail: ['guidance.rules.window_passed.other'],
    });
    expect(findingOf('window-passed', [visibleLogin()], 50)).toMatchObject({
      severity: 'error',
      detail: ['guidance.rules.window_passed.detail'],
    });
  });

  test('a popup that was left is no login after which consent came again', () => {
    const popup = { tab: 'r:2', opener: 'r:1', fact: { redirectUri: 'kakaojs' } };
    const left = [
      observe(authorize({ ...popup.fact, outcome: 'screen' }), T0 - HOUR, popup),
      observe(
        authorize({ outcome: 'screen', method: 'POST', clientId: null, fromKakao: true }),
        T0 - HOUR + 2000,
        { ...popup, site: null },
      ),
    ];
    const inSession = [
      observe(authorize({ outcome: 'screen' }), T0 + 2000),
      ...firstLogin(T0).slice(2),
    ];
    expect(firedRules([left, inSession])).not.toContain('consent-again');
    expect(firedRules([visibleLogin(T0 - HOUR), inSession])).toContain('consent-again');
  });

  test('consent is not asked again after a code that was not exchanged, or before its token', () => {
    const again = (at: number, where = {}) => [
      observe(authorize({ outcome: 'screen' }), at, where),
      ...firstLogin(at - 2000, where).slice(2),
    ];
    const earlier = firstLogin(T0 - HOUR);
    expect(firedRules([earlier, again(T0)])).toContain('consent-again');
    expect(firedRules([earlier, again(T0), [token200(T0 + 2000)]])).not.toContain('consent-again');
    const elsewhere = { tab: 'r:2' };
    const between = [
      firstLogin(T0),
      again(T0 + 3500, elsewhere),
      [observe(token(), T0 + 5000, elsewhere), token200(T0 + 6000)],
    ];
    expect(firedRules(between)).not.toContain('consent-again');
  });

  test('uncounted-only stays silent beside a call that may count', () => {
    const rules = firedRules([visibleLogin(), call('/v2/user/scopes'), call('/v1/oidc/userinfo')]);
    expect(rules).toContain('unconfirmed-only');
    expect(rules).not.toContain('uncounted-only');
  });

  test('possible refresh long after the login is no failed exchange', () => {
    const late = (more = {}) => [firstLogin(T0), tokenAt(T0 + 5 * HOUR, 400, more)];
    expect(firedRules(late(), 6)).not.toContain('exchange-failed');
    expect(firedRules(late({ grant: 'authorization_code' }), 6)).toContain('exchange-failed');
  });

  test('failed exchange of a complete login is only a note', () => {
    const login = firstLogin(T0);
    const marked = observe(
      { type: 'mark', login: id(login), mark: 'complete', note: '' },
      T0 + 9000,
      { source: 'tester' },
    );
    const history = [login, tokenAt(T0 + 4000, 401)];
    expect(findingOf('exchange-failed', history).severity).toBe('error');
    expect(findingOf('exchange-failed', [...history, [marked]]).severity).toBe('info');
  });

  test('code refused long before the exchange was not used twice', () => {
    const twice = (at: number) =>
      firedRules([firstLogin(T0), tokenAt(at, 400, { error: 'KOE320' }), tokenAt(T0 + 60_000)], 1);
    expect(twice(T0 + 61_000)).toContain('code-used-twice');
    expect(twice(T0 + 4000)).not.toContain('code-used-twice');
  });

  test('SDK v1 login: no server is called silent', () => {
    const handed = firedRules([firstLogin(T0, { fact: { redirectUri: 'kakaojs' } })], 30);
    expect(handed).not.toContain('server-silent');
    expect(handed).toContain('library-no-profile');
    expect(firedRules([firstLogin(T0)])).toContain('server-silent');
  });

  test('KOE322 after an unseen login is not blamed on it', () => {
    const refused = [
      observe(
        token(400, { grant: 'refresh_token', clientId: APP, error: 'KOE322' }),
        T0 + 26 * HOUR,
        { source: 'har', tab: 'r:9', site: 'https://elsewhere.test' },
      ),
    ];
    const dark = firstLogin(T0);
    expect(names(findingOf('refresh-refused', [dark, refused], 27).causes)).not.toContain(
      'refresh_after_incomplete',
    );
    const open = findingOf('refresh-refused', [visibleLogin(), refused], 27);
    expect(names(open.causes)[0]).toBe('refresh_after_incomplete');
    expect(open.evidence).toHaveLength(2);
  });

  test('login marked complete by the tester is no cause of new consent', () => {
    const [one, two] = [visibleLogin(), visibleLogin(T0 + 30 * HOUR)];
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
    expect(names(findingOf('consent-again', again(), 32).causes)[0]).toBe('incomplete_before');
    expect(names(findingOf('consent-again', again([mark]), 32).causes)).toEqual([
      'unlinked_unseen',
      'removed_by_user',
    ]);
    // Another account was logged in before: it may have been its token.
    const other = firstLogin(T0 - HOUR);
    const unlink = call('/v1/user/unlink', 200, { method: 'POST' });
    const causes = names(findingOf('consent-again', [other, ...again([mark], unlink)], 32).causes);
    expect(causes).toEqual(['unlinked_by_service', 'removed_by_user']);
  });
});

describe('what may have happened is not called missing', () => {
  test('token-only stays silent where the token was handed to the site’s own server', () => {
    const handed = observe({ type: 'token-handed' }, T0 + 5000, { source: 'har' });
    const issued = tokenAt(T0 + 4000, 200, { account: 'h', grant: 'authorization_code' });
    expect(firedRules([firstLogin(T0), issued])).toContain('token-only');
    expect(firedRules([firstLogin(T0), issued, [handed]])).not.toContain('token-only');
  });

  test('window-passed sends the tester to the server’s log where that may have the token', () => {
    const handed = observe({ type: 'token-handed' }, T0 + 5000, { source: 'har' });
    const issued = tokenAt(T0 + 4000, 200, { grant: 'authorization_code' });
    const steps = (...more: History) =>
      names(findingOf('window-passed', [firstLogin(T0), issued, ...more], 30).fix);
    expect(steps()[0]).toBe('call_user_me');
    expect(steps([handed])[0]).toBe('check_server_calls');
  });

  test('window-passed does so too where the host that the server may report by was given up', () => {
    const host = { site: 'https://api.shop.test', tab: null };
    const givenUp = observe({ type: 'watch', watched: false }, T0 - 1000, host);
    const issued = [observe(token(), T0 + 4000, { source: 'server' })];
    const steps = (...before: History) =>
      names(findingOf('window-passed', [...before, firstLogin(T0), issued], 30).fix);
    expect(steps()[0]).toBe('call_user_me');
    expect(steps([givenUp])[0]).toBe('check_server_calls');
  });

  test('manual-me-alone stays silent beside a sign-up call without an answer', () => {
    const asked = [visibleLogin(), setLinkMode('manual'), userMeCall()];
    expect(firedRules(asked)).toContain('manual-me-alone');
    expect(firedRules([...asked, signup(0)])).not.toContain('manual-me-alone');
  });

  test('signup-on-auto stays silent where an earlier try may have signed the user up', () => {
    const again = signup(400, -102);
    expect(firedRules([visibleLogin(), again])).toContain('signup-on-auto');
    expect(firedRules([visibleLogin(), signup(0), again])).not.toContain('signup-on-auto');
  });

  test('consent-again follows the link to another site, and blames no unseen unlink', () => {
    const [one, two] = [firstLogin(T0), firstLogin(T0 + 30 * HOUR, { site: 'https://two.test' })];
    const label = (login: readonly Observation[], at: number) => [
      observe({ type: 'label', login: id(login), label: 'kim' }, at, { source: 'tester' }),
    ];
    const history = [one, label(one, T0 + 5000), two, label(two, T0 + 31 * HOUR)];
    expect(names(findingOf('consent-again', history, 32).causes)).not.toContain(
      'unlinked_by_service',
    );
  });
});

describe('rehearsal window shorter than Kakao’s', () => {
  test('window-passed says which of the two windows passed', () => {
    const at = (hours: number) =>
      findingOf('window-passed', [rehearsal, visibleLogin()], hours).detail[0];
    expect(at(2)).toMatch(/rehearsal$/);
    expect(at(25)).toMatch(/detail$/);
  });

  test('late-call says which of the two windows was missed', () => {
    const at = (hours: number) =>
      findingOf('late-call', [rehearsal, visibleLogin(), userMeCall(T0 + hours * HOUR)], 40)
        .detail[0];
    expect(at(2)).toMatch(/rehearsal$/);
    expect(at(25)).toMatch(/detail$/);
  });
});

describe('evidence and fix fit the case', () => {
  test('late call of a later login of the account is evidence', () => {
    const again = repeatLogin(T0 + 23 * HOUR);
    const late = observe(api('/v2/user/me'), T0 + 25 * HOUR + 1000);
    expect(findingOf('late-call', [visibleLogin(), again, [late]], 30).evidence).toContain(late.id);
  });

  test('unlink call that caused new consent is evidence', () => {
    const cut = call('/v1/user/unlink', 200, { method: 'POST' });
    const label = (login: readonly Observation[], at: number) => [
      observe({ type: 'label', login: id(login), label: 'kim' }, at, { source: 'tester' }),
    ];
    const [one, two] = [firstLogin(T0), firstLogin(T0 + 30 * HOUR)];
    const found = findingOf(
      'consent-again',
      [one, label(one, T0 + 5000), cut, two, label(two, T0 + 31 * HOUR)],
      32,
    );
    expect(found.evidence).toContain(cut[0]?.id);
  });

  test('oauth-error reports codes of refreshes and repeat logins', () => {
    const refresh = tokenAt(T0 + HOUR, 400, { grant: 'refresh_token', error: 'KOE319' });
    expect(findingOf('oauth-error', [visibleLogin(), userMeCall(), refresh], 2).title[1]).toEqual([
      'KOE319',
    ]);
    const repeat = [...repeatLogin(T0), ...tokenAt(T0 + 1000, 401, { error: 'KOE010' })];
    expect(findingOf('oauth-error', [repeat]).title[1]).toEqual(['KOE010']);
    const first = [firstLogin(T0), tokenAt(T0 + 4000, 401, { error: 'KOE010' })];
    expect(firedRules(first)).not.toContain('oauth-error');
  });

  test('-9 of the listed Story call is reported once', () => {
    const story = [visibleLogin(), call('/v1/api/story/profile', 400, { code: -9 })];
    expect(firedRules(story)).toContain('api-ended');
    expect(firedRules(story)).not.toContain('retired-call');
  });

  test('another app key is not blamed on Fixed User ID', () => {
    const known = (hash: string, at: number) => [
      observe(api('/v2/user/me', 200, { account: hash }), at),
    ];
    const there = firstLogin(T0 + HOUR, { fact: { clientId: 'other-key' } });
    const here = firstLogin(T0);
    const label = (login: readonly Observation[], at: number) => [
      observe({ type: 'label', login: id(login), label: 'kim' }, at, { source: 'tester' }),
    ];
    const found = findingOf(
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

  test('server-side causes are named only where the server reported', () => {
    const asked = (source: 'browser' | 'server') =>
      findingOf('library-oidc', [
        visibleLogin(),
        [observe(api('/v1/oidc/userinfo'), T0 + 6000, { source })],
      ]);
    expect(names(asked('server').causes)).toEqual(['hosted_oidc', 'spring_issuer']);
    expect(asked('browser').causes).toEqual([]);
    expect(names(asked('browser').fix)).toEqual(['oidc_add_me']);
  });

  test('code-in-other-url stays silent where a broker led on with a code of its own', () => {
    const arrivals = (codeKept: boolean) =>
      [`${SITE}/cb`, `${SITE}/home`].map((redirectUri, i) =>
        observe(
          {
            type: 'arrival',
            redirectUri,
            outcome: 'code',
            error: null,
            ...(codeKept && i === 0 ? { codeKept } : {}),
          },
          T0 + 3500 + i * 100,
        ),
      );
    expect(firedRules([firstLogin(T0), arrivals(true)])).not.toContain('code-in-other-url');
    expect(firedRules([firstLogin(T0), arrivals(false)])).toContain('code-in-other-url');
  });

  test('code-in-other-url stays silent on the tab’s next login with its own redirect URI', () => {
    const next = { redirectUri: `${SITE}/other/cb`, clientId: 'rest-key-0002' };
    const arrival = observe(
      { type: 'arrival', redirectUri: next.redirectUri, outcome: 'code', error: null },
      T0 + 33_600,
    );
    const rules = firedRules([firstLogin(T0), firstLogin(T0 + 30_000, { fact: next }), [arrival]]);
    expect(rules).not.toContain('code-in-other-url');
  });

  test('unlink-as-logout stays silent on an unlink with the admin key, which names its user', () => {
    const unlink = (target?: string) => [
      visibleLogin(),
      [
        observe(
          api('/v1/user/unlink', 200, { method: 'POST', ...(target ? { target } : {}) }),
          T0 + 6000,
        ),
      ],
    ];
    expect(firedRules(unlink())).toContain('unlink-as-logout');
    expect(firedRules(unlink('other'))).not.toContain('unlink-as-logout');
  });
});
