import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linkMode } from '../../../utils/model/app.ts';
import type { Login } from '../../../utils/model/login.ts';
import type { Observation } from '../../../utils/model/observation.ts';
import { replay } from '../../../utils/verdict/reduce.ts';
import type { LoginState } from '../../../utils/verdict/state/login-state.ts';
import { observe, T0, token } from '../fixtures.ts';
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

const RUNS = { numRuns: 400 };
const SITE = 'https://elsewhere.test';
const APP = 'other-app';

/**
 * A call elsewhere. User ids differ from app to app; and it was seen live and in no frame, as one in a file, which may not show
 * its login, or out of a frame that was not seen may be of any app.
 */
function elsewhere({ source, where, ...s }: Step): Step {
  const fact = s.fact.type === 'api' ? { ...s.fact, inFrame: false } : s.fact;
  const place = { ...where, site: SITE };
  const live: Step = {
    ...s,
    fact,
    where: place,
    ...(source && source !== 'har' ? { source } : {}),
  };
  return s.fact.type === 'api' && s.fact.account
    ? { ...live, fact: { ...s.fact, inFrame: false, account: `other-${s.fact.account}` } }
    : live;
}

/** A history without calls whose site nothing tells but a frame, which may be of the outsider's app where it was not seen. */
const placedHistory = () =>
  history().map((h) => h.filter((o) => !(o.type === 'api' && o.inFrame && o.site === null)));

/** Steps on another site, with another app, in a tab of their own. */
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

/**
 * A login without the fields that only number logins and sessions. A call of a login that was not seen may be of any app, but
 * says no less of each.
 */
const withoutNumbers = ({
  ordinal: _o,
  kakaoSession: _s,
  screenOrdinal: _c,
  unseenBefore: _u,
  evidence,
  ...rest
}: Login) => ({
  ...rest,
  evidence: evidence.map(({ before: _b, ...e }) => ({ ...e, of: e.of.filter(isOfHistory) })),
});
const isOfHistory = (id: string) => !id.startsWith('outside');
/** The own facts of a login that no other login may change. */
const ownFacts = (l: Login) => {
  const {
    kind,
    kindBecause,
    certainty,
    accountId,
    creditedListedCall,
    creditedSignupCall,
    cut,
    linkSurvived,
    openDoubts,
    possibleCalls,
    ...rest
  } = withoutNumbers(l);
  void [
    kind,
    kindBecause,
    certainty,
    accountId,
    creditedListedCall,
    creditedSignupCall,
    cut,
    linkSurvived,
    openDoubts,
    possibleCalls,
  ];
  // A popup may have found the link that a login by another key made.
  const own = rest.evidence
    .filter(({ id }) => isOfHistory(id))
    .map((e) => ({ ...e, of: e.of.filter(isOfHistory) }));
  return { ...rest, evidence: own, hasListedCall: !!l.listedCall, hasSignupCall: !!l.signupCall };
};

/** Whether as much is known of the logins' accounts. A call that may now be of another login says less of its own. */
const asMuchKnown = (before: LoginState, after: LoginState) =>
  [...before.logins.values()].every((l) => {
    const now = after.logins.get(l.id);
    return (['userHash', 'connectedAt', 'notSignedUp'] as const).every((k) => now?.[k] === l[k]);
  });

/** Lets the tester say of the history's apps that they link automatically and of the outsider's that it does not. */
function knownApart(h: readonly Observation[]): Observation[] {
  const named = h.flatMap((o) => ('clientId' in o && o.clientId ? o.clientId : []));
  const clientIds = new Set([...replay(h).apps.keys(), ...named]);
  const modes = [...clientIds].map((clientId) => [clientId, 'auto'] as const);
  const said = [...modes, [APP, 'manual'] as const].map(([clientId, mode]) =>
    observe({ type: 'app', clientId, linkMode: mode }, h[0]?.at ?? T0, {
      source: 'tester',
      site: null,
      tab: null,
    }),
  );
  return [...said, ...h];
}

