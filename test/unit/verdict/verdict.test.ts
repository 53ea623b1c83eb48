import { describe, expect, test } from 'vitest';
import { newApp } from '../../../utils/model/app.ts';
import type { Observation } from '../../../utils/model/observation.ts';
import { loginStatus } from '../../../utils/verdict/decide/verdict.ts';
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
} from '../fixtures.ts';
import { judge, verdicts, type Steps } from './judge-history.ts';

const setMode = (linkMode: 'auto' | 'manual', at: number) => [
  observe({ type: 'app', clientId: APP, linkMode }, at, { source: 'tester' }),
];

describe('kind of a login', () => {
  const kinds = (history: Steps) =>
    judge(history, 1).map((v) => [v.login.kind, v.login.kindBecause, v.login.certainty]);

  test('consent screen, then a code: first, certain', () =>
    expect(kinds([firstLogin(T0)])).toEqual([['first', 'consent', 'certain']]));

  test('screen left for the login form, then agreed to after Back: first, certain', () => {
    const otherAccount = observe(
      authorize({ outcome: 'login-form', params: ['through_account'], fromKakao: true }),
      T0 + 2500,
      { site: null },
    );
    expect(kinds([firstLogin(T0).toSpliced(2, 0, otherAccount)])).toEqual([
      ['first', 'consent', 'certain'],
    ]);
  });

  test('consent screen of a request with scope: first, likely', () =>
    expect(kinds([firstLogin(T0, { fact: { params: ['scope'] } })])).toEqual([
      ['first', 'consent-with-scope', 'likely'],
    ]));

  test('extra consent of an account known to be linked: likely a repeat', () =>
    expect(
      kinds([
        firstLogin(T0),
        me(T0 + 5000),
        [
          observe(authorize({ params: ['scope'], outcome: 'screen' }), T0 + 9000),
          observe(authorize({ clientId: null, method: 'POST', fromKakao: true }), T0 + 10_000, {
            site: null,
          }),
        ],
      ]),
    ).toEqual([
      ['first', 'consent', 'certain'],
      ['repeat', 'extra-consent', 'likely'],
    ]));

  test('code without a screen: repeat', () =>
    expect(kinds([repeatLogin(T0)])).toEqual([['repeat', 'no-consent', 'certain']]));

  test('cancel and other errors: no login', () => {
    expect(
      kinds([
        [
          observe(authorize({ outcome: 'screen' }), T0),
          observe(
            authorize({ clientId: null, method: 'POST', outcome: 'error', error: 'access_denied' }),
            T0 + 1000,
            { site: null },
          ),
        ],
      ]),
    ).toEqual([]);
    expect(kinds([[observe(authorize({ outcome: 'error-page', status: 400 }), T0)]])).toEqual([]);
  });

  test('token handed over by message: unknown, judged like a first login', () => {
    const popup = { tab: 'r:2', opener: 'r:1', fact: { redirectUri: 'kakaojs' } };
    const steps = firstLogin(T0, popup);
    const last = steps.at(-1);
    if (last?.type === 'authorize') Object.assign(last, { outcome: 'screen', status: 200 });
    expect(kinds([steps])).toEqual([['unknown', 'token-by-message', 'likely']]);
    expect(verdicts([steps], 1)).toEqual(['pending']);
  });

  test('flow not seen whole: connected_at decides', () => {
    const late = { params: ['through_account'], fromKakao: true };
    const flow = (connectedAt: number) => [
      repeatLogin(T0, { fact: late, site: null }),
      [exchange(T0 + 500)],
      [observe(api('/v2/user/me', 200, { connectedAt, wholeBody: true }), T0 + 1000)],
    ];
    const site = { site: null };
    expect(kinds([repeatLogin(T0, { fact: late, ...site })])).toEqual([
      ['unknown', 'flow-not-seen', 'likely'],
    ]);
    expect(kinds(flow(T0 - 1000))).toEqual([['first', 'connected-now', 'certain']]);
    expect(kinds(flow(T0 - 16 * HOUR))).toEqual([['repeat', 'connected-before', 'certain']]);
    expect(kinds(flow(T0 - 9 * HOUR))).toEqual([['unknown', 'flow-not-seen', 'likely']]);
  });

  test('has_signed_up false on a repeat after an open first login: still a repeat', () => {
    const history = [
      firstLogin(T0),
      exchange(T0 + 4000),
      repeatLogin(T0 + HOUR),
      [observe(api('/v2/user/me', 200, { hasSignedUp: false }), T0 + HOUR + 1000)],
    ];
    expect(kinds(history).map((k) => k[0])).toEqual(['first', 'repeat']);
    expect(verdicts(history, 2)).toEqual(['pending', 'not-applicable']);
  });
});

