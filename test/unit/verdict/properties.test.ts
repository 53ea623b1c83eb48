import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Observation } from '../../../utils/model/observation.ts';
import type { Verdict } from '../../../utils/model/verdict.ts';
import { ObservationSchema } from '../../../utils/report/schema/observation-schema.ts';
import {
  isCompletingListedCall,
  isCompletingSignup,
} from '../../../utils/verdict/attribute/evaluate-call.ts';
import { needsWord } from '../../../utils/verdict/decide/needs-word.ts';
import { summarizeLogins } from '../../../utils/verdict/decide/summarize-logins.ts';
import { ChangedLogins } from '../../../utils/verdict/derive/changed-logins.ts';
import { deriveLogins } from '../../../utils/verdict/derive/derive-logins.ts';
import { readsLogins } from '../../../utils/verdict/reads-logins.ts';
import { reduce, replay } from '../../../utils/verdict/reduce.ts';
import { createLoginState, type LoginState } from '../../../utils/verdict/state/login-state.ts';
import { verdictIn } from './judge-history.ts';
import { reduceThroughStore, history, INSTANTS } from './random-histories.ts';

const RUNS = { numRuns: 400 };

const plain = (loginState: LoginState) => ({
  logins: [...loginState.logins.values()],
  apps: [...loginState.apps.values()],
  tracking: loginState.tracking,
});

/** Facts that are tried elsewhere (`answers.test.ts`), or that the judgement does not read. */
const NOT_HERE = ['answer', 'leak', 'step'];

test('random histories: every type of fact that is judged is in them', () => {
  const all = ObservationSchema.options.map((option) => option.entries.type.literal as string);
  const tried = new Set(fc.sample(history(), 400).flatMap((h) => h.map((o) => o.type as string)));
  expect(all.filter((type) => !tried.has(type) && !NOT_HERE.includes(type))).toEqual([]);
});

describe('reduce and replay', () => {
  test('reduce, storing only what each change names, equals replay', () =>
    fc.assert(
      fc.property(history(), (h) => {
        const atOnce = replay(h);
        const fromStore = reduceThroughStore(h);
        expect([...fromStore.logins.values()]).toEqual([...atOnce.logins.values()]);
        expect(new Map(fromStore.apps)).toEqual(new Map(atOnce.apps));
        expect(fromStore.tracking).toEqual(atOnce.tracking);
      }),
      RUNS,
    ));

  test('replay leaves its observations unchanged', () =>
    fc.assert(
      fc.property(history(), (h) => {
        const before = JSON.stringify(h);
        replay(h);
        expect(JSON.stringify(h)).toBe(before);
      }),
      { numRuns: 100 },
    ));

  test('deriving once more changes nothing', () =>
    fc.assert(
      fc.property(history(), (h) => {
        const loginState = replay(h);
        const before = JSON.stringify(plain(loginState));
        const changed = new ChangedLogins();
        deriveLogins(loginState, new Set(loginState.logins.values()), new Set(), changed);
        expect(changed.ids()).toEqual([]);
        expect(JSON.stringify(plain(loginState))).toBe(before);
      }),
      RUNS,
    ));
});

test('deriving restores every derived field from own facts alone', () =>
  fc.assert(
    fc.property(history(), (h) => {
      const loginState = replay(h);
      const before = JSON.stringify(plain(loginState));
      const call = { at: 1, source: 'har', method: 'GET', path: '/', status: 200 } as const;
      const junk = { ...call, doubt: null } as const;
      for (const l of loginState.logins.values())
        Object.assign(l, {
          kind: 'repeat',
          kindBecause: 'no-consent',
          certainty: 'likely',
          accountId: 'junk',
          creditedListedCall: junk,
          creditedSignupCall: junk,
          cut: { at: 1, because: 'callback' },
          linkSurvived: { at: 1, by: 'junk' },
        });
      deriveLogins(loginState, new Set(loginState.logins.values()));
      expect(JSON.stringify(plain(loginState))).toBe(before);
    }),
    RUNS,
  ));

