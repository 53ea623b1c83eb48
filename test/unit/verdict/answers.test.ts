import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Call } from '../../../utils/model/login.ts';
import type { AnswerFact, ApiFact, Observation } from '../../../utils/model/observation.ts';
import { reduce, replay } from '../../../utils/verdict/reduce.ts';
import { joinAnswers } from '../../../utils/verdict/state/join-answers.ts';
import { createLoginState } from '../../../utils/verdict/state/login-state.ts';
import {
  api,
  APP,
  authorize,
  exchange,
  firstLogin,
  HOUR,
  observe,
  SITE,
  T0,
  token,
} from '../fixtures.ts';
import { judge, verdicts } from './judge-history.ts';
import { apiStep, history, reduceThroughStore } from './random-histories.ts';

/** When the call of these histories was sent: a minute after the login. */
const SENT = T0 + 60_000;

/** A call as traffic shows it: nothing is known of its body. */
const bare = (path: string, status = 200, fact: Partial<ApiFact> = {}) =>
  observe(api(path, status, { sentAt: SENT, ...fact }), SENT + 80);

/** What the tools told of the answer to such a call. */
function answer(
  path: string,
  status = 200,
  fact: Partial<AnswerFact> = {},
  more: Parameters<typeof observe>[2] = {},
): Observation {
  const { inFrame: _inFrame, ...call } = api(path, status);
  const known = { of: 'api', error: null, sentAt: SENT + 3, ...fact } as const;
  return observe({ ...call, ...known, type: 'answer' }, SENT + 90, { site: null, ...more });
}

const login = firstLogin(T0);
const issued = exchange(T0 + 10_000);
const whole = { wholeBody: true, connectedAt: T0 + 3000, account: 'alice' };