describe('completion of a first login', () => {
  const start = [firstLogin(T0), exchange(T0 + 4000)];

  test('listed call answered 200, by GET or POST: complete', () => {
    for (const path of [
      '/v2/user/me',
      '/v1/api/talk/profile',
      '/v1/api/story/profile',
      '/v1/user/shipping_address',
      '/v1/api/talk/friends',
      '/v1/friends',
      '/v1/api/talk/channels',
    ])
      for (const method of ['GET', 'POST'])
        expect(
          verdicts([...start, [observe(api(path, 200, { method }), T0 + 9000)]], 30),
          `${method} ${path}`,
        ).toEqual(['complete']);
  });

  test.each([
    ['a preflight', api('/v2/user/me', 200, { method: 'OPTIONS' })],
    ['a look-alike', api('/v2/user/meow')],
    ['a longer path', api('/x/v2/user/me')],
    ['an error', api('/v2/user/me', 401)],
    ['a refusal', api('/v1/api/talk/friends', 403, { code: -402 })],
    ['no answer', api('/v2/user/me', 0)],
    ['a redirect', api('/v2/user/me', 302)],
    ['not modified', api('/v2/user/me', 304)],
    ['a cached answer', api('/v2/user/me', 200, { cached: true })],
    ['another method', api('/v2/user/me', 200, { method: 'DELETE' })],
    ['an unlisted call', api('/v1/oidc/userinfo')],
    ['channels v2', api('/v2/api/talk/channels')],
    ['token info', api('/v1/user/access_token_info')],
  ])('%s: not complete', (_what, fact) => {
    expect(verdicts([...start, [observe(fact, T0 + 9000)]], 30)).toEqual(['missed']);
  });

  test('call before the login: not complete', () =>
    expect(verdicts([me(T0 - 1000), ...start], 30)).toEqual(['missed']));

  test('call on another site or in a private window: not complete', () => {
    expect(verdicts([...start, me(T0 + 9000, { site: 'https://other.test' })], 30)).toEqual([
      'missed',
    ]);
    expect(verdicts([...start, me(T0 + 9000, { cookieStore: 'private' })], 30)).toEqual(['missed']);
  });

  test('manual link: complete only by sign-up, or its -102', () => {
    const manual = [...start, setMode('manual', T0 + 5000), me(T0 + 6000)];
    const signup = (status: number, code: number | null) => [
      observe(api('/v1/user/signup', status, { method: 'POST', code }), T0 + 9000),
    ];
    expect(verdicts(manual, 30)).toEqual(['missed']);
    expect(judge(manual, 30)[0]?.because).toBe('me-is-not-enough');
    expect(verdicts([...manual, signup(200, null)], 30)).toEqual(['complete']);
    expect(verdicts([...manual, signup(400, -102)], 30)).toEqual(['complete']);
    expect(verdicts([...manual, signup(400, -401)], 30)).toEqual(['missed']);
    // Chrome shows no body, so the 400 may have been -102.
    expect(judge([...manual, signup(400, null)], 30)[0]).toMatchObject({
      verdict: 'missed',
      certainty: 'likely',
      doubt: 'signup-answer-unknown',
    });
  });

  test('has_signed_up in a body: manual link, unless the tester set the mode', () => {
    const inferred = [
      ...start,
      [observe(api('/v2/user/me', 200, { hasSignedUp: false }), T0 + 6000)],
    ];
    expect(verdicts(inferred, 30)).toEqual(['missed']);
    expect(verdicts([...inferred, setMode('auto', T0 + 7000)], 30)).toEqual(['complete']);
  });

  test('link mode unknown: complete is only likely', () => {
    expect(judge([...start, me(T0 + 9000)], 1)[0]).toMatchObject({
      verdict: 'complete',
      certainty: 'likely',
      doubt: 'link-mode-unknown',
    });
    expect(judge([...start, me(T0 + 9000), setMode('auto', T0 + 9500)], 1)[0]).toMatchObject({
      verdict: 'complete',
      certainty: 'certain',
    });
  });

  test('call after the deadline: late; at the deadline: complete', () => {
    const end = T0 + 3000 + 24 * HOUR;
    expect(verdicts([...start, me(end)], 30)).toEqual(['complete']);
    expect(verdicts([...start, me(end + 1)], 30)).toEqual(['late']);
  });
});

