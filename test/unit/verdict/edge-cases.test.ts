import { describe, expect, test } from 'vitest';
import { replay } from '../../../utils/verdict/reduce.ts';
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
import { judge, verdicts } from './judge-history.ts';

const two = { tab: 'r:2' };
const form = (at: number, more = {}) => [observe(authorize({ outcome: 'login-form' }), at, more)];
const back = (at: number, more = {}) => [
  observe(authorize({ params: ['through_account'], fromKakao: true }), at, { ...more, site: null }),
];

describe('Kakao session of a login', () => {
  const consent = (at: number) => [observe(authorize({ outcome: 'screen' }), at)];
  const agree = (at: number) => [
    observe(authorize({ clientId: null, method: 'POST', fromKakao: true }), at, { site: null }),
  ];

  test('login form opened while another tab waits for consent: two accounts', () => {
    const history = [
      repeatLogin(T0 - 90 * HOUR),
      consent(T0),
      form(T0 + 1000, two),
      agree(T0 + 2000),
      exchange(T0 + 2500),
      back(T0 + 9000, two),
      me(T0 + 30_000, two),
    ];
    const [, waiting, other] = judge(history, 30);
    expect(waiting?.login.accountId).not.toBe(other?.login.accountId);
    expect(waiting).toMatchObject({ verdict: 'complete', doubt: 'account-unknown' });
  });

  test('login while another tab has a form open: not the form’s account', () => {
    const [before, after] = judge(
      [form(T0, two), consent(T0 + 1000), agree(T0 + 2000), back(T0 + 9000, two)],
      1,
    );
    expect(before?.login.accountId).not.toBe(after?.login.accountId);
  });

  test('flow whose beginning was not seen: another account, it may have passed the form', () => {
    const history = [firstLogin(T0), exchange(T0 + 4000), back(T0 + HOUR), me(T0 + HOUR + 1000)];
    const [first, second] = judge(history, 30);
    expect(second?.login.kind).toBe('unknown');
    expect(first?.login.accountId).not.toBe(second?.login.accountId);
    expect(first?.verdict).toBe('missed');
  });

  test('login known only by its token exchange: its account is unknown', () => {
    const exchanged = token(200, { grant: 'authorization_code', clientId: APP });
    const history = [
      firstLogin(T0),
      exchange(T0 + 4000),
      [observe(exchanged, T0 + HOUR, { source: 'har' })],
      me(T0 + HOUR + 1000),
    ];
    const judged = judge(history, 30);
    expect(judged.map((v) => v.verdict)).toEqual(['missed', 'complete']);
    expect(judged[1]?.login.kind).toBe('unknown');
  });
});

describe('call of an unknown account', () => {
  test('first login whose window is over: neither completed nor in the way', () => {
    const old = [firstLogin(T0 - 100 * HOUR), exchange(T0 - 100 * HOUR + 4000)];
    const unknown = (at: number) => [...form(at), ...back(at + 1000)];
    expect(verdicts([...old, unknown(T0), me(T0 + 5000)], 1)).toEqual(['missed', 'not-applicable']);
    const history = [
      ...old,
      firstLogin(T0),
      exchange(T0 + 4000),
      unknown(T0 + HOUR),
      me(T0 + HOUR + 5000),
    ];
    expect(judge(history, 30).map((v) => [v.verdict, v.doubt])).toEqual([
      ['missed', null],
      ['complete', 'account-unknown'],
      ['not-applicable', null],
    ]);
  });
});