describe('answer told by the developer tools', () => {
  test('the whole body of a call: the login is surely complete on auto link, by one call', () => {
    const steps = [login, issued, bare('/v2/user/me'), answer('/v2/user/me', 200, whole)];
    expect(judge(steps.slice(0, -1), 1)).toMatchObject([
      { verdict: 'complete', doubt: 'link-mode-unknown' },
    ]);
    const [judged] = judge(steps, 1);
    expect(judged).toMatchObject({ verdict: 'complete', certainty: 'certain', linkMode: 'auto' });
    expect(judged?.login).toMatchObject({ userHash: 'alice', connectedAt: T0 + 3000 });
    expect(judged?.login.calls).toMatchObject([{ path: '/v2/user/me', times: 1 }]);
  });

  test('before its call was seen: it waits, and says the same', () => {
    const steps = [login, issued, answer('/v2/user/me', 200, whole), bare('/v2/user/me')];
    expect(judge(steps.slice(0, -1), 1)).toMatchObject([
      { verdict: 'pending', linkMode: 'unknown' },
    ]);
    expect(judge(steps, 1)).toMatchObject([{ verdict: 'complete', certainty: 'certain' }]);
  });

  test('without a call that traffic shows: nothing is made up', () => {
    const steps = [login, issued, answer('/v2/user/me', 200, whole)];
    const [judged] = judge(steps, 30);
    expect(judged).toMatchObject({ verdict: 'missed', linkMode: 'unknown' });
    expect(judged?.login.calls).toEqual([]);
  });

  test.each([
    ['another tab', {}, { tab: 'r:2' }],
    ['another status', { status: 401 }, {}],
    ['another path', { path: '/v1/api/talk/friends' }, {}],
    ['another method', { method: 'POST' }, {}],
    ['sent ten seconds later', { sentAt: SENT + 10_000 }, {}],
  ])('of %s: it is not of this call', (_what, fact, more) => {
    const told = answer('/v2/user/me', 200, { ...whole, ...fact }, more);
    const [judged] = judge([login, issued, bare('/v2/user/me'), told], 1);
    expect(judged).toMatchObject({ verdict: 'complete', linkMode: 'unknown' });
    expect(judged?.login.connectedAt).toBeNull();
  });

  test('refused sign-up of what may be a popup’s login: it does not surely complete the one before', () => {
    const popup = authorize({ outcome: 'screen', redirectUri: 'kakaojs', params: ['proxy'] });
    const mode = observe({ type: 'app', clientId: APP, linkMode: 'manual' }, T0);
    const steps = [
      mode,
      login,
      issued,
      observe(popup, SENT - 5000, { tab: 'r:8', opener: 'r:1' }),
      bare('/v1/user/signup', 400, { method: 'POST' }),
      answer('/v1/user/signup', 400, { method: 'POST', code: -102 }),
    ];
    expect(judge(steps, 1)).toMatchObject([{ verdict: 'complete', certainty: 'likely' }]);
  });

  test('connected_at a day after the login: the call is as doubtful as known from the start', () => {
    const later = { wholeBody: true, connectedAt: T0 + 24 * HOUR };
    const steps = [login, issued, bare('/v2/user/me'), answer('/v2/user/me', 200, later)];
    expect(judge(steps, 1)[0]?.login.listedCall).toMatchObject({ doubt: 'account-unknown' });
  });

  test('told twice: the call counts once', () => {
    const told = () => answer('/v2/user/me', 200, whole);
    const [judged] = judge([login, issued, bare('/v2/user/me'), told(), told()], 1);
    expect(judged?.login.calls).toMatchObject([{ times: 1 }]);
    expect(judged?.login.evidence).toHaveLength(1);
  });

  test('connected_at older than the login: extra consent is a repeat, not a first login', () => {
    const scoped = firstLogin(T0, { fact: { params: ['scope'] } });
    const old = { ...whole, connectedAt: T0 - 50 * HOUR };
    const steps = [scoped, issued, bare('/v2/user/me')];
    expect(judge([...steps, answer('/v2/user/me', 200, whole)], 1)[0]?.login).toMatchObject({
      kind: 'first',
      kindBecause: 'connected-now',
      certainty: 'certain',
    });
    expect(judge([...steps, answer('/v2/user/me', 200, old)], 1)[0]?.login).toMatchObject({
      kind: 'repeat',
      kindBecause: 'connected-before',
    });
  });

  test('has_signed_up: the app has manual link, and the call alone completes nothing', () => {
    const told = answer('/v2/user/me', 200, { wholeBody: true, hasSignedUp: false });
    expect(judge([login, issued, bare('/v2/user/me'), told], 30)).toMatchObject([
      { verdict: 'missed', because: 'me-is-not-enough', linkMode: 'manual', certainty: 'certain' },
    ]);
  });

  test('error code of a sign-up call: refused, or registered already', () => {
    const signup = bare('/v1/user/signup', 400, { method: 'POST' });
    const refused = answer('/v1/user/signup', 400, { method: 'POST', code: -2 });
    const already = answer('/v1/user/signup', 400, { method: 'POST', code: -102 });
    const manual = observe({ type: 'app', clientId: 'js-key-0001', linkMode: 'manual' }, T0);
    const steps = [manual, login, issued, signup];
    expect(judge(steps, 30)).toMatchObject([{ verdict: 'missed', doubt: 'signup-answer-unknown' }]);
    const [judged] = judge([...steps, refused], 30);
    expect(judged).toMatchObject({ verdict: 'missed', certainty: 'certain' });
    expect(judged?.login.calls).toMatchObject([{ status: 400, code: -2, times: 1 }]);
    expect(verdicts([...steps, already], 30)).toEqual(['complete']);
  });

  test('of another account than the login’s: the call completes nothing', () => {
    const own = observe(api('/v2/user/me', 403, { account: null }), T0 + 20_000);
    const known = [login, observe(token(200, { account: 'alice' }), T0 + 10_000), own];
    const steps = [...known, bare('/v2/user/me')];
    expect(verdicts(steps, 1)).toEqual(['complete']);
    const told = answer('/v2/user/me', 200, { ...whole, account: 'bob' });
    const [judged] = judge([...steps, told], 1);
    expect(judged).toMatchObject({ verdict: 'pending' });
    expect(judged?.login).toMatchObject({ userHash: 'alice', listedCall: null });
    expect(judged?.login.calls).toMatchObject([{ status: 403 }]);
  });

  test('answered from a cache, as only the tools say: the call completes nothing', () => {
    const told = answer('/v2/user/me', 200, { ...whole, cached: true });
    expect(verdicts([login, issued, bare('/v2/user/me'), told], 1)).toEqual(['pending']);
  });

  test('of a token request: it names the account and the error', () => {
    const sent = { sentAt: T0 + 9000 };
    const asked = observe(token(200, sent), T0 + 10_000);
    const told = { method: 'POST', of: 'token', ...sent } as const;
    const named = answer('/oauth/token', 200, { ...told, account: 'alice' });
    expect(judge([login, asked, named], 1)[0]?.login.userHash).toBe('alice');
    expect(judge([login, named, asked], 1)[0]?.login.userHash).toBe('alice');
    const failed = observe(token(400, sent), T0 + 10_000);
    const refused = answer('/oauth/token', 400, { ...told, error: 'KOE320' });
    const joined = joinAnswers([...login, failed, refused]);
    expect(joined.at(-1)).toMatchObject({ type: 'token', error: 'KOE320' });
    expect(joined).toHaveLength(4);
  });
});

