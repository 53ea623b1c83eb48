import {
  createAppContexts,
  createLoginContext,
  createRuleContext,
  type GuidanceInput,
  type RuleContext,
} from './context.ts';
import type { Finding, Rule, RuleResult, Severity } from './rule.ts';
import { RULES } from './rules/index.ts';
import { ruleMessage } from './text.ts';

const SEVERITY_ORDER: Record<Severity, number> = { error: 0, warning: 1, info: 2 };
/** A finding keeps this many ids of evidence, the latest ones; more would say nothing new. */
const MAX_EVIDENCE = 20;

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
  const observedAt = new Map(input.observations.map((o) => [o.id, o.at]));
  const findings = fireRules(context, kinds).flatMap((fired) => {
    const evidence = [...new Set(fired.result.evidence)].filter((id) => observedAt.has(id));
    return isOfSession(fired, evidence, observedAt, input)
      ? [toFinding(fired, evidence, context)]
      : [];
  });
  return findings.sort((a, b) => SEVERITY_ORDER[a.severity] - SEVERITY_ORDER[b.severity]);
}

/** Checks each rule of the given kinds in the order of the register. */
function fireRules(context: RuleContext, kinds: readonly Rule['applies'][]): FiredRule[] {
  const logins = kinds.includes('login')
    ? context.logins.map((login) => createLoginContext(context, login))
    : [];
  const apps = kinds.includes('app') ? createAppContexts(context) : [];
  return RULES.filter((rule) => kinds.includes(rule.applies)).flatMap((rule): FiredRule[] => {
    switch (rule.applies) {
      case 'login':
        return logins.flatMap((loginContext) => {
          const { login, verdict } = loginContext;
          if (!rule.verdicts.includes(verdict.verdict)) return [];
          const result = rule.check(loginContext);
          return result ? [{ rule, result, login: login.id, clientId: login.clientId }] : [];
        });
      case 'app':
        return apps.flatMap((app) =>
          rule.check(app).map((result) => ({ rule, result, login: null, clientId: app.clientId })),
        );
      case 'session':
        return rule.check(context).map((result) => ({ rule, result, login: null, clientId: null }));
    }
  });
}

/**
 * Tells whether a finding belongs to the session. One about a login does, since the past of a login is part of it. One
 * about an app or the session must rest on something that the session itself observed.
 */
function isOfSession(
  { login }: FiredRule,
  evidence: readonly string[],
  observedAt: ReadonlyMap<string, number>,
  { session }: GuidanceInput,
): boolean {
  if (login !== null) return true;
  const startedAt = session?.startedAt ?? -Infinity;
  return evidence.some((id) => (observedAt.get(id) ?? startedAt) >= startedAt);
}

function toFinding(
  { rule, result, login, clientId }: FiredRule,
  evidence: readonly string[],
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
    evidence: evidence.slice(-MAX_EVIDENCE),
    silenced: silencedRules.includes(rule.id),
  };
}