describe('accounts', () => {
  const tabs = [firstLogin(T0), exchange(T0 + 4000)];

  test('call after a repeat in the same Kakao session: completes the first login', () =>
    expect(verdicts([...tabs, repeatLogin(T0 + HOUR), me(T0 + HOUR + 1000)], 30)).toEqual([
      'complete',
      'not-applicable',
    ]));

  test('two accounts one after the other: the call is of the second alone', () =>
    expect(
      verdicts(
        [...tabs, firstLogin(T0 + HOUR), exchange(T0 + HOUR + 4000), me(T0 + HOUR + 5000)],
        30,
      ),
    ).toEqual(['missed', 'complete']));

  test('unknown account: its call completes the only open first login, as likely', () => {
    const form = { outcome: 'login-form' as const };
    const unknownRepeat = (at: number) => [
      observe(authorize(form), at),
      observe(authorize({ params: ['through_account'], fromKakao: true }), at + 1000, {
        site: null,
      }),
    ];
    const one = judge([...tabs, unknownRepeat(T0 + HOUR), me(T0 + HOUR + 5000)], 30);
    expect(one[0]).toMatchObject({
      verdict: 'complete',
      certainty: 'likely',
      doubt: 'account-unknown',
    });
    const two = [
      ...tabs,
      firstLogin(T0 + HOUR / 2),
      exchange(T0 + HOUR / 2 + 4000),
      unknownRepeat(T0 + HOUR),
      me(T0 + HOUR + 5000),
    ];
    for (const v of judge(two, 30).slice(0, 2))
      expect(v).toMatchObject({
        verdict: 'missed',
        certainty: 'likely',
        doubt: 'account-unknown',
      });
  });

  test('user id: overrides the session; label: joins logins', () => {
    const history = [
      firstLogin(T0),
      [observe(api('/v1/user/access_token_info', 200, { account: 'alice' }), T0 + 4000)],
      repeatLogin(T0 + HOUR),
      [observe(api('/v2/user/me', 200, { account: 'bob' }), T0 + HOUR + 1000)],
    ];
    expect(verdicts(history, 30)[0]).toBe('missed');
    const [a] = judge([...tabs], 1);
    const later = firstLogin(T0 + 60 * HOUR);
    const ids = [a?.login.id ?? '', later.at(-1)?.id ?? ''];
    const label = ids.map((login) =>
      observe({ type: 'label', login, label: 'alice' }, T0 + 61 * HOUR, { source: 'tester' }),
    );
    expect(verdicts([...tabs, later], 62)).toEqual(['missed', 'pending']);
    expect(verdicts([...tabs, later, label], 62)).toEqual(['unlinked', 'pending']);
  });

  test('call in another tab than the newer login’s: only likely', () => {
    const other = { tab: 'r:9' };
    const history = [
      ...tabs,
      firstLogin(T0 + HOUR, other),
      exchange(T0 + HOUR + 4000, other),
      me(T0 + HOUR + 5000, { tab: 'r:1' }),
    ];
    expect(judge(history, 30).map((v) => [v.verdict, v.doubt])).toEqual([
      ['complete', 'other-tab'],
      ['missed', 'account-unknown'],
    ]);
  });
});