describe('verdicts', () => {
  test('verdict over time: changes only from pending to missed or unseen, or grows sure', () =>
    fc.assert(
      fc.property(history(), fc.array(fc.integer({ min: -50, max: 250 })), (h, hours) => {
        const loginState = replay(h);
        const start = INSTANTS[1] ?? 0;
        const instants = [...INSTANTS, ...hours.map((x) => start + x * 3_599_000)].sort(
          (a, b) => a - b,
        );
        for (const l of loginState.logins.values()) {
          const verdicts = instants.map((at) => verdictIn(loginState, l, at));
          verdicts.slice(1).forEach((now, i) => {
            const before = verdicts[i] as Verdict;
            if (now.verdict === before.verdict) {
              // Two days after the login Kakao's job has run, so its callback about a miss is sure; a miss is, once the
              // window has ended by every way of counting.
              const { certainty, doubt } = now;
              const growsSure = now.because === 'callback' || before.doubt === 'window-end-unsure';
              const isSureByNow = growsSure && certainty === 'certain';
              expect(now).toEqual(isSureByNow ? { ...before, certainty, doubt } : before);
            } else if (before.verdict === 'unlinked') {
              // A clock may be set back to before a likely cut. Once the window has ended, what is certain of it holds.
              expect(l.cut?.at).toBeGreaterThan(instants[i] ?? Infinity);
              expect(now).toMatchObject({ verdict: 'missed', certainty: 'certain' });
            } else {
              expect(before.verdict).toBe('pending');
              expect(['missed', 'unseen']).toContain(now.verdict);
            }
          });
        }
      }),
      RUNS,
    ));

  const evidence = (h: readonly Observation[]) =>
    h.some((o) => o.type === 'api' && (isCompletingListedCall(o) || isCompletingSignup(o)));

  test('complete and late: by a qualifying call, the tester or a surviving link', () =>
    fc.assert(
      fc.property(history(), (h) => {
        const loginState = replay(h);
        for (const l of loginState.logins.values())
          for (const at of INSTANTS) {
            const v = verdictIn(loginState, l, at);
            if (v.verdict !== 'complete' && v.verdict !== 'late') continue;
            if (v.because === 'listed-call' || v.because === 'signup-call') {
              const c = v.completedBy;
              const origin = h.find((o) => o.type === 'api' && o.at === c?.at && o.path === c.path);
              expect(origin).toBeDefined();
              if (origin?.type !== 'api') throw new Error('no call');
              const signup = v.because === 'signup-call';
              expect(signup ? isCompletingSignup(origin) : isCompletingListedCall(origin)).toBe(
                true,
              );
              expect(v.linkMode === 'manual').toBe(signup);
            } else if (v.because === 'signed-up') {
              const told = h.some((o) => o.type === 'api' && o.hasSignedUp === true);
              expect([told, v.linkMode]).toEqual([true, 'manual']);
            } else if (v.because === 'tester') {
              expect(h.findLast((o) => o.type === 'mark' && o.login === l.id)).toMatchObject({
                mark: 'complete',
              });
            } else {
              const by = loginState.logins.get(l.linkSurvived?.by ?? '');
              expect(v.because).toBe('link-survived');
              expect(by?.consent).toBe('none');
              if (v.certainty === 'certain') expect(by?.accountId).toBe(l.accountId);
              else expect(v.doubt).toBe('survival-unsure');
              expect((by?.loggedInAt ?? 0) - l.loggedInAt).toBeGreaterThanOrEqual(48 * 3_600_000);
            }
          }
      }),
      RUNS,
    ));

  test('missed: only with a request seen in the browser or reported by a server', () =>
    fc.assert(
      fc.property(history(), (h) => {
        const loginState = replay(h);
        for (const l of loginState.logins.values())
          for (const at of INSTANTS)
            if (verdictIn(loginState, l, at).verdict === 'missed') {
              expect(l.seenInBrowser || l.reportedByServer).toBe(true);
              expect(h.some((o) => o.type === 'token' || o.type === 'api')).toBe(true);
            }
      }),
      RUNS,
    ));

  test('manual link: never completed by a listed call', () =>
    fc.assert(
      fc.property(history(), (h) => {
        const loginState = replay(h);
        for (const l of loginState.logins.values()) {
          const v = verdictIn(loginState, l, 0);
          if (v.linkMode === 'manual' && v.because === 'signup-call')
            expect(v.completedBy).toMatchObject({ method: 'POST', path: '/v1/user/signup' });
          if (v.linkMode === 'manual') expect(v.because).not.toBe('listed-call');
        }
      }),
      RUNS,
    ));

  test('history without calls: nothing is late, complete only by a surviving link', () =>
    fc.assert(
      fc.property(history(), (h) => {
        const bare = h.filter((o) => !(o.type === 'api' || o.type === 'mark'));
        expect(evidence(bare)).toBe(false);
        const loginState = replay(bare);
        for (const l of loginState.logins.values()) {
          const v = verdictIn(loginState, l, INSTANTS[3] ?? 0);
          if (v.verdict === 'complete') expect(v.because).toBe('link-survived');
          expect(v.verdict).not.toBe('late');
        }
      }),
      RUNS,
    ));
});

