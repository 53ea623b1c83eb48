import type { Finding } from './rule.ts';

/** The worst finding about a login that is not silenced, of findings in order; null where there is none. */
export function worstOf(findings: readonly Finding[], login: string): Finding | null {
  return findings.find((f) => f.login === login && !f.silenced) ?? null;
}
