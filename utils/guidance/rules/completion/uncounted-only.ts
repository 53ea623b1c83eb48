import { DOCS } from '../../../kakao/docs-links.ts';
import { POLICY } from '../../../kakao/policy.ts';
import {
  completionSeverity,
  evidenceIds,
  callNames,
  nothingCompletes,
} from '../refusals/refused-calls.ts';
import { UNFINISHED_VERDICTS, type LoginRule } from '../../rule.ts';
import { step } from '../../text.ts';

/** Kakao was called, but only by calls that never count (kakao.md 5.7). One that may count is told by itself. */
export const uncountedOnly: LoginRule = {
  id: 'uncounted-only',
  applies: 'login',
  severity: 'error',
  verdicts: UNFINISHED_VERDICTS,
  docs: DOCS.notice,
  fix: [step('call_user_me'), step('log_in_again')],
  check(scene) {
    const calls = scene.calls.filter(
      (c) => c.status === 200 && c.path !== '/v1/user/me' && POLICY.never.includes(c.path),
    );
    const open = scene.calls.some((c) => c.status === 200 && POLICY.unconfirmed.includes(c.path));
    if (scene.mode === 'manual' || calls.length === 0 || open) return null;
    if (!nothingCompletes(scene)) return null;
    return {
      evidence: evidenceIds(calls),
      args: [callNames(calls)],
      severity: completionSeverity(scene.verdict),
    };
  },
};