describe('visibility', () => {
  test('token never seen: unseen, not missed', () => {
    expect(judge([firstLogin(T0)], 30)[0]).toMatchObject({
      verdict: 'unseen',
      visibilityBecause: 'server-side',
    });
    expect(judge([firstLogin(T0, { fact: { watched: false } })], 30)[0]).toMatchObject({
      verdict: 'unseen',
      visibilityBecause: 'no-site-access',
    });
  });

  test('call refused with 401: the token stays unseen', () =>
    expect(verdicts([firstLogin(T0), [observe(api('/v2/user/me', 401), T0 + 9000)]], 30)).toEqual([
      'unseen',
    ]));

  test('server that reports: visible, so missed', () =>
    expect(
      judge([firstLogin(T0), [exchange(T0 + 4000, { source: 'server' })]], 30)[0],
    ).toMatchObject({ verdict: 'missed', visibility: 'server-reported' }));

  test.each([
    ['paused', observe({ type: 'pause', paused: true }, T0 + 5 * HOUR, { source: 'tester' })],
    ['no-site-access', observe({ type: 'watch', watched: false }, T0 + 5 * HOUR, { site: SITE })],
  ])('gap in the window (%s): unseen instead of missed', (reason, gap) => {
    const seen = [firstLogin(T0), exchange(T0 + 4000)];
    expect(judge([...seen, [gap]], 30)[0]).toMatchObject({
      verdict: 'unseen',
      visibilityBecause: reason,
    });
    expect(verdicts([...seen, [{ ...gap, at: T0 + 26 * HOUR }]], 30)).toEqual(['missed']);
    expect(verdicts([...seen, [gap], me(T0 + 6 * HOUR)], 30)).toEqual(['complete']);
  });

  test('browser restart in the window: missed is only likely', () =>
    expect(
      judge([firstLogin(T0), exchange(T0 + 4000), [observe({ type: 'start' }, T0 + HOUR)]], 30)[0],
    ).toMatchObject({ verdict: 'missed', certainty: 'likely', doubt: 'restart' }));
});