describe('popups', () => {
  const popup = { tab: 'r:2' };

  test('polling popup: the login is of the tab in which the code arrives', () => {
    const history = [
      [observe({ type: 'poll', clientId: APP, watched: true }, T0)],
      [observe(authorize({ outcome: 'screen', params: ['is_popup'] }), T0 + 10, popup)],
      [
        observe(
          { type: 'arrival', redirectUri: `${SITE}/cb`, outcome: 'code', error: null },
          T0 + 2000,
        ),
      ],
    ];
    expect(judge(history, 1)[0]?.login.tab).toBe('r:1');
  });

  test('popup form, which names no site: the site still counts as watched', () => {
    const steps = [
      observe(authorize({ redirectUri: 'kakaojs', outcome: 'screen' }), T0, popup),
      observe(
        authorize({
          clientId: null,
          redirectUri: null,
          method: 'POST',
          outcome: 'screen',
          fromKakao: true,
          watched: false,
        }),
        T0 + 900,
        { ...popup, site: null },
      ),
    ];
    expect(judge([steps], 30)[0]).toMatchObject({ visibilityBecause: 'token-by-message' });
  });

  test('token in a page that is known to be the result: consent is certain', () => {
    const fact = { redirectUri: 'kakaojs', params: ['proxy'] };
    const handed = { clientId: null, method: 'POST', status: 200, outcome: 'token' as const };
    const first = [
      observe(authorize({ ...fact, outcome: 'screen' }), T0, popup),
      observe(authorize({ ...handed, redirectUri: null, fromKakao: true }), T0 + 900, {
        ...popup,
        site: null,
      }),
    ];
    const again = [
      observe(authorize({ ...fact, status: 200, outcome: 'token' }), T0 + HOUR, { tab: 'r:3' }),
    ];
    expect(judge([first, again], 2).map((v) => [v.login.kind, v.login.kindBecause])).toEqual([
      ['first', 'consent'],
      ['repeat', 'no-consent'],
    ]);
  });
});

describe('popup whose only page may have been its result', () => {
  const mode = observe({ type: 'app', clientId: APP, linkMode: 'auto' }, T0 - 1000);
  const codeArrives = (at: number) =>
    observe({ type: 'arrival', redirectUri: `${SITE}/cb`, outcome: 'code', error: null }, at);
  const first = [...firstLogin(T0), codeArrives(T0 + 3100), exchange(T0 + 4000)];
  const loginAgain = (at: number) => [
    observe({ type: 'poll', clientId: APP, watched: true }, at),
    observe(authorize({ outcome: 'screen', params: ['is_popup'] }), at + 10, {
      tab: 'r:2',
      opener: 'r:1',
    }),
    codeArrives(at + 900),
    exchange(at + 1100),
  ];
  const said = (...history: Parameters<typeof judge>[0]) =>
    judge([mode, ...history], 60).map((v) => [v.verdict, v.doubt]);

  test('account with a link: its call likely completes that one', () => {
    expect(said(first, loginAgain(T0 + HOUR), me(T0 + HOUR + 2000))).toEqual([
      ['complete', 'account-unknown'],
      ['complete', null],
    ]);
  });

  test('page that exchanges the code itself, or refreshes its older token: the same', () => {
    const at = T0 + HOUR;
    const poll = observe({ type: 'poll', clientId: APP, watched: true }, at + 900);
    const [begin, page] = loginAgain(at);
    if (!begin || !page) throw new Error('no popup');
    expect(said(first, [begin, page, poll, exchange(at + 1100)], me(at + 2000))).toEqual([
      ['complete', 'account-unknown'],
      ['complete', null],
    ]);
  });

  test('call after the window of that link: it is not likely late', () => {
    expect(said(first, loginAgain(T0 + HOUR), me(T0 + 25 * HOUR))[0]).toEqual([
      'missed',
      'account-unknown',
    ]);
  });

  test('account whose link was cut: its call is of a link of its own', () => {
    const unlink = observe(api('/v1/user/unlink', 200, { method: 'POST' }), T0 + 5000);
    expect(said(first, unlink, loginAgain(T0 + HOUR), me(T0 + HOUR + 2000))).toEqual([
      ['unlinked', null],
      ['complete', null],
    ]);
  });
});