describe('calls that do not count', () => {
  /** Says nothing but that a call was made and did not count. */
  const isIdle = (o: Observation) =>
    o.type === 'api' &&
    !isCompletingListedCall(o) &&
    !isCompletingSignup(o) &&
    o.path !== '/v1/user/unlink' &&
    o.account === null &&
    o.hasSignedUp === null &&
    o.connectedAt === null &&
    !o.wholeBody;

  test('calls that do not count: dropping them never makes a login complete', () =>
    fc.assert(
      fc.property(history(), fc.infiniteStream(fc.boolean()), (h, drop) => {
        const less = h.filter((o) => !isIdle(o) || !drop.next().value);
        const all = replay(h);
        const some = replay(less);
        for (const l of some.logins.values()) {
          const full = all.logins.get(l.id);
          if (!full) continue;
          for (const at of INSTANTS)
            if (['complete', 'late'].includes(verdictIn(some, l, at).verdict))
              expect(verdictIn(all, full, at).verdict).toBe(verdictIn(some, l, at).verdict);
        }
      }),
      RUNS,
    ));
});

test('an observation that reads no logins: the same where none are loaded, and none changes', () =>
  fc.assert(
    fc.property(history(), (h) => {
      const whole = createLoginState();
      for (const o of h) {
        const without = structuredClone({ ...whole, logins: new Map() });
        const before = JSON.stringify([...whole.logins.values()]);
        const change = reduce(whole, structuredClone(o));
        if (readsLogins(o)) continue;
        expect(reduce(without, structuredClone(o))).toEqual(change);
        expect(without).toEqual({ ...whole, logins: new Map() });
        expect(change.logins).toEqual(new Set());
        expect(JSON.stringify([...whole.logins.values()])).toBe(before);
      }
    }),
    RUNS,
  ));

describe('summary of logins', () => {
  test('counts: they equal verdicts, and what waits for a link mode, counted one by one', () =>
    fc.assert(
      fc.property(history(), fc.constantFrom(...INSTANTS), (h, now) => {
        const loginState = replay(h);
        const counted = { pending: 0, missed: 0, unseen: 0, late: 0, unanswered: 0 };
        for (const login of loginState.logins.values()) {
          const verdict = verdictIn(loginState, login, now);
          const standing = needsWord({ login, verdict }) ? 'unanswered' : verdict.verdict;
          if (standing in counted) counted[standing as keyof typeof counted] += 1;
        }
        expect(summarizeLogins(loginState, now).count).toEqual(counted);
      }),
      RUNS,
    ));

  test('asked on the way, at later instants and earlier ones: as if asked for the first time', () =>
    fc.assert(
      fc.property(history(), fc.array(fc.nat(INSTANTS.length - 1)), (h, asked) => {
        const loginState = createLoginState();
        for (const [i, o] of h.entries()) {
          reduce(loginState, structuredClone(o));
          const now = INSTANTS[asked[i] ?? -1] ?? o.at;
          // A copy of the logins has never been asked about.
          const anew = { ...loginState, logins: new Map(loginState.logins) };
          expect(summarizeLogins(loginState, now)).toEqual(summarizeLogins(anew, now));
          const [oldest] = loginState.logins.keys();
          if (i % 7 === 6 && oldest) loginState.logins.delete(oldest);
        }
      }),
      { numRuns: 200 },
    ));

  test('nextAt: the next instant at which a verdict or an alert changes', () =>
    fc.assert(
      fc.property(history(), fc.constantFrom(...INSTANTS), (h, now) => {
        const loginState = replay(h);
        // By a clock that was set back to before a likely cut, the window's end changes a verdict that nobody waits for.
        fc.pre([...loginState.logins.values()].every(({ cut }) => !cut?.likely || cut.at <= now));
        const at = (t: number) => {
          const o = summarizeLogins(loginState, t);
          const verdicts = [...loginState.logins.values()].map(
            (l) => verdictIn(loginState, l, t).verdict,
          );
          return {
            verdicts: verdicts.join(),
            alerts: new Set(o.alerts.map((a) => a.id + a.reason)),
          };
        };
        const { nextAt } = summarizeLogins(loginState, now);
        const start = at(now);
        const isChanged = (t: number) => {
          const then = at(t);
          return then.verdicts !== start.verdicts || !then.alerts.isSubsetOf(start.alerts);
        };
        if (nextAt === null) {
          for (const t of INSTANTS) if (t > now) expect(isChanged(t)).toBe(false);
          return;
        }
        expect(nextAt).toBeGreaterThan(now);
        expect(isChanged(nextAt)).toBe(true);
        for (const share of [0, 0.3, 0.9])
          expect(isChanged(Math.floor(now + (nextAt - 1 - now) * share))).toBe(false);
        expect(isChanged(nextAt - 1)).toBe(false);
      }),
      RUNS,
    ));
});
