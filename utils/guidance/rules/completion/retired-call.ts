import { DOCS } from '../../../kakao/docs-links.ts';
import { POLICY } from '../../../kakao/policy.ts';
import { idsOf, namesOf } from '../refusals/refused-calls.ts';
import { FIRST, type LoginRule } from '../../rule.ts';
import type { SeenCall } from '../../context.ts';
import { step } from '../../text.ts';

/** The listed one, refused with -9, is told by `api-ended`. */
const isToldByCode = (c: SeenCall) => c.code === -9 && POLICY.qualifying.includes(c.path);

/** Kakao ended `/v1/user/me` and the Story API; old samples still call them (kakao.md 4). */
export const retiredCall: LoginRule = {
  id: 'retired-call',
  applies: 'login',
  severity: 'warning',
  beside: FIRST,
  docs: DOCS.rest,
  fix: [step('replace_retired'), step('log_in_again')],
  evidence({ calls, verdict }) {
    const old = calls.filter(
      (c) =>
        c.path === '/v1/user/me' ||
        (c.path.startsWith('/v1/api/story/') && c.status !== 200 && !isToldByCode(c)),
    );
    if (old.length === 0) return null;
    const done = verdict.verdict !== 'pending' && verdict.verdict !== 'missed';
    return {
      evidence: idsOf(old),
      fills: [namesOf(old)],
      severity: done ? 'info' : 'warning',
    };
  },
};
