import { DOCS } from '../../../kakao/docs-links.ts';
import { POLICY } from '../../../kakao/policy.ts';
import { evidenceIds, callNames, nothingCompletes } from '../refusals/refused-calls.ts';
import { UNFINISHED_VERDICTS, type LoginRule } from '../../rule.ts';
import { step } from '../../text.ts';

/** Personal data was asked for by a call that Kakao's list does not name: unconfirmed, not refused (kakao.md 5.7). */
export const unconfirmedOnly: LoginRule = {
  id: 'unconfirmed-only',
  applies: 'login',
  severity: 'warning',
  verdicts: UNFINISHED_VERDICTS,
  docs: DOCS.notice,
  fix: [step('call_user_me'), step('log_in_again')],
  check(scene) {
    const calls = scene.calls.filter(
      (c) => c.status === 200 && POLICY.unconfirmed.includes(c.path),
    );
    if (scene.mode === 'manual' || calls.length === 0 || !nothingCompletes(scene)) return null;
    return { evidence: evidenceIds(calls), args: [callNames(calls)] };
  },
};
