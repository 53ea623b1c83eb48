import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ruleMessage } from '../../../utils/guidance/text.ts';
import { translateIn } from '../../../utils/i18n/translate-in.ts';
import { runRules } from '../../../utils/guidance/run-rules.ts';
import { RULES } from '../../../utils/guidance/rules/index.ts';
import type { Finding } from '../../../utils/guidance/rule.ts';
import type { Verdict } from '../../../utils/model/verdict.ts';
import { contextOf } from './rule-cases.ts';
import { guidanceHistory, sessionsOf } from './random-histories.ts';
import { verdictIn } from '../verdict/judge-history.ts';
import { INSTANTS } from '../verdict/random-histories.ts';

const FOLDER = join(import.meta.dirname, '../../../utils/guidance/rules');
const NOT_RULES = ['index', 'refused-calls', 'leak-findings', 'first-steps', 'watched-since'];
const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((f) => f.endsWith('.ts'))
  .map((f) => basename(f, '.ts'))
  .filter((f) => !NOT_RULES.includes(f));
const languages = (['en', 'ko'] as const).map(translateIn);

describe('the register', () => {
  test('holds every file, once, under its own name', () => {
    expect(RULES.map((r) => r.id).sort()).toEqual(files.sort());
  });

  test('every rule has its strings in both languages, and somewhere to read', () => {
    for (const rule of RULES) {
      for (const t of languages) {
        expect(t(ruleMessage(rule.id, 'title', [])).length, rule.id).toBeGreaterThan(8);
        expect(t(ruleMessage(rule.id, 'detail', [])).length, rule.id).toBeGreaterThan(8);
        for (const message of rule.fix) expect(t(message).length, rule.id).toBeGreaterThan(8);
      }
      expect(rule.docs).toMatch(/^https:\/\//);
    }
  });

  test('every rule is tried with a case and a near miss', () => {
    const tests = ['login-rules', 'app-rules']
      .map((n) => readFileSync(join(import.meta.dirname, `${n}.test.ts`), 'utf8'))
      .join('');
    for (const id of files) expect(tests, id).toContain(`'${id}'`);
  });
});

/** What a card shows of a login in one line. */
const worstOf = (all: readonly Finding[], login: string) => all.find((f) => f.login === login);

/** What a rule asserts of a verdict: beside any other it would contradict it. Written apart from the rules themselves. */
const ASSERTS: Record<string, (v: Verdict) => boolean> = {
  'manual-me-alone': (v) => open(v) && v.linkMode === 'manual' && v.completedBy === null,
  'manual-no-signup': (v) => open(v) && v.linkMode === 'manual' && v.completedBy === null,
  'uncounted-only': (v) => open(v) && v.completedBy === null,
  'unconfirmed-only': (v) => open(v) && v.completedBy === null,
  'token-only': (v) => open(v) && v.completedBy === null,
  'window-passed': (v) => v.verdict === 'missed' && v.visibility !== 'none',
  'no-call-yet': (v) =>
    v.verdict === 'pending' && v.visibility !== 'none' && v.completedBy === null,
  'late-call': (v) => v.verdict === 'late' && v.completedBy !== null,
  'cut-by-kakao': (v) => v.verdict === 'unlinked' && v.because === 'callback',
  'library-no-profile': (v) => open(v) || v.verdict === 'unseen',
  'library-token-info': (v) => open(v),
  'library-oidc': (v) => open(v),
  'consent-again': (v) => v.verdict !== 'not-applicable',
  'server-silent': (v) => v.visibility === 'none' && v.visibilityBecause === 'server-side',
  'site-not-watched': (v) => v.visibility === 'none' && v.visibilityBecause === 'no-site-access',
  'watched-after-login': (v) => v.visibility === 'none' && v.visibilityBecause === 'no-site-access',
  'recording-paused': (v) => v.visibility === 'none' && v.visibilityBecause === 'paused',
  'signup-on-auto': (v) => v.linkMode !== 'manual',
};
/** These speak of a call that failed: an error only where it left the login incomplete. */
const REFUSALS = [
  'scope-missing',
  'feature-off',
  'no-permission',
  'api-ended',
  'not-linked',
  'token-refused',
  'call-refused',
  'forbidden-unknown',
  'call-failed',
];

const open = (v: Verdict) => v.verdict === 'pending' || v.verdict === 'missed';

/** Errors beside a login say that it is not complete. */
const SETTLED = ['complete', 'not-applicable', 'late'];

describe('over generated histories', () => {
  test('every rule has its chance to contradict', () => {
    const spoke = new Set<string>();
    fc.assert(
      fc.property(
        guidanceHistory(),
        fc.constantFrom(...INSTANTS),
        sessionsOf,
        (observations, now, sessions) => {
          for (const f of runRules({ ...contextOf(observations), ...sessions }, now))
            spoke.add(f.rule);
        },
      ),
      // The same histories each time: this is about what they are made of.
      { numRuns: 3000, seed: 1 },
    );
    expect(RULES.map((r) => r.id).filter((id) => !spoke.has(id))).toEqual([]);
  });

  const each = (check: (all: Finding[], verdict: (login: string) => Verdict) => void) =>
    fc.assert(
      fc.property(
        guidanceHistory(),
        fc.constantFrom(...INSTANTS),
        sessionsOf,
        (observations, now, sessions) => {
          const context = { ...contextOf(observations), ...sessions };
          const { loginState } = context;
          check(runRules(context, now), (id) => {
            const login = loginState.logins.get(id) ?? expect.unreachable();
            return verdictIn(loginState, login, now);
          });
          const ids = new Set(observations.map((o) => o.id));
          for (const f of runRules(context, now)) {
            expect(f.evidence.length, f.rule).toBeGreaterThan(0);
            for (const id of f.evidence) expect(ids.has(id), f.rule).toBe(true);
          }
        },
      ),
      { numRuns: 400 },
    );

  test('every finding rests on observations that exist, and none contradicts the verdict beside it', () => {
    each((all, verdict) => {
      for (const f of all) {
        if (f.rule === 'stopped-completing')
          for (const id of f.evidence) expect(SETTLED).not.toContain(verdict(id).verdict);
        if (!f.login) continue;
        const v = verdict(f.login);
        expect(ASSERTS[f.rule]?.(v) ?? true, `${f.rule} beside ${v.verdict}`).toBe(true);
        if (f.severity === 'error')
          expect(SETTLED, `${f.rule} beside ${v.verdict}`).not.toContain(v.verdict);
        if (f.severity === 'error' && REFUSALS.includes(f.rule))
          expect(v.verdict, f.rule).toBe('missed');
        // Under manual link no other call completes anything.
        const keys = f.fix.map(([key]) => key);
        if (v.linkMode === 'manual')
          expect(keys, f.rule).not.toContain('guidance.steps.call_user_me');
      }
    });
  });

  test('what is open and could be seen is explained; every finding can be told in both languages', () => {
    each((all, verdict) => {
      const logins = new Set(all.flatMap((f) => f.login ?? []));
      for (const id of logins) expect(worstOf(all, id)?.login).toBe(id);
      for (const f of all)
        for (const say of languages)
          for (const text of [f.title, f.detail, ...f.causes, ...f.fix])
            expect(say(text), f.rule).not.toMatch(/\$\d|undefined/);
      for (const f of all.filter((x) => x.login))
        expect(verdict(f.login ?? '').verdict).toBeDefined();
      const ids = all.map((f) => f.id);
      expect(new Set(ids).size, ids.join()).toBe(ids.length);
    });
  });

  test('what was pruned is not given as evidence', () => {
    fc.assert(
      fc.property(guidanceHistory(), fc.nat(10), (observations, kept) => {
        const context = contextOf(observations);
        const left = context.observations.slice(-kept);
        const ids = new Set(left.map((o) => o.id));
        for (const f of runRules({ ...context, observations: left }, INSTANTS.at(-1) ?? 0))
          for (const id of f.evidence) expect(ids, f.rule).toContain(id);
      }),
      { numRuns: 200 },
    );
  });

  test('a login that is missed always has a finding that says so', () => {
    fc.assert(
      fc.property(guidanceHistory(), (observations) => {
        const context = contextOf(observations);
        const now = INSTANTS.at(-1) ?? 0;
        const all = runRules(context, now);
        for (const login of context.loginState.logins.values()) {
          const { verdict } = verdictIn(context.loginState, login, now);
          if (verdict === 'missed') expect(worstOf(all, login.id)?.severity).toBe('error');
        }
      }),
      { numRuns: 300 },
    );
  });
});
