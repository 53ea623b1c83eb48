import { DOCS } from '../../../kakao/docs-links.ts';
import type { Observation, TokenFact } from '../../../model/observation.ts';
import { ALL_VERDICTS, type LoginRule } from '../../rule.ts';
import { step } from '../../text.ts';

const TOGETHER_MS = 10_000;
const refused = (t: Observation<TokenFact>) =>
  t.error === null ? t.status === 400 : t.error === 'KOE320';

/** One code handed in twice: one request succeeds, the other is refused with KOE320 (kakao.md 2.1, 9.14). */
export const codeUsedTwice: LoginRule = {
  id: 'code-used-twice',
  applies: 'login',
  severity: 'warning',
  verdicts: ALL_VERDICTS,
  docs: DOCS.errors,
  fix: [step('exchange_once'), step('clean_url')],
  check({ tokens }) {
    const codes = tokens.filter((t) => t.grant !== 'refresh_token');
    for (const bad of codes.filter(refused)) {
      const good = codes.find(
        (t) => t.status === 200 && t.source === bad.source && near(t.at, bad),
      );
      if (!good) continue;
      const known = bad.error !== null;
      return {
        evidence: [good.id, bad.id],
        detail: [`guidance.rules.code_used_twice.${known ? 'known' : 'detail'}`],
      };
    }
    return null;
  },
};

/**
 * A code is used up by the request that succeeds, whichever of two is answered first. Without the code of the error, only a
 * second request that follows at once may be a double submit.
 */
function near(at: number, bad: Observation<TokenFact>): boolean {
  const after = bad.at - at;
  return after >= -TOGETHER_MS && after <= (bad.error === null ? TOGETHER_MS : Infinity);
}
