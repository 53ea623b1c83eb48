import { DOCS } from '../../../kakao/docs-links.ts';
import { POLICY } from '../../../kakao/policy.ts';
import { evidenceIds, callNames } from '../refusals/refused-calls.ts';
import { FIRST_LOGIN_VERDICTS, type LoginRule } from '../../rule.ts';
import type { LoginCall } from '../../context.ts';
import { step } from '../../text.ts';

/** The listed one, refused with -9, is told by `api-ended`. */
const isToldByCode = (c: LoginCall) => c.code === -9 && POLICY.qualifying.includes(c.path);

/** Kakao ended `/v1/user/me` and the Story API; old samples still call them (kakao.md 4). */
export const retiredCall: LoginRule = {
  id: 'retired-call',
  applies: 'login',
  severity: 'warning',
  verdicts: FIRST_LOGIN_VERDICTS,
  docs: DOCS.rest,
  fix: [step('replace_retired'), step('log_in_again')],
  check({ calls, verdict }) {
    const old = calls.filter(
      (c) =>
        c.path === '/v1/user/me' ||
        (c.path.startsWith('/v1/api/story/') && c.status !== 200 && !isToldByCode(c)),
    );
    if (old.length === 0) return null;
    const done = verdict.verdict !== 'pending' && verdict.verdict !== 'missed';
    return {
      evidence: evidenceIds(old),
      args: [callNames(old)],
      severity: done ? 'info' : 'warning',
    };
  },
};
