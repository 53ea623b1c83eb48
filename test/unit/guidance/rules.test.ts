import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../utils/guidance/rule.ts';
import { RULES } from '../../../utils/guidance/rules/index.ts';
import { runRules } from '../../../utils/guidance/run-rules.ts';
import { ruleMessage } from '../../../utils/guidance/text.ts';
import { translateIn } from '../../../utils/i18n/translate-in.ts';
import type { Verdict } from '../../../utils/model/verdict.ts';
import { verdictIn } from '../verdict/judge-history.ts';
import { INSTANTS } from '../verdict/random-histories.ts';
import { guidanceHistory, sessionsOf } from './guidance-histories.ts';
import { guidanceInputOf } from './rule-cases.ts';

const FOLDER = join(import.meta.dirname, '../../../utils/guidance/rules');
const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((f) => f.endsWith('.ts'))
  .map((f) => basename(f, '.ts'))
  .filter((f) => f !== 'index');
const languages = (['en', 'ko'] as const).map(translateIn);

describe('register of rules', () => {
  test('holds every rule file once, under its own name', () => {
    expect(RULES.map((r) => r.id).sort()).toEqual(files.sort());
  });

  test('each rule has strings in both languages and a page to read', () => {
    for (const rule of RULES) {
      for (const t of languages) {
        expect(t(ruleMessage(rule.id, 'title', [])).length, rule.id).toBeGreaterThan(8);
        expect(t(ruleMessage(rule.id, 'detail', [])).length, rule.id).toBeGreaterThan(8);
        for (const message of rule.fix) expect(t(message).length, rule.id).toBeGreaterThan(8);
      }
      expect(rule.docs).toMatch(/^https:\/\//);
    }
  });

  test('each rule is tested with a case and a near miss', () => {
    const tests = ['login-rules', 'app-rules']
      .map((n) => readFileSync(join(import.meta.dirname, `${n}.test.ts`), 'utf8'))
      .join('');
    expect(files.filter((id) => !tests.includes(`'${id}'`))).toEqual([]);
  });
});

/** The finding that a card shows of a login. */
const worstOf = (all: readonly Finding[], login: string) => all.find((f) => f.login === login);

/** What each rule implies of the verdict beside it, written independently of the rules. */
const IMPLIED_VERDICT: Record<string, (v: Verdict) => boolean> = {
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
/** Rules about refused calls: they are errors only where the refusal left the login incomplete. */
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

/** No error may stand beside a login with one of these verdicts. */
const SETTLED = ['complete', 'not-applicable', 'late'];

describe('findings of random histories', () => {
  test('random histories make every rule fire', () => {
    const silent = new Set(RULES.map((r) => r.id));
    const cases = fc.tuple(guidanceHistory(), fc.constantFrom(...INSTANTS), sessionsOf);
    // The seeds are fixed, because this checks the generator and not the rules.
    for (let seed = 1; seed <= 6 && silent.size > 0; seed++)
      for (const [observations, now, sessions] of fc.sample(cases, { seed, numRuns: 500 }))
        for (const f of runRules({ ...guidanceInputOf(observations), ...sessions }, now))
          silent.delete(f.rule);
    expect([...silent]).toEqual([]);
  });

  const forEachHistory = (check: (all: Finding[], verdict: (login: string) => Verdict) => void) =>
    fc.assert(
      fc.property(
        guidanceHistory(),
        fc.constantFrom(...INSTANTS),
        sessionsOf,
        (observations, now, sessions) => {
          const context = { ...guidanceInputOf(observations), ...sessions };
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

  test('findings rest on known observations and agree with the verdict', () => {
    forEachHistory((all, verdict) => {
      for (const f of all) {
        if (f.rule === 'stopped-completing')
          for (const id of f.evidence) expect(SETTLED).not.toContain(verdict(id).verdict);
        if (!f.login) continue;
        const v = verdict(f.login);
        expect(IMPLIED_VERDICT[f.rule]?.(v) ?? true, `${f.rule} beside ${v.verdict}`).toBe(true);
        if (f.severity === 'error')
          expect(SETTLED, `${f.rule} beside ${v.verdict}`).not.toContain(v.verdict);
        if (f.severity === 'error' && REFUSALS.includes(f.rule))
          expect([v.verdict, v.certainty], f.rule).toEqual(['missed', 'certain']);
        // Under manual link only the sign-up call completes a login.
        const keys = f.fix.map(([key]) => key);
        if (v.linkMode === 'manual')
          expect(keys, f.rule).not.toContain('guidance.steps.call_user_me');
      }
    });
  });

  test('findings have unique ids and full texts in both languages', () => {
    forEachHistory((all, verdict) => {
      const logins = new Set(all.flatMap((f) => f.login ?? []));
      for (const id of logins) expect(worstOf(all, id)?.login).toBe(id);
      for (const f of all)
        for (const t of languages)
          for (const text of [f.title, f.detail, ...f.causes, ...f.fix])
            expect(t(text), f.rule).not.toMatch(/\$\d|undefined/);
      for (const f of all.filter((x) => x.login))
        expect(verdict(f.login ?? '').verdict).toBeDefined();
      const ids = all.map((f) => f.id);
      expect(new Set(ids).size, ids.join()).toBe(ids.length);
    });
  });

  test('pruned observations are never given as evidence', () => {
    fc.assert(
      fc.property(guidanceHistory(), fc.nat(10), (observations, kept) => {
        const context = guidanceInputOf(observations);
        const left = context.observations.slice(-kept);
        const ids = new Set(left.map((o) => o.id));
        for (const f of runRules({ ...context, observations: left }, INSTANTS.at(-1) ?? 0))
          for (const id of f.evidence) expect(ids, f.rule).toContain(id);
      }),
      { numRuns: 200 },
    );
  });

  test('the worst finding of a missed login is an error if that is certain, else a warning', () => {
    fc.assert(
      fc.property(guidanceHistory(), (observations) => {
        const context = guidanceInputOf(observations);
        const now = INSTANTS.at(-1) ?? 0;
        const all = runRules(context, now);
        for (const login of context.loginState.logins.values()) {
          const { verdict, certainty } = verdictIn(context.loginState, login, now);
          if (verdict !== 'missed') continue;
          const own = all.filter((f) => f.login === login.id && f.rule !== 'exchange-failed');
          expect(worstOf(own, login.id)?.severity).toBe(
            certainty === 'certain' ? 'error' : 'warning',
          );
        }
      }),
      { numRuns: 300 },
    );
  });
});