/** A token request, and what the tools told of it. */
const ASKED = observe(token(200, { sentAt: T0 + 4900 }), T0 + 5000);
const toldOf = (asked: Observation, fact: Partial<AnswerFact>): Observation => ({
  ...answer('/oauth/token', 200, { method: 'POST', of: 'token', sentAt: asked.at - 97, ...fact }),
  tab: asked.tab,
  at: asked.at + 10,
});
const askedAt = (at: number) => ({ ...ASKED, id: `token-at-${at}`, at, sentAt: at - 100 });

const mode = observe({ type: 'app', clientId: APP, linkMode: 'auto' }, T0 - 1000);
const POPUP = { tab: 'r:9', opener: 'r:1' };
const poll = (at: number) => observe({ type: 'poll', clientId: APP, watched: true }, at);
const popupPage = (at: number) =>
  observe(authorize({ outcome: 'screen', redirectUri: 'JS-SDK', params: ['is_popup'] }), at, POPUP);
const popupForm = (at: number) => {
  const form = { clientId: null, redirectUri: null, method: 'POST', params: [], fromKakao: true };
  return observe(authorize({ ...form, outcome: 'screen' }), at, { ...POPUP, site: null });
};
/** A login an hour after another one, in a popup whose page keeps the code that it polls for. */
const keptCode = (at = T0 + HOUR) => [
  mode,
  ...login,
  askedAt(T0 + 5000),
  poll(at),
  popupPage(at + 10),
  popupForm(at + 3000),
  poll(at + 4000),
];
const codeKept = observe(
  { type: 'arrival', redirectUri: `${SITE}/cb`, outcome: 'code', error: null, codeKept: true },
  T0 + 3200,
);
/** A popup of SDK v1 that hands its token, or a refusal, over by message. */
const popupOfSdkV1 = [
  observe(authorize({ outcome: 'screen', redirectUri: 'kakaojs', params: ['proxy'] }), T0, POPUP),
  { ...popupForm(T0 + 3000), redirectUri: 'kakaojs' },
];

