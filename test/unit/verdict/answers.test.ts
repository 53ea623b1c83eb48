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
        const delayed = split(h, () => false);
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
