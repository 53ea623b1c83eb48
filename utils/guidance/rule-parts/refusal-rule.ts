import { DOCS } from '../../kakao/docs-links.ts';
import type { LoginCall, LoginContext } from '../login-context.ts';
import { FIRST_LOGIN_VERDICTS, type LoginRule, type RuleResult } from '../rule.ts';
import { step, type Text } from '../text.ts';
import { callNames, evidenceIds, refusedCalls } from './calls.ts';
import { stepsForLinkMode } from './link-mode-steps.ts';
import { refusalSeverity } from './severity.ts';

interface RefusalRule {
  id: string;
  /** The page to read about it; Kakao's table of API errors where left out. */
  docs?: string;
  fix: readonly Text[];
  place?: LoginRule['place'];
  /** Tells whether Kakao refused a call for this rule's reason. */
  matches(call: LoginCall): boolean;
  /** Returns what this rule adds to the result, or replaces in it. */
  details?(calls: readonly LoginCall[], context: LoginContext): Partial<RuleResult>;
}

/** Creates a rule that fires when Kakao refused calls of a login, which could have completed it, for one reason. */
export function createRefusalRule(rule: RefusalRule): LoginRule {
  const { id, docs = DOCS.apiErrors, fix, place, matches, details } = rule;
  return {
    id,
    applies: 'login',
    severity: 'error',
    verdicts: FIRST_LOGIN_VERDICTS,
    docs,
    fix,
    ...(place ? { place } : {}),
    check(context) {
      const calls = refusedCalls(context).filter(matches);
      if (calls.length === 0) return null;
      return {
        evidence: evidenceIds(calls),
        args: [callNames(calls)],
        severity: refusalSeverity(context, calls),
        fix: stepsFor(context, fix),
        ...details?.(calls, context),
      };
    },
  };
}

const [CALL_USER_ME] = step('call_user_me');

/** The steps of a fix; a login that is complete needs no other call. */
function stepsFor({ linkMode, verdict }: LoginContext, fix: readonly Text[]): readonly Text[] {
  if (verdict.verdict === 'complete') return fix.filter(([key]) => key !== CALL_USER_ME);
  return stepsForLinkMode(linkMode, fix);
}
