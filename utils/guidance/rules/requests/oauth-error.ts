import { DOCS } from '../../../kakao/docs-links.ts';
import { koeError } from '../../../kakao/koe-errors.ts';
import { createLoginContext, type LoginContext } from '../../login-context.ts';
import { explainError } from '../../rule-parts/error-explanation.ts';
import { hostedServiceOf } from '../../rule-parts/hosted-callback.ts';
import type { AppRule } from '../../rule.ts';
import { step } from '../../text.ts';
import { codeUsedTwice } from '../exchange/code-used-twice.ts';
import { exchangeFailed } from '../exchange/exchange-failed.ts';

/** Codes that other rules report. */
const CODES_OF_OTHER_RULES = ['KOE202', 'KOE322'];

/** An item of `scope` is not set up in the app. See docs/kakao-rules.md#koe-errors. */
const ITEM_NOT_SET_UP = 'KOE205';

/**
 * Fires once for each KOE code on Kakao's error page or in the answer to a token request. A code that a login's own
 * finding reports already is left out. See docs/kakao-rules.md#koe-errors.
 */
export const oauthError: AppRule = {
  id: 'oauth-error',
  applies: 'app',
  severity: 'error',
  docs: DOCS.errors,
  fix: [step('look_up_code')],
  check({ authorizeRequests, tokenRequests, logins, ruleContext }) {
    const loginsById = new Map(logins.map((l) => [l.id, l]));
    const isReportedByLogin = (t: (typeof tokenRequests)[number]) => {
      const login = t.error && t.loginId ? loginsById.get(t.loginId) : undefined;
      return !!login && isExchangeEvidence(t.id, createLoginContext(ruleContext, login));
    };
    const failed = [
      ...authorizeRequests,
      ...tokenRequests.filter((t) => !isReportedByLogin(t)),
    ].filter((o) => o.error?.startsWith('KOE') && !CODES_OF_OTHER_RULES.includes(o.error));
    return [...Map.groupBy(failed, (o) => o.error ?? '')].map(([code, found]) => {
      const known = koeError(code);
      const evidence = found.map((o) => o.id);
      if (!known) return { subject: code, evidence, args: [code] };
      const { meaning, remedy } = explainError(known);
      const isSupabase = found.some((o) => hostedServiceOf(o.redirectUri) === 'supabase');
      const isFixedScope = isSupabase && code === ITEM_NOT_SET_UP;
      return {
        subject: code,
        evidence,
        args: [code],
        detail: meaning,
        fix: isFixedScope ? [remedy, step('supabase_email')] : [remedy],
        place: known.place,
      };
    });
  },
};

/** Tells whether a rule about a login's exchange fires with the given observation as evidence. */
function isExchangeEvidence(observationId: string, context: LoginContext): boolean {
  return [exchangeFailed, codeUsedTwice].some(
    (rule) =>
      rule.verdicts.includes(context.verdict.verdict) &&
      rule.check(context)?.evidence.includes(observationId),
  );
}