describe('what a token request was for, told by the developer tools', () => {
  const said = (steps: readonly Observation[], hours: number) =>
    judge(
      [...steps].map((o) => [o]),
      hours,
    ).map(
      ({ login: l, verdict, certainty }) => `${l.kind} ${l.certainty}: ${verdict} ${certainty}`,
    );

  test.each([
    {
      name: 'page that kept its popup’s code after an earlier login: the exchange, so a first login',
      steps: keptCode(),
      asked: askedAt(T0 + HOUR + 4300),
      untold: 'unknown likely: missed likely',
      told: { authorization_code: 'first certain: missed certain' },
    },
    {
      name: 'request two minutes after the code: the exchange, so a miss is certain',
      steps: [mode, ...login],
      asked: askedAt(T0 + 120_000),
      untold: 'first certain: missed likely',
      told: {
        authorization_code: 'first certain: missed certain',
        refresh_token: 'first certain: missed likely',
      },
    },
    {
      name: 'request right after the code: a refresh, so the server may have the login’s own token',
      steps: [mode, ...login],
      asked: ASKED,
      untold: 'first certain: missed certain',
      told: { refresh_token: 'first certain: missed likely' },
    },
    {
      name: 'request of a page whose server kept the code: the exchange, so a miss is certain',
      steps: [mode, ...login, codeKept],
      asked: ASKED,
      untold: 'first certain: missed likely',
      told: { authorization_code: 'first certain: missed certain' },
    },
    {
      name: 'request 50 hours after the login: a refresh, so something unseen completed it',
      steps: [mode, ...login, askedAt(T0 + 5000)],
      asked: askedAt(T0 + 50 * HOUR),
      untold: 'first certain: missed certain',
      told: { refresh_token: 'first certain: missed likely' },
    },
  ])('$name', ({ steps, asked, untold, told }) => {
    const before = said([...steps, asked], 60);
    expect(before.at(-1)).toBe(untold);
    for (const [grant, expected] of Object.entries(told)) {
      const known = { grant: grant as 'authorization_code' | 'refresh_token' };
      const answered = toldOf(asked, known);
      expect(said([...steps, { ...asked, ...known }], 60).at(-1)).toBe(expected);
      expect(said([...steps, asked, answered], 60).at(-1)).toBe(expected);
      expect(said([...steps, answered, asked], 60).at(-1)).toBe(expected);
    }
  });

  test('old answer that does not say: as doubtful as before', () => {
    const asked = askedAt(T0 + HOUR + 4300);
    expect(said([...keptCode(), asked, toldOf(asked, {})], 60).at(-1)).toBe(
      'unknown likely: missed likely',
    );
  });

  test('refresh while a popup’s screen is shown: no sure login, until the code is exchanged', () => {
    const at = T0 + HOUR;
    const shown = [mode, poll(at), popupPage(at + 10), poll(at + 1000)];
    const refresh = askedAt(at + 1500);
    const refreshed = [...shown, refresh, toldOf(refresh, { grant: 'refresh_token' })];
    expect(said(refreshed, 60)).toEqual(['unknown likely: missed likely']);
    const exchanged = askedAt(at + 6000);
    const agreed = [...refreshed, popupForm(at + 5000), exchanged];
    const known = [...agreed, toldOf(exchanged, { grant: 'authorization_code' })];
    expect(said(known, 60)).toEqual(['unknown likely: missed likely']);
  });

  test('refresh after a popup of SDK v1: the login has no token of its own, and calls may carry an older one', () => {
    const asked = askedAt(T0 + 6000);
    const known = { grant: 'refresh_token' } as const;
    for (const shown of [[asked, toldOf(asked, known)], [{ ...asked, ...known }]])
      expect(judge([popupOfSdkV1, shown], 1)[0]?.login).toMatchObject({
        tokenAt: null,
        tokenUnsure: true,
      });
  });

  test('refresh of a tab whose latest login waits for its token: names no account of that login', () => {
    const second = firstLogin(T0 + HOUR);
    const steps = [mode, ...login, askedAt(T0 + 5000), ...second];
    const asked = askedAt(T0 + HOUR + 5000);
    const known = { grant: 'refresh_token', account: 'alice' } as const;
    const told = toldOf(asked, known);
    for (const shown of [[asked, told], [told, asked], [{ ...asked, ...known }]])
      expect(judge([steps, shown], 2)[1]?.login.userHash).toBeNull();
  });
});