describe('link after the window', () => {
  const seen = [firstLogin(T0), exchange(T0 + 4000)];

  test('login without consent 48 h later: the link survived; sooner: nothing known', () => {
    expect(verdicts([...seen, repeatLogin(T0 + 47 * HOUR)], 60)[0]).toBe('missed');
    expect(judge([...seen, repeatLogin(T0 + 49 * HOUR)], 60)[0]).toMatchObject({
      verdict: 'complete',
      because: 'link-survived',
    });
  });

  const again = (hours: number) => {
    const [, screen, code] = firstLogin(T0 + hours * HOUR);
    return [
      { ...screen, ...authorize({ outcome: 'screen' }), site: SITE } as Observation,
      code as Observation,
    ];
  };
  const labelled = (steps: readonly Observation[], at: number) => [
    observe({ type: 'label', login: steps.at(-1)?.id ?? '', label: 'kim' }, at, {
      source: 'tester',
    }),
  ];

  test('consent again of the account that the tester named: the link was cut', () => {
    const login = firstLogin(T0);
    const later = again(49);
    const names = [labelled(login, T0 + HOUR), labelled(later, T0 + 50 * HOUR)];
    const [first] = judge([login, exchange(T0 + 4000), later, ...names], 60);
    expect(first).toMatchObject({ verdict: 'unlinked', because: 'consent-again', doubt: null });
  });

  test('consent again, perhaps of the account, inside the window: the link was likely cut', () => {
    expect(judge([...seen, again(20)], 60)[0]).toMatchObject({
      verdict: 'unlinked',
      doubt: 'cut-unsure',
    });
  });

  test('consent again, perhaps of the account, after the window: surely missed all the same', () => {
    const [first] = judge([...seen, again(49)], 60);
    expect(first).toMatchObject({ verdict: 'missed', certainty: 'certain' });
    // Lists show it among the logins that want attention.
    expect(first && loginStatus(first.login, newApp(APP))).toBe('open');
  });

  test('unlink answered 200: cut, even if complete', () => {
    const unlink = [observe(api('/v1/user/unlink', 200, { method: 'POST' }), T0 + HOUR)];
    expect(judge([...seen, me(T0 + 5000), unlink], 2)[0]).toMatchObject({
      verdict: 'unlinked',
      because: 'unlink-call',
    });
    const refused = [observe(api('/v1/user/unlink', 401, { method: 'POST' }), T0 + HOUR)];
    expect(verdicts([...seen, me(T0 + 5000), refused], 2)).toEqual(['complete']);
  });

  test('tester’s mark: counts, and can be taken back', () => {
    const login = judge(seen, 1)[0]?.login.id ?? '';
    const mark = (to: 'complete' | 'cut' | null, hours: number) => [
      observe({ type: 'mark', login, mark: to, note: '' }, T0 + hours * HOUR, { source: 'tester' }),
    ];
    expect(judge([...seen, mark('complete', 25)], 30)[0]).toMatchObject({
      verdict: 'complete',
      because: 'tester',
    });
    expect(verdicts([...seen, mark('complete', 25), mark(null, 26)], 30)).toEqual(['missed']);
    expect(verdicts([...seen, mark('cut', 25)], 30)).toEqual(['unlinked']);
  });

  test('tester’s mark as complete, an unlink two days later: surely unlinked', () => {
    const login = judge(seen, 1)[0]?.login.id ?? '';
    const marked = [
      observe({ type: 'mark', login, mark: 'complete', note: '' }, T0 + 25 * HOUR, {
        source: 'tester',
      }),
    ];
    const unlink = [observe(api('/v1/user/unlink', 200, { method: 'POST' }), T0 + 50 * HOUR)];
    expect(judge([...seen, marked, unlink], 60)[0]).toMatchObject({
      verdict: 'unlinked',
      because: 'unlink-call',
      certainty: 'certain',
    });
  });
});

describe('time', () => {
  test('deadline: pending up to it, then missed with the daily job’s band', () => {
    const seen = [firstLogin(T0), exchange(T0 + 4000)];
    expect(verdicts(seen, 24)).toEqual(['pending']);
    const [after] = judge(seen, 24.1);
    expect(after).toMatchObject({ verdict: 'missed', certainty: 'certain' });
    expect(after?.cutBand).toEqual({ from: T0 + 3000 + 24 * HOUR, to: T0 + 3000 + 48 * HOUR });
  });

  test('rehearsal window: an earlier deadline, and a verdict that says so', () => {
    const seen = [firstLogin(T0), exchange(T0 + 4000)];
    const rehearse = (windowMs: number | null) => [
      observe({ type: 'app', clientId: APP, windowMs }, T0 + 5000, { source: 'tester' }),
    ];
    expect(judge([...seen, rehearse(60_000)], 1)[0]).toMatchObject({
      verdict: 'missed',
      rehearsal: true,
    });
    expect(judge([...seen, rehearse(60_000), rehearse(null)], 1)[0]).toMatchObject({
      verdict: 'pending',
      rehearsal: false,
    });
  });

  test('clock set back: a later call still counts, as likely', () =>
    expect(
      judge([firstLogin(T0), exchange(T0 + 4000), me(T0 - 5 * HOUR), setMode('auto', T0)], 1)[0],
    ).toMatchObject({ verdict: 'complete', certainty: 'likely', doubt: 'clock-moved' }));
});