describe('call with a known user id', () => {
  const alice = { account: 'alice' };
  const known = [firstLogin(T0), [observe(token(200, alice), T0 + 4000)]];

  test('older login of the same account: the call is of its tab’s latest login', () => {
    const unlink = [observe(api('/v1/user/unlink', 200, { method: 'POST' }), T0 + 5000)];
    const again = [firstLogin(T0 + HOUR), me(T0 + HOUR + 5000, {}, alice)];
    expect(verdicts([...known, unlink, ...again], 30)).toEqual(['unlinked', 'complete']);
  });

  test('login of another account in the same tab: the call is not its own', () => {
    const bob = [
      firstLogin(T0 + HOUR, two),
      [observe(token(200, { account: 'bob' }), T0 + HOUR + 4000, two)],
    ];
    expect(verdicts([...known, ...bob, me(T0 + 2 * HOUR, two, alice)], 30)).toEqual([
      'complete',
      'missed',
    ]);
  });

  test('call without a tab: it is of the account’s login', () => {
    const other = [firstLogin(T0 + HOUR, two), exchange(T0 + HOUR + 4000, two)];
    expect(verdicts([...known, ...other, me(T0 + 2 * HOUR, { tab: null }, alice)], 30)).toEqual([
      'complete',
      'missed',
    ]);
  });

  test('exchange long after the older login: it is of the new one', () => {
    const exchanged = token(200, { ...alice, clientId: APP, grant: 'authorization_code' });
    const popup = firstLogin(T0 + HOUR, { tab: 'r:5' });
    const late = [observe(exchanged, T0 + HOUR + 4000, { source: 'har' })];
    expect(judge([...known, popup, late], 2).map((v) => v.login.userHash)).toEqual([
      'alice',
      'alice',
    ]);
  });
});

describe('call from the redirect URI’s origin', () => {
  const apart = { site: 'https://front.test' };
  const history = [repeatLogin(T0, { ...apart, fact: { outcome: 'screen' } })];
  const agree = [
    observe(authorize({ clientId: null, method: 'POST', fromKakao: true }), T0 + 1000, {
      site: null,
    }),
  ];
  const report = (site: string) => [me(T0 + 2000, { site, source: 'server' })];

  test('login that began on another origin: the call is of that login', () => {
    const judged = judge([...history, agree, report(SITE)], 30);
    expect(judged[0]?.login.site).toBe('https://front.test');
    expect(judged[0]).toMatchObject({ verdict: 'complete', visibility: 'server-reported' });
    expect(verdicts([...history, agree, report('https://else.test')], 30)).toEqual(['unseen']);
  });

  test('login of another tab on that origin: the call is of its own tab’s login', () => {
    const own = firstLogin(T0 - HOUR, { tab: 'r:7' });
    // The same Kakao session consented anew, so the link of the first is likely gone.
    expect(verdicts([own, ...history, agree, report(SITE)], 30)).toEqual(['unlinked', 'complete']);
  });

  test.each([
    ['to it', SITE, 'unseen', 'no-site-access'],
    ['to where the login began', apart.site, 'unseen', 'no-site-access'],
    ['to any other origin', 'https://else.test', 'missed', 'token-seen'],
  ])(
    'access %s taken away: unseen where the login’s calls may be',
    (_, site, verdict, visibilityBecause) => {
      const lost = [observe({ type: 'watch', watched: false }, T0 + HOUR, { site, tab: null })];
      const seen = [exchange(T0 + 2000, apart)];
      expect(judge([...history, agree, seen, lost], 30)[0]).toMatchObject({
        verdict,
        visibilityBecause,
      });
    },
  );

  test('two logins in one tab: the call is of the latest, wherever it began', () => {
    const own = firstLogin(T0 - HOUR);
    // The same Kakao session consented anew, so the link of the first is likely gone.
    expect(verdicts([own, ...history, agree, report(SITE)], 30)).toEqual(['unlinked', 'complete']);
  });
});

test('call without tab and site: no popup’s login ends with it', () => {
  const waiting = observe(authorize({ outcome: 'screen', redirectUri: 'kakaojs' }), T0);
  const stray = api('/v2/user/me', 200, { inFrame: true });
  expect(judge([[waiting], [observe(stray, T0 + 1000, { tab: null, site: null })]], 1)).toEqual([]);
});

test('call with the admin key while a popup is open: no popup’s login ends with it', () => {
  const waiting = observe(authorize({ outcome: 'screen', redirectUri: 'kakaojs' }), T0);
  const call = (target?: string) =>
    me(T0 + 1000, {}, { inFrame: true, ...(target ? { target } : {}) });
  expect(judge([[waiting], call('h1')], 1)).toEqual([]);
  expect(judge([[waiting], call()], 1)).toHaveLength(1);
});

