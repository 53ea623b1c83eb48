import { RULES } from './rules/index.ts';
import type { Finding, RuleResult, Rule, Severity } from './rule.ts';
import {
  createAppContexts,
  createLoginContext,
  createRuleContext,
  type GuidanceInput,
} from './context.ts';
import { ruleMessage } from './text.ts';

const GRAVITY: Record<Severity, number> = { error: 0, warning: 1, info: 2 };
/** Ids beyond this are left out, oldest first: they say nothing new. */
const MOST_EVIDENCE = 20;

/**
 * Everything that guidance has to say at an instant (epoch ms), worst first; among equals the more specific first.
 * `about`: which kinds of rules are asked. Pure: the same context and instant give the same findings. Silenced ones are
 * among them, marked.
 */
export function runRules(
  context: GuidanceInput,
  now: number,
  about: readonly Rule['applies'][] = ['login', 'app', 'session'],
): Finding[] {
  const whole = createRuleContext(context, now);
  const known = new Map(context.observations.map((o) => [o.id, o.at]));
  const since = context.session?.startedAt ?? -Infinity;
  const findings: Finding[] = [];
  const add = (
    rule: Rule,
    fired: RuleResult | null,
    login: string | null,
    clientId: string | null,
  ) => {
    if (!fired) return;
    const evidence = [...new Set(fired.evidence)].filter((e) => known.has(e));
    // Beside a login its past belongs to it; of an app, what an earlier session saw is told there.
    if (!login && !evidence.some((e) => (known.get(e) ?? since) >= since)) return;
    const silenced = clientId !== null && !!whole.appOf(clientId).silenced?.includes(rule.id);
    const id = [rule.id, login ?? clientId ?? 'session', fired.about].filter(Boolean).join(':');
    const values = fired.args ?? [];
    findings.push({
      id,
      rule: rule.id,
      severity: fired.severity ?? rule.severity,
      login,
      clientId,
      title: ruleMessage(rule.id, 'title', values),
      detail: fired.detail ?? ruleMessage(rule.id, 'detail', values),
      causes: fired.causes ?? [],
      fix: fired.fix ?? rule.fix,
      place: fired.place ?? rule.place ?? null,
      docs: fired.docs ?? rule.docs,
      evidence: evidence.slice(-MOST_EVIDENCE),
      silenced,
    });
  };

  const scenes = about.includes('login')
    ? whole.logins.map((l) => createLoginContext(whole, l))
    : [];
  const apps = about.includes('app') ? createAppContexts(whole) : [];
  for (const rule of RULES.filter((r) => about.includes(r.applies))) {
    if (rule.applies === 'login')
      for (const scene of scenes) {
        if (!rule.verdicts.includes(scene.verdict.verdict)) continue;
        add(rule, rule.check(scene), scene.login.id, scene.login.clientId);
      }
    if (rule.applies === 'app')
      for (const scene of apps)
        for (const fired of rule.check(scene)) add(rule, fired, null, scene.clientId);
    if (rule.applies === 'session')
      for (const fired of rule.check(whole)) add(rule, fired, null, null);
  }
  return findings.sort((a, b) => GRAVITY[a.severity] - GRAVITY[b.severity]);
}
