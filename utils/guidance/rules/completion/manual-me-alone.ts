import { AUTO_LINK } from '../../../kakao/console.ts';
import { DOCS } from '../../../kakao/docs-links.ts';
import { completesListed } from '../../../verdict/evaluate-call.ts';
import { gravity, idsOf, namesOf } from '../refusals/refused-calls.ts';
import { UNFINISHED, type LoginRule } from '../../rule.ts';
import { step } from '../../text.ts';

/** Manual link: listed calls came, the sign-up call did not (kakao.md 5.6, 9.10). */
export const manualMeAlone: LoginRule = {
  id: 'manual-me-alone',
  applies: 'login',
  severity: 'error',
  beside: UNFINISHED,
  docs: DOCS.rest,
  place: AUTO_LINK,
  fix: [step('call_signup'), step('prefer_auto'), step('log_in_again')],
  evidence(scene) {
    const { login, mode, calls } = scene;
    const listed = calls.filter(completesListed);
    if (mode !== 'manual' || login.signup || listed.length === 0) return null;
    return {
      evidence: [login.id, ...idsOf(listed)],
      fills: [namesOf(listed)],
      severity: gravity(scene.verdict),
    };
  },
};