describe('random histories with answers', () => {
  /** Splits what a call's body says from the call. `isFirst` says whether the i-th answer comes before its call. */
  const split = (h: readonly Observation[], isFirst: (i: number) => boolean): Observation[] =>
    h.flatMap((o, i) => {
      if (o.type !== 'api' || o.source !== 'browser' || o.tab === null || o.method === 'OPTIONS')
        return [o];
      const { inFrame: _inFrame, ...told } = o;
      const sentAt = o.at;
      const call: Observation = {
        ...o,
        ...api(o.path, o.status, { method: o.method, cached: o.cached, inFrame: o.inFrame }),
        sentAt,
      };
      const more = { id: `${o.id}-answer`, of: 'api', error: null, sentAt } as const;
      const both: Observation[] = [call, { ...told, ...more, type: 'answer' }];
      return isFirst(i) ? both.toReversed() : both;
    });
  /** The same of a token request. */
  const splitToken = (o: Observation): Observation[] => {
    if (o.type !== 'token' || o.source !== 'browser' || o.tab === null || o.grant === null)
      return [o];
    const { status, grant, account, at: sentAt } = o;
    const untold = { ...o, sentAt, grant: null, account: null };
    return [
      untold,
      { ...toldOf(untold, { status, grant, account, sentAt }), id: `${o.id}-answer` },
    ];
  };
  /** Calls with the instant at which they were sent, as the split ones have. */
  const sent = (h: readonly Observation[]) =>
    h.map((o) => (o.type === 'api' && o.source === 'browser' ? { ...o, sentAt: o.at } : o));

  /** A sign-up that succeeded shows the app's link mode at once, whosever its answer then says it was. */
  const calls = apiStep.filter(
    ({ fact }) =>
      !(fact.type === 'api' && fact.path === '/v1/user/signup' && fact.account !== null),
  );
  /** Equal calls are told as one; its instants stay where the first or the last of them was another login's. */
  const withoutInstants = ({ at: _at, lastAt: _lastAt, ...call }: Call) => JSON.stringify(call);
  const judged = (h: readonly Observation[]) => {
    const { logins, apps } = replay(h);
    const derived = [...logins.values()].map((l) => ({
      ...l,
      calls: l.calls.map(withoutInstants).toSorted(),
    }));
    return { logins: derived, apps: [...apps.values()] };
  };

  test.each([
    ['after its call', () => false],
    ['before its call', () => true],
  ])('answer right %s: the logins of a call whose body is known', (_when, isFirst) =>
    fc.assert(
      fc.property(history({ calls }), (h) => {
        expect(judged(split(h, isFirst))).toEqual(judged(sent(h)));
      }),
      { numRuns: 300 },
    ),
  );

  test('answer some observations later: one by one through the store equals replay', () =>
    fc.assert(
      fc.property(history(), fc.array(fc.nat(3), { minLength: 1 }), (h, delays) => {
        const delayed = split(h, () => false).flatMap(splitToken);
        for (const [i, o] of [...delayed].entries()) {
          if (o.type !== 'answer') continue;
          const from = delayed.indexOf(o);
          delayed.splice(from, 1);
          delayed.splice(from + (delays[i % delays.length] ?? 0), 0, o);
        }
        const atOnce = replay(delayed);
        const fromStore = reduceThroughStore(delayed);
        expect([...fromStore.logins.values()]).toEqual([...atOnce.logins.values()]);
        expect(new Map(fromStore.apps)).toEqual(new Map(atOnce.apps));
        expect(fromStore.tracking).toEqual(atOnce.tracking);
        const oneByOne = createLoginState();
        for (const o of delayed) reduce(oneByOne, o);
        expect([...oneByOne.logins.values()]).toEqual([...atOnce.logins.values()]);
      }),
      { numRuns: 200 },
    ));
});
