import { DOCS } from '../../../kakao/docs-links.ts';
import type { Observation, TokenFact } from '../../../model/observation.ts';
import { SECOND_MS } from '../../../model/time.ts';
import { ALL_VERDICTS, type LoginRule } from '../../rule.ts';
import { step } from '../../text.ts';

/** A refusal without a known code this soon after the exchange may be a double submit. */
const DOUBLE_SUBMIT_MS = 10 * SECOND_MS;

const isRefused = (t: Observation<TokenFact>) =>
  t.error === null ? t.status === 400 : t.error === 'KOE320';

/**
 * Fires when one code was exchanged twice: one request succeeds, Kakao refuses the other with KOE320. See
 * docs/kakao-rules.md#koe-errors.
 */
export const codeUsedTwice: LoginRule = {
  id: 'code-used-twice',
  applies: 'login',
  severity: 'warning',
  verdicts: ALL_VERDICTS,
  docs: DOCS.errors,
  fix: [step('exchange_once'), step('clean_url')],
  check({ tokenRequests }) {
    const exchanges = tokenRequests.filter((t) => t.grant !== 'refresh_token');
    for (const refused of exchanges.filter(isRefused)) {
      const succeeded = exchanges.find(
        (t) => t.status === 200 && t.source === refused.source && mayShareCode(t, refused),
      );
      if (!succeeded) continue;
      const known = refused.error !== null;
      return {
        evidence: [succeeded.id, refused.id],
        detail: [`guidance.rules.code_used_twice.${known ? 'known' : 'detail'}`],
      };
    }
    return null;
  },
};

/**
 * Tells whether two exchanges may have used one code. Of two sent together either may be answered first. Without the
 * error's code, only a refusal that came at once may be a double submit.
 */
function mayShareCode(succeeded: Observation<TokenFact>, refused: Observation<TokenFact>): boolean {
  const delay = refused.at - succeeded.at;
  const longestDelay = refused.error === null ? DOUBLE_SUBMIT_MS : Infinity;
  return delay >= -DOUBLE_SUBMIT_MS && delay <= longestDelay;
}
