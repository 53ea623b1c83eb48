import { DOCS } from '../../../kakao/docs-links.ts';
import { apiError } from '../../../kakao/api-errors.ts';
import { POLICY } from '../../../kakao/policy.ts';
import {
  CODES_WITH_RULE,
  describeCode,
  refusalSeverity,
  evidenceIds,
  callNames,
  refusedCalls,
} from './refused-calls.ts';
import { FIRST_LOGIN_VERDICTS, type LoginRule } from '../../rule.ts';

/** A listed call was refused with another code of Kakao's table. Of those that could have completed the login the last is told. */
export const callRefused: LoginRule = {
  id: 'call-refused',
  applies: 'login',
  severity: 'error',
  verdicts: FIRST_LOGIN_VERDICTS,
  docs: DOCS.apiErrors,
  fix: [],
  check(scene) {
    const refused = refusedCalls(scene).filter(
      (c) => c.code !== null && !CODES_WITH_RULE.includes(c.code) && apiError(c.code),
    );
    const signups = refused.filter((c) => scene.mode === 'manual' && c.path === POLICY.signup.path);
    const code = (signups.at(-1) ?? refused.at(-1))?.code ?? null;
    if (code === null) return null;
    const calls = refused.filter((c) => c.code === code);
    return {
      evidence: evidenceIds(calls),
      args: [callNames(calls), String(code)],
      severity: refusalSeverity(scene, calls),
      ...describeCode(code),
      place: apiError(code)?.place,
    };
  },
};
