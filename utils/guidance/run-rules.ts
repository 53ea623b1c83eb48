import type { AttributedObservation } from '../model/observation.ts';
import { remembering } from '../model/remembering.ts';
import { createAppContexts } from './app-context.ts';
import { createLoginContext } from './login-context.ts';
import { createRuleContext, type GuidanceInput, type RuleContext } from './rule-context.ts';
import type { Finding, Rule, RuleResult, Severity } from './rule.ts';
import { RULES } from './rules/index.ts';
import { ruleMessage, step } from './text.ts';

const SEVERITY_ORDER: Record<Severity, number> = { error: 0, warning: 1, info: 2 };
/** A finding keeps this many ids of evidence, the latest ones; more would say nothing new. */
const MAX_EVIDENCE = 20;
/** So many of them, the latest, are shown to people. */
const MAX_OBSERVED = 3;

/** A result with the rule that returned it and the login or app it is about. */
interface FiredRule {
  rule: Rule;
  result: RuleResult;
  login: string | null;
  clientId: string | null;
}

/**
 * Checks the rules at an instant (epoch ms) and returns the findings, worst first, and among equals the more specific
 * first. `kinds` limits which kinds of rules are checked. Silenced findings are included and marked. Pure: the same
 * input and instant give the same findings.
 */
export function runRules(
  input: GuidanceInput,
  now: number,
  kinds: readonly Rule['applies'][] = ['login', 'app', 'session'],
): Finding[] {
  const context = createRuleContext(input, now);
  const allFired = fireRules(context, kinds);
  const named = observationsNamed(allFired, context.input);
  const findings = allFired.flatMap((fired) => {
    const ids = new Set(fired.result.evidence);
    const evidence = [...ids].flatMap((id) => named.get(id) ?? []);
    return isOfSession(fired, evidence, input) ? [toFinding(fired, evidence, context)] : [];
  });
  return findings.sort((a, b) => SEVERITY_ORDER[a.severity] - SEVERITY_ORDER[b.severity]);
}

/** The observations that fired rules rest on, by their ids; those that are not known are left out. */
function observationsNamed(
  fired: readonly FiredRule[],
  { observations }: GuidanceInput,
): Map<string, AttributedObservation> {
  const named = new Set<string>();
  for (const { result } of fired) for (const id of result.evidence) named.add(id);
  const found = new Map<string, AttributedObservation>();
  for (const o of observations) if (named.has(o.id)) found.set(o.id, o);
  return found;
}

/** Checks each rule of the given kinds in the order of the register. */
function fireRules(context: RuleContext, kinds: readonly Rule['applies'][]): FiredRule[] {
  const ofLogins = kinds.includes('login') ? fireLoginRules(context) : null;
  const apps = kinds.includes('app') ? createAppContexts(context) : [];
  const fired: FiredRule[] = [];
  for (const rule of RULES) {
    if (!kinds.includes(rule.applies)) continue;
    switch (rule.applies) {
      case 'login':
        for (const one of ofLogins?.get(rule) ?? []) fired.push(one);
        break;
      case 'app':
        for (const app of apps)
          for (const result of rule.check(app))
            fired.push({ rule, result, login: null, clientId: app.clientId });
        break;
      case 'session':
        for (const result of rule.check(context))
          fired.push({ rule, result, login: null, clientId: null });
    }
  }
  return fired;
}

const LOGIN_RULES = RULES.filter((rule) => rule.applies === 'login');

/** Checks the rules about logins, login by login: each is cut out of the whole once, and let go. */
function fireLoginRules(context: RuleContext): ReadonlyMap<Rule, readonly FiredRule[]> {
  const fired = new Map<Rule, FiredRule[]>(LOGIN_RULES.map((rule) => [rule, []]));
  const rulesOf = remembering((verdict) =>
    LOGIN_RULES.filter(({ verdicts }) => verdicts.some((one) => one === verdict)),
  );
  for (const login of context.logins) {
    const loginContext = createLoginContext(context, login);
    for (const rule of rulesOf(loginContext.verdict.verdict)) {
      const found = rule.check(loginContext);
      if (!found) continue;
      const result = loginContext.isOfFile ? withoutMark(rule, found) : found;
      fired.get(rule)?.push({ rule, result, login: login.id, clientId: login.clientId });
    }
  }
  return fired;
}

const [MARK] = step('mark_complete');

/** A result without the advice to mark the login. */
function withoutMark(rule: Rule, result: RuleResult): RuleResult {
  return { ...result, fix: (result.fix ?? rule.fix).filter(([key]) => key !== MARK) };
}

/**
 * Tells whether a finding belongs to the session. One about a login does, since the past of a login is part of it. One
 * about an app or the session must rest on something that the session itself observed.
 */
function isOfSession(
  { login }: FiredRule,
  evidence: readonly AttributedObservation[],
  { session }: GuidanceInput,
): boolean {
  if (login !== null) return true;
  const startedAt = session?.startedAt ?? -Infinity;
  return evidence.some(({ at }) => at >= startedAt);
}

function toFinding(
  { rule, result, login, clientId }: FiredRule,
  evidence: readonly AttributedObservation[],
  context: RuleContext,
): Finding {
  const silencedRules = clientId === null ? [] : (context.appOf(clientId).silenced ?? []);
  const args = result.args ?? [];
  return {
    id: [rule.id, login ?? clientId ?? 'session', result.subject].filter(Boolean).join(':'),
    rule: rule.id,
    severity: result.severity ?? rule.severity,
    login,
    clientId,
    title: ruleMessage(rule.id, 'title', args),
    detail: result.detail ?? ruleMessage(rule.id, 'detail', args),
    causes: result.causes ?? [],
    fix: result.fix ?? rule.fix,
    place: result.place ?? rule.place ?? null,
    docs: result.docs ?? rule.docs,
    evidence: evidence.slice(-MAX_EVIDENCE).map(({ id }) => id),
    observed: evidence.toSorted((a, b) => a.at - b.at).slice(-MAX_OBSERVED),
    silenced: silencedRules.includes(rule.id),
  };
}