test('popup’s call hours later: no login of it, whatever other sites do', () => {
  const waiting = observe(authorize({ outcome: 'screen', redirectUri: 'kakaojs' }), T0);
  const elsewhere = repeatLogin(T0 + 2 * HOUR, { site: 'https://else.test', tab: 'r:8' });
  const call = me(T0 + 3 * HOUR, {}, { inFrame: true });
  expect(judge([[waiting], call], 4)).toEqual([]);
  expect(judge([[waiting], elsewhere, call], 4)).toHaveLength(1);
});

describe('buffered reports', () => {
  const waiting = [me(T0 - 1000, { site: SITE, source: 'server', tab: null })];

  test('login of another site, hours later by its clock: reports stay buffered', () => {
    const elsewhere = repeatLogin(T0 + 5 * HOUR, {
      site: 'https://else.test',
      tab: 'r:8',
      fact: { redirectUri: 'https://else.test/cb' },
    });
    expect(judge([waiting, elsewhere, firstLogin(T0)], 1)[1]).toMatchObject({
      verdict: 'complete',
      doubt: 'reported-before',
    });
  });

  test('report without a site: no login attracts it', () => {
    const stray = [me(T0 + 500, { site: null, source: 'server' })];
    const popup = { tab: 'r:8', site: 'https://else.test', fact: { redirectUri: 'kakaojs' } };
    expect(judge([stray, firstLogin(T0), repeatLogin(T0 + 5000, popup)], 1)[0]?.verdict).toBe(
      'pending',
    );
  });
});

test('sign-up answered from a cache: the link mode stays unknown', () => {
  const cached = [
    observe(api('/v1/user/signup', 200, { method: 'POST', cached: true }), T0 + 5000),
  ];
  expect(judge([firstLogin(T0), cached], 1)[0]?.linkMode).toBe('unknown');
});

describe('doubtful call in the window, certain call after it', () => {
  const start = [firstLogin(T0), exchange(T0 + 4000), firstLogin(T0 + 60_000, two)];

  test('login with both: complete and in doubt, not late', () => {
    const doubtful = me(T0 + 2 * HOUR);
    expect(verdicts([...start, doubtful, me(T0 + 25 * HOUR, {}, { account: 'x' })], 30)[0]).toBe(
      'complete',
    );
    const tabless = me(T0 + 2 * HOUR, { tab: 'r:7' });
    const history = [firstLogin(T0, two), firstLogin(T0 + 60_000), tabless];
    expect(judge(history, 30)[1]).toMatchObject({ verdict: 'complete', doubt: 'other-tab' });
    expect(judge([...history, me(T0 + 25 * HOUR)], 30)[1]).toMatchObject({
      verdict: 'complete',
      doubt: 'other-tab',
    });
    const mode = [
      observe({ type: 'app', clientId: APP, linkMode: 'auto' }, T0 + 3 * HOUR, {
        source: 'tester',
      }),
    ];
    expect(judge([...history, me(T0 + 3 * HOUR), mode], 30)[1]).toMatchObject({
      verdict: 'complete',
      doubt: null,
    });
  });
});

describe('clock set back', () => {
  const seen = [firstLogin(T0), exchange(T0 + 4000)];
  const early = T0 - 3 * HOUR;

  test('pause or lost access after the login: still a gap', () => {
    const pause = observe({ type: 'pause', paused: true }, early, { source: 'tester' });
    expect(verdicts([...seen, [pause]], 30)).toEqual(['unseen']);
    const lost = observe({ type: 'watch', watched: false }, early);
    expect(verdicts([...seen, [lost]], 30)).toEqual(['unseen']);
  });

  test('restart after the login: still a doubt', () =>
    expect(judge([...seen, [observe({ type: 'start' }, early)]], 30)[0]?.doubt).toBe('restart'));
});

describe('login whose app becomes known by its token exchange', () => {
  test('login of an unknown app: it moves to the app that the exchange names', () => {
    const post = (at: number, more = {}) =>
      observe(authorize({ clientId: null, method: 'POST', fromKakao: true }), at, {
        site: null,
        ...more,
      });
    const named = token(200, { clientId: APP, grant: 'authorization_code' });
    const loginState = replay([post(T0), observe(named, T0 + 1000)]);
    expect([...loginState.logins.values()].map((l) => l.clientId)).toEqual([APP]);
    expect(loginState.apps.has(APP)).toBe(true);
  });
});
