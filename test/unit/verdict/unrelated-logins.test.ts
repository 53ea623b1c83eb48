import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { replay } from '../../../utils/verdict/reduce.ts';
import type { LoginState } from '../../../utils/verdict/login-state.ts';
import type { Login } from '../../../utils/model/login.ts';
import type { Observation } from '../../../utils/model/observation.ts';
import { verdictIn } from './judge-history.ts';
import {
  apiStep,
  FLOW_NAMES,
  flowSteps,
  history,
  INSTANTS,
  situate,
  type Step,
} from './random-histories.ts';
import { token } from '../fixtures.ts';

// Many runs each, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const RUNS = { numRuns: 400 };
const SITE = 'https://elsewhere.test';
const APP = 'other-app';

/** User ids differ from app to app. */
const elsewhere = (s: Step): Step =>
  s.fact.type === 'api' && s.fact.account
    ? { ...s, fact: { ...s.fact, account: `other-${s.fact.account}` } }
    : s;

/** Things that happen on another site, with another app, in tabs of its own. */
const outsider = (cookieStore: string) =>
  fc
    .tuple(
      fc.oneof<fc.Arbitrary<Step[]>[]>(
        fc.constantFrom(...FLOW_NAMES).map((name) => flowSteps(name)),
        apiStep.map((s) => [elsewhere(s)]),
        fc.constantFrom('authorization_code' as const, 'refresh_token' as const).map((grant) => [
          {
            after: 1,
            source: 'har' as const,
            fact: token(200, { grant, clientId: APP, account: 'zoe' }),
          },
        ]),
        fc.constant([
          { after: 1, fact: { type: 'watch' as const, watched: false }, where: { tab: null } },
        ]),
        fc.constant([
          {
            after: 1,
            source: 'tester' as const,
            fact: { type: 'app' as const, clientId: APP, linkMode: 'manual' as const },
            where: { tab: null },
          },
        ]),
      ),
      fc.array(fc.nat(60), { minLength: 5, maxLength: 5 }),
    )
    .map(([steps, places]) => ({ steps, places, cookieStore }));

/** Puts the outsider's steps, in their order, between the observations of a history. */
function among(
  h: readonly Observation[],
  { steps, places, cookieStore }: { steps: Step[]; places: number[]; cookieStore: string },
): Observation[] {
  const all = [...h];
  const at = steps.map((_, i) => (places[i] ?? 0) % (h.length + 1)).sort((a, b) => a - b);
  steps.forEach((s, i) => {
    const index = (at[i] ?? 0) + i;
    all.splice(index, 0, {
      ...situate(s.fact, APP, SITE),
      id: `outside${i}`,
      at: all[index]?.at ?? all.at(-1)?.at ?? 0,
      source: s.source ?? 'browser',
      site: SITE,
      tab: 'r:99',
      opener: null,
      ...s.where,
      cookieStore,
    } as Observation);
  });
  return all;
}

/** What a login says of itself, without the names that only tell logins apart. */
const own = ({ ordinal: _o, kakaoSession: _s, ...rest }: Login) => rest;
const facts = (l: Login) => {
  const {
    kind,
    kindBecause,
    certainty,
    accountId,
    creditedListedCall,
    creditedSignupCall,
    cut,
    linkSurvived,
    ambiguous,
    possibleCalls,
    ...rest
  } = own(l);
  void [
    kind,
    kindBecause,
    certainty,
    accountId,
    creditedListedCall,
    creditedSignupCall,
    cut,
    linkSurvived,
    ambiguous,
    possibleCalls,
  ];
  return { ...rest, ownListed: !!l.listedCall, ownSignup: !!l.signupCall };
};

/** Whether as much is known of the logins' accounts: a call that may now be another login's tells less of its own. */
const asMuchKnown = (before: LoginState, after: LoginState) =>
  [...before.logins.values()].every((l) => {
    const now = after.logins.get(l.id);
    return (['userHash', 'connectedAt', 'notSignedUp'] as const).every((k) => now?.[k] === l[k]);
  });

describe('an observation outside a login’s app and site', () => {
  test('changes nothing of it in another cookie store', () =>
    fc.assert(
      fc.property(history(), outsider('container-9'), (h, out) => {
        const before = replay(h);
        const after = replay(among(h, out));
        for (const l of before.logins.values()) {
          expect(own(after.logins.get(l.id) as Login)).toEqual(own(l));
          for (const at of INSTANTS)
            expect(verdictIn(after, after.logins.get(l.id) as Login, at)).toEqual(
              verdictIn(before, l, at),
            );
        }
        for (const app of before.apps.values()) expect(after.apps.get(app.clientId)).toEqual(app);
      }),
      RUNS,
    ));

  /** The account of the store's Kakao session may have changed: a form, a prompt for one, or a flow seen from its middle. */
  const mayChangeAccount = (out: { steps: Step[] }) =>
    out.steps.some(
      ({ fact }) =>
        fact.type === 'authorize' &&
        (fact.outcome === 'login-form' ||
          fact.prompt.includes('login') ||
          fact.params.includes('through_account') ||
          fact.fromKakao),
    );

  test('changes nothing of it in the same cookie store, if it leaves the Kakao session alone', () =>
    fc.assert(
      fc.property(history(), outsider('default'), (h, out) => {
        fc.pre(!mayChangeAccount(out));
        const before = replay(h);
        const after = replay(among(h, out));
        for (const l of before.logins.values())
          expect(own(after.logins.get(l.id) as Login)).toEqual(own(l));
      }),
      RUNS,
    ));

  test('that may change the Kakao account leaves a login’s own facts as they are', () =>
    fc.assert(
      fc.property(history(), outsider('default'), (h, out) => {
        const before = replay(h);
        const after = replay(among(h, out));
        fc.pre(asMuchKnown(before, after));
        for (const l of before.logins.values())
          expect(facts(after.logins.get(l.id) as Login)).toEqual(facts(l));
      }),
      RUNS,
    ));

  test('that may change the Kakao account only makes same accounts less sure', () =>
    fc.assert(
      fc.property(history(), outsider('default'), (h, out) => {
        const before = replay(h);
        const after = replay(among(h, out));
        fc.pre(asMuchKnown(before, after));
        for (const l of before.logins.values()) {
          const now = after.logins.get(l.id) as Login;
          for (const at of INSTANTS) {
            const [was, is] = [verdictIn(before, l, at), verdictIn(after, now, at)];
            // No completion out of nothing: at most the doubtful one of the only open first login.
            const settled = ['complete', 'unlinked', 'not-applicable'].includes(was.verdict);
            if (is.verdict === 'complete' && !settled) {
              expect(is.doubt).not.toBeNull();
              // That doubt is about the mode, not about whose call it is.
              expect(is.doubt).not.toBe('link-mode-unknown');
            }
            // What was a repeat may now be the first login of an account that is not known to be linked.
            if (was.verdict === 'not-applicable' && is.verdict !== was.verdict)
              expect(['consent-with-scope', 'not-signed-up']).toContain(now.kindBecause);
            // A miss needs what it always needs, and a completion of its own is never lost.
            if (is.verdict === 'missed')
              expect(now.seenInBrowser || now.reportedByServer).toBe(true);
            if (is.verdict === 'missed' && was.verdict === 'complete')
              expect(was.linkMode === 'manual' ? now.signupCall : now.listedCall).toBeNull();
          }
        }
      }),
      RUNS,
    ));
});
