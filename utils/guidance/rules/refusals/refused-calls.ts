import { apiError } from '../../../kakao/api-errors.ts';
import { DOCS } from '../../../kakao/docs-links.ts';
import { POLICY } from '../../../kakao/policy.ts';
import { isCompletingListedCall, isCompletingSignup } from '../../../verdict/evaluate-call.ts';
import type { Verdict } from '../../../model/verdict.ts';
import type { LinkMode } from '../../../model/observation.ts';
import type { RuleResult, LoginRule, Severity } from '../../rule.ts';
import { FIRST_LOGIN_VERDICTS } from '../../rule.ts';
import type { LoginContext, LoginCall } from '../../context.ts';
import { codeMessage, step, type Text } from '../../text.ts';

/** Ids of everything that shows some calls. */
export const evidenceIds = (calls: readonly LoginCall[]): string[] => calls.flatMap((c) => c.ids);

/** The calls by name, each once, for a sentence. */
export function callNames(calls: readonly LoginCall[]): string {
  return [...new Set(calls.map((c) => `\`${c.method} ${c.path}\``))].join(', ');
}

/** Whether no call of the login completes anything under any link mode. */
export function nothingCompletes(scene: LoginContext): boolean {
  const { login } = scene;
  return (
    !login.creditedListedCall && !login.creditedSignupCall && !login.listedCall && !login.signupCall
  );
}

/** Calls that could have completed the sign-up and were answered, but not so that they do. */
export function refusedCalls(scene: LoginContext): LoginCall[] {
  const { qualifying, signup } = POLICY;
  return scene.calls.filter(
    (c) =>
      (c.path === signup.path ? c.method === signup.method : qualifying.includes(c.path)) &&
      c.status >= 400 &&
      !isCompletingListedCall(c) &&
      !isCompletingSignup(c),
  );
}

/** What stands in the way of completing weighs more than what went wrong besides. */
export function completionSeverity(verdict: Verdict, worst: Severity = 'error'): Severity {
  if (verdict.verdict === 'missed') return worst;
  return verdict.verdict === 'pending' ? 'warning' : 'info';
}

interface Refusal {
  id: string;
  docs?: string;
  fix: readonly Text[];
  place?: LoginRule['place'];
  /** Whether the rule is about a call. */
  about(call: LoginCall): boolean;
  more?(calls: readonly LoginCall[], scene: LoginContext): Partial<RuleResult>;
}

/** Steps as they hold under a link mode: under manual link only the sign-up call completes a login. */
export function stepsUnder(mode: LinkMode, fix: readonly Text[]): readonly Text[] {
  if (mode !== 'manual') return fix;
  const [other] = step('call_user_me');
  return fix.map((one) => (one[0] === other ? step('call_signup') : one));
}

/** How much a refused call weighs: no more than a note where it could not have completed this login anyway. */
export function refusalSeverity(
  { mode, verdict }: LoginContext,
  calls: readonly LoginCall[],
): Severity {
  const signup = calls.some((c) => c.path === POLICY.signup.path);
  return mode === 'manual' && !signup ? 'info' : completionSeverity(verdict);
}

/** A rule about listed calls that Kakao refused for one reason. */
export function createRefusalRule({ id, docs, fix, place, about, more }: Refusal): LoginRule {
  return {
    id,
    applies: 'login',
    severity: 'error',
    verdicts: FIRST_LOGIN_VERDICTS,
    docs: docs ?? DOCS.apiErrors,
    fix,
    ...(place ? { place } : {}),
    check(scene) {
      const calls = refusedCalls(scene).filter(about);
      if (calls.length === 0) return null;
      return {
        evidence: evidenceIds(calls),
        args: [callNames(calls)],
        severity: refusalSeverity(scene, calls),
        fix: stepsUnder(scene.mode, fix),
        ...more?.(calls, scene),
      };
    },
  };
}

/** Codes that have a rule of their own, and -102, which completes. */
export const CODES_WITH_RULE: readonly number[] = [-3, -5, -9, -101, -102, -401, -402];

/** What the table says of a code, as detail and step. */
export function describeCode(code: number): { detail: Text; fix: Text[] } | null {
  const known = apiError(code);
  return known
    ? { detail: codeMessage(known.words, 'meaning'), fix: [codeMessage(known.words, 'remedy')] }
    : null;
}