/** Whether the tester has not said otherwise since, and the outsider's app is named: an unnamed one may be any app. */
const areApart = ({ apps, logins }: LoginState) =>
  [...apps.values()].every((a) => linkMode(a) === (a.clientId === APP ? 'manual' : 'auto')) &&
  [...logins.values()].every((l) => l.clientId !== 'unknown' || !l.id.startsWith('outside'));

/** Whether all was recorded: after a pause, a call of no known login may be of any. */
const isWhole = ({ tracking }: LoginState) => tracking.unseenBefore === 0;

describe('observation of an app that is surely another one, on another site', () => {
  test('other cookie store: the login stays exactly as it is', () =>
    fc.assert(
      fc.property(placedHistory().map(knownApart), outsider('container-9'), (h, out) => {
        const before = replay(h);
        const after = replay(among(h, out));
        fc.pre(areApart(after) && isWhole(after));
        for (const l of before.logins.values()) {
          expect(withoutNumbers(after.logins.get(l.id) as Login)).toEqual(withoutNumbers(l));
          for (const at of INSTANTS)
            expect(verdictIn(after, after.logins.get(l.id) as Login, at)).toEqual(
              verdictIn(before, l, at),
            );
        }
        for (const app of before.apps.values()) expect(after.apps.get(app.clientId)).toEqual(app);
      }),
      RUNS,
    ));

  /** Whether the Kakao account may have changed: by a login form, a prompt for one, or a flow seen from its middle. */
  const mayChangeAccount = (out: { steps: Step[] }) =>
    out.steps.some(
      ({ fact }) =>
        fact.type === 'authorize' &&
        (fact.outcome === 'login-form' ||
          fact.prompt.includes('login') ||
          fact.params.includes('through_account') ||
          fact.fromKakao),
    );

  test('same cookie store, same Kakao session: the login stays exactly as it is', () =>
    fc.assert(
      fc.property(placedHistory().map(knownApart), outsider('default'), (h, out) => {
        fc.pre(!mayChangeAccount(out));
        const before = replay(h);
        const after = replay(among(h, out));
        fc.pre(areApart(after) && isWhole(after));
        for (const l of before.logins.values())
          expect(withoutNumbers(after.logins.get(l.id) as Login)).toEqual(withoutNumbers(l));
      }),
      RUNS,
    ));
});

describe('observation of a key that may be of the same app, on another site', () => {
  test('possible change of account: the login’s own facts stay as they are', () =>
    fc.assert(
      fc.property(placedHistory(), outsider('default'), (h, out) => {
        const before = replay(h);
        const after = replay(among(h, out));
        fc.pre(asMuchKnown(before, after));
        for (const l of before.logins.values())
          expect(ownFacts(after.logins.get(l.id) as Login)).toEqual(ownFacts(l));
      }),
      RUNS,
    ));

  test('possible change of account: accounts are only less sure to be the same', () =>
    fc.assert(
      fc.property(placedHistory(), outsider('default'), (h, out) => {
        const before = replay(h);
        const after = replay(among(h, out));
        fc.pre(asMuchKnown(before, after));
        for (const l of before.logins.values()) {
          const now = after.logins.get(l.id) as Login;
          for (const at of INSTANTS) {
            const [was, is] = [verdictIn(before, l, at), verdictIn(after, now, at)];
            // A login can become complete only as the single open first login that a call may be of, and in doubt.
            const wasDecided = ['complete', 'unlinked', 'not-applicable'].includes(was.verdict);
            if (is.verdict === 'complete' && !wasDecided) {
              expect(is.doubt).not.toBeNull();
              // An unknown link mode would be a doubt about the mode, not about whose call it is.
              expect(is.doubt).not.toBe('link-mode-unknown');
            }
            // A repeat may become the first login of an account that is not known to be linked.
            if (was.verdict === 'not-applicable' && is.verdict !== was.verdict)
              expect(['consent-with-scope', 'not-signed-up']).toContain(now.kindBecause);
            // A miss still needs visible requests, and a login never loses a completion of its own.
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
